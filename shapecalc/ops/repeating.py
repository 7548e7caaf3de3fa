"""Operations that repeat elements."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import Comparison, Dim, compare, equal, show, total
from shapecalc.ops.op import moving, op
from shapecalc.ops.operands import (
    axis_index,
    broadcast_lengths,
    check_rank,
    dims_given,
    like,
    replaced,
    require_seen,
    shape_of,
    size_of,
)
from shapecalc.rules.refusal import MismatchedShapes, show_shape
from shapecalc.rules.spec import TensorSpec


@op("keras.ops.broadcast_to", "tensorflow.broadcast_to", "numpy.broadcast_to")
@moving("x")
def broadcast_to(x: Any, shape: Any) -> TensorSpec:
    """Stretch axes of length 1, and repeat along new ones in front."""
    own, target = shape_of(x), dims_given(shape)
    refusal = MismatchedShapes(
        f"{show_shape(own)} cannot be stretched to {show_shape(target)}", [own, target]
    )
    if len(own) > len(target):
        raise refusal
    for a, b in zip(reversed(own), reversed(target), strict=False):
        if compare(a, 1) is not Comparison.EQUAL:
            _require_stretchable(a, b, refusal)
    return like(x, target)


def _require_stretchable(a: Dim, b: Dim, refusal: MismatchedShapes) -> None:
    if compare(b, 1) is Comparison.EQUAL:
        require_seen(equal(a, 1), refusal, a)
    else:
        broadcast_lengths(a, b, refusal)


@op("keras.ops.tile", "tensorflow.tile", "keras.backend.tile", "numpy.tile")
@moving("x")
def tile(x: Any, repeats: Any) -> TensorSpec:
    """Repeat the whole along each axis."""
    shape, times = shape_of(x), dims_given(repeats, argument="repeats")
    rank = max(len(shape), len(times))
    shape = (1,) * (rank - len(shape)) + shape
    times = (1,) * (rank - len(times)) + times
    return like(x, tuple(n * k for n, k in zip(shape, times, strict=True)))


@op("keras.ops.repeat", "tensorflow.repeat", "numpy.repeat")
@moving("x")
def repeat(x: Any, repeats: Any, axis: Any = None) -> TensorSpec:
    """Repeat each element along an axis, or along the row of all."""
    shape, times = shape_of(x), dims_given(repeats, argument="repeats")
    if axis is not None:
        axis = axis_index(axis, len(shape))
    length = size_of(shape) if axis is None else shape[axis]
    if len(times) != 1:
        refusal = MismatchedShapes(
            f"{len(times)} repeats do not go with the {show(length)} elements of "
            f"{show_shape(shape)} along {'its row' if axis is None else f'axis {axis}'}",
            [shape],
        )
        require_seen(equal(length, len(times)), refusal, *(shape if axis is None else (length,)))
    new = length * times[0] if len(times) == 1 else total(times)
    return like(x, (new,) if axis is None else replaced(shape, axis, new))


@op("keras.backend.repeat_elements", node="Repeat")
@moving("x")
def repeat_elements(x: Any, rep: Any, axis: Any) -> TensorSpec:
    """Repeat each element along an axis."""
    return repeat(x, rep, axis)


@op("keras.backend.repeat", node="Repeat")
@moving("x")
def repeat_vector(x: Any, n: Any) -> TensorSpec:
    """Repeat a vector of each sample `n` times, along a new axis."""
    shape = shape_of(x)
    check_rank(shape, 2)
    return like(x, (shape[0], n, shape[1]))
