"""What op rules share: taking operands apart, axes, and requirements that Keras cannot see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from shapecalc.dims import (
    Comparison,
    Condition,
    Dim,
    Shape,
    Symbolic,
    compare,
    equal,
    is_unknown,
    maximum,
    product,
)
from shapecalc.ops import dtypes
from shapecalc.rules.broadcasting import GoTogether
from shapecalc.rules.refusal import (
    AxisOutOfRange,
    InvalidArgument,
    MismatchedShapes,
    Refusal,
    WrongInputs,
    WrongRank,
    show_axis,
    show_shape,
)
from shapecalc.rules.requirement import one_is_none, require, shown_as_none
from shapecalc.rules.spec import TensorSpec
from shapecalc.rules.unknown import UndecidedError, Unknown, Unranked, unknown_dim


def shape_of(value: Any) -> Shape:
    """The shape of an operand; a number has none of its axes.

    Raises:
        UndecidedError: its number of axes is not known.
        WrongInputs: it is neither a tensor nor a number.
    """
    if isinstance(value, TensorSpec):
        shape: Any = value.shape
        if isinstance(shape, Unranked):
            raise UndecidedError(Unknown(shape.reason))
        return value.shape
    if isinstance(value, Unknown):
        raise UndecidedError(value)
    if isinstance(value, (bool, int, float, complex, Symbolic)):
        return ()
    if isinstance(value, (list, tuple)):
        return _nested_shape(value)
    raise WrongInputs(f"expected a tensor, got {value!r:.100}")


def _nested_shape(value: Sequence[Any]) -> Shape:
    """The shape of nested sequences of numbers."""
    inner = [shape_of(item) for item in value]
    for shape in inner[1:]:
        if shape != inner[0]:
            raise WrongInputs(f"expected sequences of one length, got {value!r:.100}")
    return (len(value), *(inner[0] if inner else ()))


def tensor(value: Any) -> TensorSpec:
    """An operand that must be a tensor.

    Raises:
        WrongInputs: it is none.
        UndecidedError: its number of axes is not known.
    """
    if not isinstance(value, TensorSpec):
        if isinstance(value, Unknown):
            raise UndecidedError(value)
        raise WrongInputs(f"expected a tensor, got {value!r:.100}")
    shape_of(value)
    return value


def tensors(values: Any) -> list[TensorSpec]:
    """Operands given as one sequence of tensors.

    Raises:
        WrongInputs: it is none, or empty.
    """
    if isinstance(values, Unknown):
        raise UndecidedError(values)
    shape: Any = getattr(values, "shape", None)
    if isinstance(shape, Unranked):
        # As many tensors as nobody knows, where one stands for what is not known.
        raise UndecidedError(Unknown(shape.reason))
    if isinstance(values, TensorSpec) or not isinstance(values, (list, tuple)) or not values:
        raise WrongInputs(f"expected a list of tensors, got {values!r:.100}")
    return [tensor(value) for value in values]


def list_shapes(shapes: Iterable[Shape]) -> str:
    """Shapes for a message."""
    return " and ".join(show_shape(shape) for shape in shapes)


def require_seen(condition: Condition, refusal: Refusal, *dims: Dim) -> None:
    """`require`, but for what Keras cannot refuse, as one of the dims is None to it.

    Args:
        condition: what must hold.
        refusal: raised if it is broken.
        dims: the lengths that it is about.
    """
    if condition.holds() is False and any(shown_as_none(dim) for dim in dims):
        return
    require(condition, refusal)


def require_same(a: Dim, b: Dim, refusal: Refusal) -> Dim:
    """Hold two lengths to being equal; the one that says more.

    Raises:
        Refusal: the given one.
    """
    require_seen(equal(a, b), refusal, a, b)
    return b if shown_as_none(a) or (is_unknown(a) and not shown_as_none(b)) else a


def require_alike(a: Dim, b: Dim, refusal: Refusal) -> Dim:
    """`require_same` for where Keras compares the lengths as it sees them.

    None then equals None, and no number.

    Raises:
        Refusal: the given one.
    """
    if one_is_none(a, b) and not (is_unknown(a) or is_unknown(b)):
        raise refusal
    return require_same(a, b, refusal)


def integer(value: Any, argument: str) -> int:
    """An argument that must be an integer.

    Raises:
        InvalidArgument: it is none.
        UndecidedError: it is not known.
    """
    if isinstance(value, Unknown):
        raise UndecidedError(value)
    if isinstance(value, (Symbolic, TensorSpec)):
        raise UndecidedError(Unknown(f"the value of `{argument}`"))
    if not isinstance(value, int):
        raise InvalidArgument(
            f"`{argument}` must be an integer, got {value!r:.100}", argument=argument
        )
    return value


def length(value: Any, argument: str) -> Dim:
    """An argument that must be one length.

    Raises:
        InvalidArgument: it is none.
    """
    return dims_given([value], argument=argument)[0]


def axis_index(axis: Any, rank: int, *, argument: str = "axis") -> int:
    """The place, from 0, of an axis that may be counted from the end.

    Raises:
        AxisOutOfRange: there is no such axis.
        InvalidArgument: it is no integer.
        UndecidedError: it is unknown.
    """
    place = integer(axis, argument)
    if not -rank <= place < rank:
        raise AxisOutOfRange(
            f"axis {axis} is none of the {rank} axes of a tensor of rank {rank}",
            argument=argument,
        )
    return place % rank


def axes_index(axes: Any, rank: int, *, argument: str = "axis") -> list[int]:
    """The places of one axis or several.

    Raises:
        AxisOutOfRange: there is no such axis.
    """
    if not isinstance(axes, (list, tuple)) or isinstance(axes, TensorSpec):
        axes = [axes]
    return [axis_index(axis, rank, argument=argument) for axis in axes]


def check_rank(shape: Shape, *ranks: int, least: int | None = None) -> None:
    """Hold a shape to a number of axes: one of `ranks`, or at least `least`.

    Raises:
        WrongRank: it has another.
    """
    if least is not None:
        if len(shape) < least:
            raise WrongRank(shape, f"at least {least} {'axis' if least == 1 else 'axes'}")
    elif len(shape) not in ranks:
        raise WrongRank(shape, f"{' or '.join(map(str, ranks))} axes")


def replaced(shape: Shape, axis: int, *dims: Dim) -> Shape:
    """A shape with other dims, or none, in the place of one axis."""
    axis %= len(shape)
    return (*shape[:axis], *dims, *shape[axis + 1 :])


def dims_given(value: Any, *, argument: str = "shape", free: bool = False) -> Shape:
    """A shape that a program gives: a sequence of lengths, or one.

    Args:
        value: what is given.
        argument: its name, for a message.
        free: whether None may be among the lengths.

    Raises:
        InvalidArgument: it is none.
    """
    if isinstance(value, Unknown):
        raise UndecidedError(value)
    if isinstance(value, TensorSpec):
        return computed_dims(value, argument=argument)
    items = value if isinstance(value, (list, tuple)) else [value]
    return tuple(_dim_given(item, argument, free) for item in items)


def _dim_given(value: Any, argument: str, free: bool) -> Dim:
    if isinstance(value, Unknown):
        return unknown_dim(value.reason)
    if isinstance(value, TensorSpec):
        return unknown_dim(f"`{argument}` is computed")
    if value is None and free:
        return unknown_dim(f"None in `{argument}`")
    if isinstance(value, bool) or not isinstance(value, (int, Symbolic)):
        raise InvalidArgument(
            f"`{argument}` must be made of lengths, got {value!r:.100}", argument=argument
        )
    return value


def computed_dims(value: TensorSpec, *, argument: str) -> Shape:
    """As many unknown dims as a tensor that holds a shape has elements.

    Raises:
        UndecidedError: that is not known.
    """
    shape = shape_of(value)
    if len(shape) != 1 or not isinstance(shape[0], int):
        raise UndecidedError(Unknown(f"`{argument}` is computed"))
    return tuple(unknown_dim(f"`{argument}` is computed") for _ in range(shape[0]))


def broadcast_shapes(*shapes: Shape) -> Shape:
    """The shape that shapes are stretched to, aligned at the last axis.

    Raises:
        MismatchedShapes: they do not go together.
    """
    result = shapes[0]
    for shape in shapes[1:]:
        result = _broadcast_two(result, shape)
    return result


def _broadcast_two(one: Shape, other: Shape) -> Shape:
    rank = max(len(one), len(other))
    new = (*((1,) * (rank - len(one))), *one), (*((1,) * (rank - len(other))), *other)
    return tuple(
        broadcast_lengths(
            a,
            b,
            MismatchedShapes(
                f"{list_shapes([one, other])} do not go together: axis {i - rank} has "
                f"{show_axis(a)} in one and {show_axis(b)} in the other",
                [one, other],
                axis=i - rank,
            ),
        )
        if a is not b and not (isinstance(a, int) and isinstance(b, int) and a == b)
        else a
        for i, (a, b) in enumerate(zip(*new, strict=True))
    )


def broadcast_lengths(a: Dim, b: Dim, refusal: Refusal) -> Dim:
    """The length that two axes are stretched to; what Keras shows as None becomes the other.

    Raises:
        Refusal: the given one; neither length is 1, and they differ.
    """
    if compare(a, 1) is Comparison.EQUAL:
        return b
    if compare(b, 1) is Comparison.EQUAL or compare(a, b) is Comparison.EQUAL:
        return a
    require_seen(GoTogether(a, b), refusal, a, b)
    if one_is_none(a, b):
        return b if shown_as_none(a) else a
    if isinstance(a, int) != isinstance(b, int):
        return a if isinstance(a, int) else b
    return maximum(a, b)


def size_of(shape: Shape) -> Dim:
    """The number of elements."""
    return product(shape)


def like(x: Any, shape: Shape) -> TensorSpec:
    """A tensor of another shape, of an operand's dtype."""
    return TensorSpec(shape, dtypes.named(x))


def reduced(shape: Shape, axis: Any, keepdims: Any) -> Shape:
    """A shape without some axes, or with 1 in their places.

    Args:
        shape: the shape.
        axis: one axis, several, or None for all.
        keepdims: whether the axes stay.

    Raises:
        AxisOutOfRange: there is no such axis.
    """
    gone = range(len(shape)) if axis is None else axes_index(axis, len(shape))
    if keepdims:
        return tuple(1 if i in gone else dim for i, dim in enumerate(shape))
    if len(set(gone)) != len(gone):
        raise AxisOutOfRange(f"an axis occurs twice in {axis}", argument="axis")
    return tuple(dim for i, dim in enumerate(shape) if i not in gone)
