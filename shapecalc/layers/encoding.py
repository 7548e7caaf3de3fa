"""Layers that turn numbers and words into integers, or into one place for each integer.

They have no weights and no connections: they prepare the data.
"""

from __future__ import annotations

from typing import Any, ClassVar

from shapecalc.dims import Comparison, Dim, Shape, Symbolic, compare, equal
from shapecalc.layers.layer import Layer, layer
from shapecalc.layers.merging import shapes_given
from shapecalc.rules import argument
from shapecalc.rules.dtype_policy import UNKNOWN
from shapecalc.rules.facts import Facts
from shapecalc.rules.refusal import (
    InvalidArgument,
    MismatchedShapes,
    MissingArgument,
    WrongInputs,
    show_shape,
)
from shapecalc.rules.requirement import require, shown_as_none
from shapecalc.rules.session import current_session
from shapecalc.rules.unknown import UndecidedError, Unknown, unknown_dim

MODES = ("int", "one_hot", "multi_hot", "count")


def one_hot(x: Shape, depth: Dim) -> Shape:
    """One place for each integer; a last axis of length 1 makes room for them.

    Raises:
        UndecidedError: it is not known whether the last axis has that length.
    """
    if len(x) > 1 and is_one(x[-1]):
        return (*x[:-1], depth)
    return (*x, depth)


def is_one(dim: Dim) -> bool:
    """Whether Keras takes an axis to be of length 1; it takes None not to be.

    Raises:
        UndecidedError: that depends on what the length is.
    """
    found = compare(dim, 1)
    if found is Comparison.UNDECIDED and not shown_as_none(dim):
        raise UndecidedError(Unknown("whether the last axis is of length 1"))
    return found is Comparison.EQUAL


def refuse_sparse_integers(sparse: Any, output_mode: Any) -> None:
    """Refuse sparse output where the output is not made of zeros.

    Raises:
        InvalidArgument: it is asked for.
    """
    if sparse is True and not isinstance(output_mode, Unknown) and output_mode == "int":
        raise InvalidArgument(
            "`sparse` goes with the modes 'one_hot', 'multi_hot' and 'count' only",
            argument="sparse",
        )


def accept_salt(value: Any, _owner: Any = None) -> Any:
    """What makes one hash differ from another.

    Raises:
        ValueError: it is neither an integer nor two.
    """
    two = isinstance(value, (tuple, list)) and len(value) == 2
    if value is not None and not two and not isinstance(value, int):
        raise ValueError("an integer, or two of them")
    return value


@layer("keras.layers.CategoryEncoding")
class CategoryEncoding(Layer):
    """Turn integers into vectors with a place for each of the `num_tokens` integers."""

    takes = "..."
    older: ClassVar[dict[str, str]] = {"max_tokens": "num_tokens"}

    # Keras has a default, and refuses it.
    num_tokens: Dim = argument.size(None, symbol="n")
    output_mode: Any = argument.choice(
        "count", "one_hot", "multi_hot", "binary", default="multi_hot", fold_case=False
    )
    sparse: object = argument.flag(False)

    def infer(self, inputs: Shape, count_weights: Any = None) -> Facts:
        if not inputs:
            return Facts((self.num_tokens,))
        if self.output_mode == "one_hot":
            return Facts(one_hot(inputs, self.num_tokens))
        return Facts((*inputs[:-1], self.num_tokens))


def _accept_boundaries(value: Any, _owner: Any) -> Any:
    if isinstance(value, (str, int, float)):
        raise ValueError("a list of numbers")
    return value


