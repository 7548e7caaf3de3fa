"""Reductions: one number for all elements, or for those along some axes."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import Shape
from shapecalc.ops import dtypes
from shapecalc.ops.op import moving, op
from shapecalc.ops.operands import (
    axis_index,
    integer,
    list_shapes,
    reduced,
    require_same,
    shape_of,
    size_of,
)
from shapecalc.rules.refusal import InvalidArgument, MismatchedShapes
from shapecalc.rules.spec import TensorSpec, multiplied


@op(
    "keras.ops.all",
    "tensorflow.reduce_all",
    "tensorflow.math.reduce_all",
    "keras.backend.all",
    "numpy.all",
)
@op(
    "keras.ops.any",
    "tensorflow.reduce_any",
    "tensorflow.math.reduce_any",
    "keras.backend.any",
    "numpy.any",
)
def questions(x: Any, axis: Any = None, keepdims: Any = False) -> TensorSpec:
    """A question to all elements together."""
    return TensorSpec(reduced(shape_of(x), axis, keepdims), "bool")


@op("keras.ops.amax", "numpy.amax")
@op("keras.ops.amin", "numpy.amin")
@op("keras.ops.ptp", "numpy.ptp")
@moving("x")
def extreme(x: Any, axis: Any = None, keepdims: Any = False) -> TensorSpec:
    """One of the elements, or a difference of two."""
    return TensorSpec(reduced(shape_of(x), axis, keepdims), dtypes.named(x))


@op(
    "keras.ops.max",
    "tensorflow.reduce_max",
    "tensorflow.math.reduce_max",
    "keras.backend.max",
    "numpy.max",
)
@op(
    "keras.ops.min",
    "tensorflow.reduce_min",
    "tensorflow.math.reduce_min",
    "keras.backend.min",
    "numpy.min",
)
@moving("x", "initial")
def extreme_of(x: Any, axis: Any = None, keepdims: Any = False, initial: Any = None) -> TensorSpec:
    """The greatest or least element."""
    return extreme(x, axis, keepdims)


@op("keras.ops.nanmax", "numpy.nanmax")
@op("keras.ops.nanmin", "numpy.nanmin")
def extreme_number(x: Any, axis: Any = None, keepdims: Any = False) -> TensorSpec:
    """The greatest or least element that is a number."""
    dtype = dtypes.result_type(dtypes.named(x))
    return TensorSpec(reduced(shape_of(x), axis, keepdims), dtype)


@op("keras.ops.argmax", "numpy.argmax")
@op("keras.ops.argmin", "numpy.argmin")
@op("keras.ops.nanargmax", "numpy.nanargmax")
@op("keras.ops.nanargmin", "numpy.nanargmin")
def place(x: Any, axis: Any = None, keepdims: Any = False) -> TensorSpec:
    """The index of one of the elements along an axis, or among all."""
    if isinstance(axis, (list, tuple)):
        raise InvalidArgument(f"`axis` must be one axis or None, got {axis}", argument="axis")
    dtype = "int64" if dtypes.is_wide() else "int32"
    return TensorSpec(reduced(shape_of(x), axis, keepdims), dtype)


@op("keras.ops.count_nonzero", "tensorflow.math.count_nonzero", "numpy.count_nonzero")
def count_nonzero(x: Any, axis: Any = None) -> TensorSpec:
    """How many elements are not zero."""
    return TensorSpec(reduced(shape_of(x), axis, False), "int32")


@op(
    "keras.ops.sum",
    "tensorflow.reduce_sum",
    "tensorflow.math.reduce_sum",
    "keras.backend.sum",
    "numpy.sum",
)
@op("keras.ops.nansum", "numpy.nansum")
def sum_(x: Any, axis: Any = None, keepdims: Any = False) -> TensorSpec:
    """The sum."""
    dtype = dtypes.accumulated(dtypes.result_type(dtypes.named(x)))
    return TensorSpec(reduced(shape_of(x), axis, keepdims), dtype)


@op(
    "keras.ops.prod",
    "tensorflow.reduce_prod",
    "tensorflow.math.reduce_prod",
    "keras.backend.prod",
    "numpy.prod",
)
def prod(x: Any, axis: Any = None, keepdims: Any = False, dtype: Any = None) -> TensorSpec:
    """The product."""
    if dtype is None:
        dtype = dtypes.accumulated(dtypes.named(x))
    shape = reduced(shape_of(x), axis, keepdims)
    return TensorSpec(shape, dtypes.standardize(dtype))


@op("keras.ops.nanprod", "numpy.nanprod")
def nanprod(x: Any, axis: Any = None, keepdims: Any = False) -> TensorSpec:
    """The product of the elements that are numbers."""
    return prod(x, axis, keepdims)


@op(
    "keras.ops.mean",
    "tensorflow.reduce_mean",
    "tensorflow.math.reduce_mean",
    "keras.backend.mean",
    "numpy.mean",
)
def mean(x: Any, axis: Any = None, keepdims: Any = False) -> TensorSpec:
    """The mean; floats keep their dtype."""
    dtype = dtypes.named(x)
    if dtypes.is_integral(dtype):
        dtype = dtypes.result_type(dtype, "float64" if dtypes.is_wide() else "float32")
    return TensorSpec(reduced(shape_of(x), axis, keepdims), dtype)


@op("keras.ops.median", "numpy.median")
def median(x: Any, axis: Any = None, keepdims: Any = False) -> TensorSpec:
    """The median."""
    shape = reduced(shape_of(x), axis, keepdims)
    return TensorSpec(shape, dtypes.promoted_float(dtypes.named(x)))


@op(
    "keras.ops.std",
    "tensorflow.reduce_std",
    "tensorflow.math.reduce_std",
    "keras.backend.std",
    "numpy.std",
)
def std(x: Any, axis: Any = None, keepdims: Any = False) -> TensorSpec:
    """The standard deviation."""
    shape = reduced(shape_of(x), axis, keepdims)
    return TensorSpec(shape, dtypes.as_float(dtypes.named(x)))


@op(
    "keras.ops.var",
    "tensorflow.reduce_variance",
    "tensorflow.math.reduce_variance",
    "keras.backend.var",
    "numpy.var",
)
@op("keras.ops.nanmean", "numpy.nanmean")
@op("keras.ops.nanmedian", "numpy.nanmedian")
@op("keras.ops.nanstd", "numpy.nanstd")
@op("keras.ops.nanvar", "numpy.nanvar")
@op(
    "keras.ops.logsumexp",
    "tensorflow.reduce_logsumexp",
    "tensorflow.math.reduce_logsumexp",
    "keras.backend.logsumexp",
)
def spread(x: Any, axis: Any = None, keepdims: Any = False) -> TensorSpec:
    """A mean of a kind, promoted to a float."""
    shape = reduced(shape_of(x), axis, keepdims)
    return TensorSpec(shape, dtypes.result_type(dtypes.named(x), float))


@op("keras.ops.average", "numpy.average")
def average(x: Any, axis: Any = None, weights: Any = None) -> TensorSpec:
    """The mean, each element with its weight."""
    found = [dtypes.dtype_of(x), float]
    shape = shape_of(x)
    if weights is not None:
        found.append(dtypes.dtype_of(weights))
        _check_weights(shape, shape_of(weights), axis)
    if axis is not None:
        axis = axis_index(axis, len(shape))
    return TensorSpec(reduced(shape, axis, False), dtypes.result_type(*found))


def _check_weights(shape: Shape, weights: Shape, axis: Any) -> None:
    """Hold weights to the shape of what they weigh, or to the axis that is averaged over."""
    refusal = MismatchedShapes(
        f"weights of shape {list_shapes([weights])} fit neither {list_shapes([shape])} "
        f"nor its axis {axis}",
        [shape, weights],
    )
    along = axis is not None and len(weights) == 1 and len(shape) != 1
    against = (shape[axis_index(axis, len(shape))],) if along else shape
    if len(against) != len(weights):
        raise refusal
    for a, b in zip(against, weights, strict=True):
        require_same(a, b, refusal)


@op("keras.ops.quantile", "numpy.quantile")
@op("keras.ops.nanquantile", "numpy.nanquantile")
def quantile(
    x: Any, q: Any, axis: Any = None, method: str = "linear", keepdims: Any = False
) -> TensorSpec:
    """The element below which a share of the others lies; for each share of `q`."""
    dtype = dtypes.promoted_float(dtypes.named(x))
    return TensorSpec((*_shares(q, 2), *reduced(shape_of(x), axis, keepdims)), dtype)


def _shares(q: Any, least: int) -> Shape:
    """The axis of shares: as many as `q` has; Keras makes none of a list that is too short."""
    shape = shape_of(q)[:1]
    return () if isinstance(q, (list, tuple)) and len(q) < least else shape


@op("keras.ops.percentile", "numpy.percentile")
def percentile(
    x: Any, q: Any, axis: Any = None, method: str = "linear", keepdims: Any = False
) -> TensorSpec:
    """`quantile` in per cent."""
    dtype = dtypes.named(x)
    shape = (*_shares(q, 0), *reduced(shape_of(x), axis, keepdims))
    return TensorSpec(shape, dtype if dtypes.is_float(dtype) else dtypes.floatx())


@op("keras.ops.nanpercentile", "numpy.nanpercentile")
def nanpercentile(
    x: Any, q: Any, axis: Any = None, method: str = "linear", keepdims: Any = False
) -> TensorSpec:
    """`percentile` of the elements that are numbers."""
    dtype = dtypes.named(x)
    shape = (*_shares(q, 0), *reduced(shape_of(x), axis, keepdims))
    floating = dtypes.floatx() if dtypes.is_int(dtype) else dtypes.result_type(dtype, float)
    return TensorSpec(shape, floating)


@op("keras.ops.cumsum", "numpy.cumsum")
@op("keras.ops.cumprod", "numpy.cumprod")
@op("keras.ops.nancumsum", "numpy.nancumsum")
@op("keras.ops.nancumprod", "numpy.nancumprod")
def cumulative(x: Any, axis: Any = None, dtype: Any = None) -> TensorSpec:
    """The sums or products of the elements up to each; without an axis, of all in a row."""
    shape = shape_of(x)
    if axis is not None:
        axis_index(axis, len(shape))
    found = dtypes.named(x) if dtype is None else dtypes.standardize(dtype)
    return TensorSpec(
        (size_of(shape),) if axis is None else shape, "int32" if found == "bool" else found
    )


@op("tensorflow.cumsum", "tensorflow.math.cumsum", "keras.backend.cumsum", node="Cumsum")
@op("tensorflow.math.cumprod", "keras.backend.cumprod", node="Cumprod")
def cumulative_along(
    x: Any, axis: Any = 0, exclusive: bool = False, reverse: bool = False
) -> TensorSpec:
    """The sums or products of the elements up to each."""
    return cumulative(x, axis)


@op("tensorflow.argmax", "tensorflow.math.argmax", node="Argmax")
@op("tensorflow.argmin", "tensorflow.math.argmin", node="Argmin")
def place_along(x: Any, axis: Any = 0, output_type: Any = "int64") -> TensorSpec:
    """The index of the greatest or least element along an axis."""
    return TensorSpec(reduced(shape_of(x), axis, False), dtypes.standardize(output_type))


@op("keras.backend.argmax", node="Argmax")
@op("keras.backend.argmin", node="Argmin")
def place_along_last(x: Any, axis: Any = -1) -> TensorSpec:
    """The index of the greatest or least element along an axis."""
    return place(x, axis)


@op("keras.ops.trapezoid", "numpy.trapezoid", "numpy.trapz")
def trapezoid(y: Any, x: Any = None, dx: Any = 1.0, axis: Any = -1) -> TensorSpec:
    """The area under a curve."""
    shape = shape_of(y)
    if axis is not None and shape:
        # As Keras does: an axis that there is none of is counted round.
        place = integer(axis, "axis") % len(shape)
        shape = (*shape[:place], *shape[place + 1 :])
    return TensorSpec(shape, dtypes.result_type(dtypes.dtype_of(y), float))


@op("keras.ops.vdot", "numpy.vdot")
def vdot(x1: Any, x2: Any) -> TensorSpec:
    """The sum of the products of all elements."""
    dtype = dtypes.result_type(dtypes.dtype_of(x1), dtypes.dtype_of(x2))
    return multiplied((), dtype, shape_of(x1))


@op("keras.ops.moments")
def moments(
    x: Any, axes: Any, keepdims: Any = False, synchronized: bool = False
) -> tuple[TensorSpec, TensorSpec]:
    """The mean and the variance."""
    spec = TensorSpec(reduced(shape_of(x), axes, keepdims), dtypes.named(x))
    return spec, spec


@op("tensorflow.nn.moments", node="Moments")
def tf_moments(
    x: Any, axes: Any, shift: Any = None, keepdims: Any = False
) -> tuple[TensorSpec, TensorSpec]:
    """The mean and the variance."""
    return moments(x, axes, keepdims)
