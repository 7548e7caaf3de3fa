"""Classes as ones in their places."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import Shape
from shapecalc.ops import dtypes
from shapecalc.ops.op import op
from shapecalc.ops.operands import dims_given, shape_of
from shapecalc.rules.refusal import AxisOutOfRange, InvalidArgument
from shapecalc.rules.spec import TensorSpec
from shapecalc.rules.unknown import unknown_dim


def _with_classes(shape: Shape, count: Any, axis: Any) -> Shape:
    """A shape with one axis more, of the classes: at the end, or before another.

    Raises:
        AxisOutOfRange: it cannot stand there.
    """
    if isinstance(axis, int) and (axis == -1 or 0 <= axis < len(shape)):
        place = len(shape) if axis == -1 else axis
        return (*shape[:place], *dims_given(count, argument="num_classes"), *shape[place:])
    raise AxisOutOfRange(
        f"`axis` must be -1 or from 0 to {len(shape) - 1}, got {axis}", argument="axis"
    )


@op("keras.ops.one_hot", "keras.backend.one_hot")
def one_hot(
    x: Any, num_classes: Any, axis: Any = -1, dtype: Any = None, sparse: bool = False
) -> TensorSpec:
    """A one in the place of each class, and zeros in the others."""
    return TensorSpec(_with_classes(shape_of(x), num_classes, axis), dtypes.standardize(dtype))


@op("tensorflow.one_hot", node="OneHot")
def one_hot_between(
    indices: Any,
    depth: Any,
    on_value: Any = None,
    off_value: Any = None,
    axis: Any = None,
    dtype: Any = None,
) -> TensorSpec:
    """One value in the place of each class, and another in the others."""
    return one_hot(indices, depth, -1 if axis is None else axis, dtype)


@op("keras.utils.to_categorical", node="OneHot")
def to_categorical(x: Any, num_classes: Any = None) -> TensorSpec:
    """A one in the place of each class; a last axis of length 1 is that of the classes."""
    shape = shape_of(x)
    if len(shape) > 1 and isinstance(shape[-1], int) and shape[-1] == 1:
        shape = shape[:-1]
    count = unknown_dim("how many classes there are") if num_classes is None else num_classes
    return one_hot(TensorSpec(shape, "int32"), count)


@op("keras.ops.multi_hot")
def multi_hot(
    inputs: Any,
    num_classes: Any = None,
    axis: Any = -1,
    dtype: Any = None,
    sparse: bool = False,
    **kwargs: Any,
) -> TensorSpec:
    """Ones in the places of all classes of a sample."""
    count = kwargs.get("num_tokens") if num_classes is None else num_classes
    if count is None:
        raise InvalidArgument("`num_classes` must be given", argument="num_classes")
    shape = _with_classes(shape_of(inputs), count, axis)
    return TensorSpec(
        (shape[-1],) if len(shape) == 2 else (shape[0], *shape[2:]), dtypes.named(inputs)
    )