@layer("keras.layers.Discretization")
class Discretization(Layer):
    """Say of each number between which two boundaries it lies."""

    takes = "..."
    older: ClassVar[dict[str, str]] = {"bins": "bin_boundaries"}
    last = ("dtype", "name")

    bin_boundaries: Any = argument.checked(_accept_boundaries, None)
    num_bins: Dim | None = argument.size(None, symbol="n", least=0, optional=True)
    epsilon: object = argument.inert(0.01)
    output_mode: Any = argument.choice(*MODES, default="int", fold_case=False)
    sparse: Any = argument.flag(False)

    def validate(self) -> None:
        refuse_sparse_integers(self.sparse, self.output_mode)
        if self.num_bins is not None and self.bin_boundaries is not None:
            raise InvalidArgument(
                "only one of `num_bins` and `bin_boundaries` can be given", argument="num_bins"
            )
        if self.num_bins is None and self.bin_boundaries is None:
            raise MissingArgument(
                "Discretization needs `num_bins` or `bin_boundaries`", argument="num_bins"
            )

    @property
    def _depth(self) -> Dim:
        if self.num_bins is not None:
            return self.num_bins
        length = length_of(self.bin_boundaries)
        return unknown_dim("how many bins there are") if length is None else length + 1

    def infer(self, inputs: Shape) -> Facts:
        if self.output_mode == "int":
            return Facts(inputs, dtype="int32")
        if self.output_mode == "one_hot":
            return Facts(one_hot(inputs, self._depth))
        # Of more than two axes, Keras drops the second, not the last.
        return Facts((*inputs[:1], *inputs[2:], self._depth) if inputs[1:] else (self._depth,))


def length_of(value: Any) -> Dim | None:
    """How many items a list or an array has; None if that is not known."""
    if isinstance(value, (list, tuple, set, frozenset, range)):
        return len(value)
    shape = None if isinstance(value, Unknown) else getattr(value, "shape", None)
    if isinstance(shape, tuple) and shape and isinstance(shape[0], (int, Symbolic)):
        return shape[0]
    return None


@layer("keras.layers.Hashing")
class Hashing(Layer):
    """Turn words and integers into one of `num_bins` integers each, by their hashes."""

    takes = "..."

    num_bins: Dim = argument.size(symbol="n")
    mask_value: object = argument.inert()
    salt: object = argument.checked(accept_salt, None, bears=False)
    output_mode: Any = argument.choice(*MODES, default="int", fold_case=False)
    sparse: Any = argument.flag(False)

    def _integers(self) -> bool:
        return not isinstance(self.output_mode, Unknown) and self.output_mode == "int"

    def _default_dtype(self) -> str | None:
        return "int64" if self._integers() else current_session().dtype

    def validate(self) -> None:
        refuse_sparse_integers(self.sparse, self.output_mode)
        if self._integers() and self.dtype_policy.name not in ("int32", "int64", UNKNOWN):
            raise InvalidArgument(
                f"integers cannot be of dtype {self.dtype_policy.name!r}", argument="dtype",
                help="use 'int32' or 'int64', or another `output_mode`",
            )  # fmt: skip

    def infer(self, inputs: Shape) -> Facts:
        if self.output_mode == "int":
            return Facts(inputs, dtype=self.dtype)
        # Keras promises this shape for 'one_hot' too, whatever the last axis.
        return Facts((*inputs[:-1], self.num_bins), dtype=self.dtype)


@layer("keras.layers.HashedCrossing")
class HashedCrossing(Layer):
    """Turn each pair of words or integers into one of `num_bins` integers, by their hash."""

    last = ("name", "dtype")

    num_bins: Dim = argument.size(symbol="n")
    output_mode: Any = argument.choice("int", "one_hot", default="int", fold_case=False)
    sparse: object = argument.flag(False)

    def _default_dtype(self) -> str | None:
        integers = not isinstance(self.output_mode, Unknown) and self.output_mode == "int"
        return "int64" if integers else None

    def infer(self, inputs: Any) -> Facts:
        one, other = shapes_given(self, inputs, count=2)
        if not one or not other:
            raise WrongInputs("HashedCrossing takes two tensors of at least one axis")
        refusal = MismatchedShapes(
            f"HashedCrossing takes two tensors of one shape, got {show_shape(one)} and "
            f"{show_shape(other)}",
            [one, other],
            axis=len(one) - 1,
        )
        if shown_as_none(one[-1]) != shown_as_none(other[-1]):
            raise refusal
        require(equal(one[-1], other[-1]), refusal)
        if self.output_mode == "int":
            return Facts(one)
        return Facts((*(one[:-1] if is_one(one[-1]) else one), self.num_bins))
