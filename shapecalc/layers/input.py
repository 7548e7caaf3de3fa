"""The entry of a network."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import BATCH, Dim, Shape, Symbolic, Variable
from shapecalc.layers.call_inputs import is_shape
from shapecalc.layers.layer import Layer, layer
from shapecalc.rules import argument
from shapecalc.rules.dtype_policy import dtype_name
from shapecalc.rules.facts import Facts
from shapecalc.rules.refusal import InvalidArgument
from shapecalc.rules.session import current_session
from shapecalc.rules.unknown import Unknown, Unranked, unknown_dim

# What a None axis is called in formulas, by the number of axes after the batch axis.
_AXIS_NAMES = {1: "N", 2: "TC", 3: "HWC", 4: "DHWC"}


def free_axis(position: int, count: int) -> Variable:
    """A new dim variable for an axis given as None, the `position`-th of `count`."""
    names = _AXIS_NAMES.get(count, "")
    letter = names[position] if names else f"N{position + 1}"
    return Variable(current_session().unique_name(letter), "free")


def accept_dim(value: Any) -> Dim | None:
    """One entry of an input shape.

    Raises:
        ValueError: it is no positive length.
    """
    if value is None or isinstance(value, Symbolic):
        return value
    if isinstance(value, Unknown):
        return unknown_dim(value.reason)
    if not isinstance(value, int) or value < 0:
        raise ValueError("a tuple of non-negative integers and None")
    return value


def accept_shape(value: Any, owner: Any = None) -> Any:
    """An input shape as a tuple of dims and None.

    Raises:
        ValueError: it is none.
    """
    if value is None or isinstance(value, Unknown):
        return value
    if not isinstance(value, (tuple, list)):
        raise ValueError("a tuple of integers and None")
    return tuple(accept_dim(d) for d in value)


@layer("keras.layers.InputLayer")
class InputLayer(Layer):
    """Hand a tensor of a declared shape to the network."""

    last = ("name",)

    shape: Any = argument.checked(accept_shape, None)
    batch_size: Any = argument.inert()
    dtype: Any = argument.inert()
    sparse: object = argument.inert()
    ragged: object = argument.inert()
    batch_shape: Any = argument.checked(accept_shape, None)
    input_tensor: Any = argument.inert()
    optional: object = argument.inert(False)

    older = {"batch_input_shape": "batch_shape", "tensor": "input_tensor"}  # noqa: RUF012

    @classmethod
    def from_keras_1(
        cls, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> tuple[tuple[Any, ...], dict[str, Any]]:
        # Keras 2's names; Keras 3 still takes them, with a warning.
        renamed = {"input_shape": "shape", "batch_input_shape": "batch_shape"}
        return args, {renamed.get(k, k): v for k, v in kwargs.items()}

    def validate(self) -> None:
        either = (self.shape, self.batch_shape)
        if not any(shape is None or isinstance(shape, Unknown) for shape in either):
            raise InvalidArgument(
                "give either `shape` or `batch_shape`, not both", argument="batch_shape"
            )
        if self.batch_shape is not None and self.batch_size is not None:
            raise InvalidArgument(
                "`batch_size` goes with `shape`, not with `batch_shape`", argument="batch_size"
            )
        batch = self.batch_size
        left_open = batch is None or isinstance(batch, (Symbolic, Unknown))
        if not left_open and (not isinstance(batch, int) or batch < 0):
            raise InvalidArgument(
                f"`batch_size` must be a non-negative integer or None, got {batch!r:.200}",
                argument="batch_size",
            )
        if self.shape is None and self.batch_shape is None and self.input_tensor is None:
            raise InvalidArgument("an input needs a `shape`", argument="shape")
        shape = self.declared_shape()
        self.__dict__["output_shape"] = shape
        given = getattr(self.input_tensor, "dtype", None) if self.dtype is None else self.dtype
        self.__dict__["dtype"] = dtype_name(given)

    def declared_shape(self) -> Any:
        """The declared shape with the batch axis; None axes become dim variables."""
        whole: Any = self.shape if self.batch_shape is None else self.batch_shape
        if isinstance(whole, Unknown):
            return Unranked(whole.reason)
        given = self.shape if self.batch_shape is None else self.batch_shape[1:]
        if given is None:
            return Unranked("the shape of `input_tensor`")
        batch = self.batch_size if self.batch_shape is None else self.batch_shape[0]
        if isinstance(batch, Unknown):
            batch = unknown_dim(batch.reason)
        axes = tuple(free_axis(i, len(given)) if d is None else d for i, d in enumerate(given))
        return (BATCH if batch is None else batch, *axes)

    def infer(self) -> Facts:
        return Facts(self.__dict__["output_shape"], dtype=self.dtype)

    def plausible(self, *inputs: Any) -> Any:
        # What it is called on by mistake goes on as it is.
        return inputs[0] if len(inputs) == 1 and is_shape(inputs[0]) else None


def is_input(rule: Layer) -> bool:
    """Whether a layer is the entry of a network."""
    return isinstance(rule, InputLayer)


__all__ = ["InputLayer", "Shape", "accept_shape", "free_axis", "is_input"]
