"""Operations on each element: the shape stays, the dtype may change."""

from __future__ import annotations

from typing import Any

from shapecalc.ops import dtypes
from shapecalc.ops.op import op
from shapecalc.ops.operands import shape_of
from shapecalc.rules.refusal import InvalidArgument
from shapecalc.rules.spec import TensorSpec


@op(
    "keras.ops.absolute",
    "tensorflow.abs",
    "tensorflow.math.abs",
    "keras.backend.abs",
    "numpy.absolute",
    "numpy.abs",
    "numpy.fabs",
)
@op("keras.ops.abs", node="Absolute")
@op(
    "keras.ops.conjugate",
    "tensorflow.math.conj",
    "tensorflow.math.conjugate",
    "numpy.conjugate",
    "numpy.conj",
)
@op("keras.ops.conj", node="Conjugate")
@op("keras.ops.copy", "tensorflow.identity", "keras.backend.identity", "numpy.copy")
@op("keras.ops.imag", "tensorflow.math.imag", "numpy.imag")
@op("keras.ops.real", "tensorflow.math.real", "numpy.real")
@op("keras.ops.sign", "tensorflow.sign", "tensorflow.math.sign", "keras.backend.sign", "numpy.sign")
@op("keras.ops.negative", "tensorflow.negative", "tensorflow.math.negative", "numpy.negative")
@op("keras.ops.bitwise_invert", "tensorflow.bitwise.invert", "numpy.invert")
@op("keras.ops.bitwise_not", "numpy.bitwise_not")
@op("keras.ops.trunc", "numpy.trunc", "numpy.fix")
@op("keras.ops.rsqrt", "tensorflow.math.rsqrt")
@op("keras.ops.erf", "tensorflow.math.erf")
@op("keras.ops.erfinv", "tensorflow.math.erfinv")
def same(x: Any) -> TensorSpec:
    """A function that keeps the dtype."""
    return TensorSpec(shape_of(x), dtypes.named(x))


@op("keras.ops.stop_gradient", "tensorflow.stop_gradient", "keras.backend.stop_gradient")
def stop_gradient(variable: Any) -> TensorSpec:
    """The identity, through which no gradient goes."""
    return same(variable)


@op(
    "keras.ops.round",
    "tensorflow.round",
    "tensorflow.math.round",
    "keras.backend.round",
    "numpy.round",
    "numpy.around",
)
def round_(x: Any, decimals: int = 0) -> TensorSpec:
    """Round to so many decimals."""
    return same(x)


@op("keras.ops.nan_to_num", "numpy.nan_to_num")
def nan_to_num(
    x: Any,
    nan: float = 0.0,
    posinf: float | None = None,
    neginf: float | None = None,
) -> TensorSpec:
    """Replace what is no finite number."""
    return same(x)


@op("keras.ops.fabs")
def fabs(x: Any) -> TensorSpec:
    """The absolute value of a real number, as a float."""
    dtype = dtypes.named(x)
    if "complex" in dtype:
        raise InvalidArgument(f"fabs takes no complex numbers, got {dtype}", argument="x")
    return TensorSpec(shape_of(x), dtypes.as_float(dtype))


@op("keras.ops.angle", "tensorflow.math.angle", "numpy.angle")
@op("keras.ops.arccos", "tensorflow.acos", "tensorflow.math.acos", "numpy.arccos")
@op("keras.ops.arccosh", "tensorflow.acosh", "tensorflow.math.acosh", "numpy.arccosh")
@op("keras.ops.arcsin", "tensorflow.asin", "tensorflow.math.asin", "numpy.arcsin")
@op("keras.ops.arcsinh", "tensorflow.asinh", "tensorflow.math.asinh", "numpy.arcsinh")
@op("keras.ops.arctan", "tensorflow.atan", "tensorflow.math.atan", "numpy.arctan")
@op("keras.ops.arctanh", "tensorflow.atanh", "tensorflow.math.atanh", "numpy.arctanh")
@op("keras.ops.cos", "tensorflow.cos", "tensorflow.math.cos", "keras.backend.cos", "numpy.cos")
@op("keras.ops.cosh", "tensorflow.cosh", "tensorflow.math.cosh", "numpy.cosh")
@op("keras.ops.sin", "tensorflow.sin", "tensorflow.math.sin", "keras.backend.sin", "numpy.sin")
@op("keras.ops.sinh", "tensorflow.sinh", "tensorflow.math.sinh", "numpy.sinh")
@op("keras.ops.sinc", "numpy.sinc")
@op("keras.ops.tan", "tensorflow.tan", "tensorflow.math.tan", "numpy.tan")
@op(
    "keras.ops.tanh",
    "tensorflow.tanh",
    "tensorflow.math.tanh",
    "tensorflow.nn.tanh",
    "keras.backend.tanh",
    "numpy.tanh",
    "keras.activations.tanh",
)
@op("keras.ops.log", "tensorflow.math.log", "tensorflow.log", "keras.backend.log", "numpy.log")
@op("keras.ops.log10", "numpy.log10")
@op("keras.ops.log2", "numpy.log2")
@op("keras.ops.log1p", "tensorflow.math.log1p", "numpy.log1p")
@op("keras.ops.sqrt", "tensorflow.sqrt", "tensorflow.math.sqrt", "keras.backend.sqrt", "numpy.sqrt")
def real_function(x: Any) -> TensorSpec:
    """A function of real numbers: integers become floats."""
    return TensorSpec(shape_of(x), dtypes.promoted_float(dtypes.named(x)))


@op("keras.ops.ceil", "tensorflow.math.ceil", "numpy.ceil")
@op("keras.ops.floor", "tensorflow.floor", "tensorflow.math.floor", "numpy.floor")
def whole(x: Any) -> TensorSpec:
    """A whole number near a real one."""
    return TensorSpec(shape_of(x), dtypes.rounded(dtypes.named(x)))


@op("keras.ops.erfc", "tensorflow.math.erfc")
def erfc(x: Any) -> TensorSpec:
    """The complement of the error function."""
    return TensorSpec(shape_of(x), dtypes.result_type(dtypes.named(x), float))


@op(
    "keras.ops.exp",
    "tensorflow.exp",
    "tensorflow.math.exp",
    "keras.backend.exp",
    "numpy.exp",
    "keras.activations.exponential",
)
@op("keras.ops.exp2", "numpy.exp2")
@op("keras.ops.expm1", "tensorflow.math.expm1", "numpy.expm1")
@op(
    "keras.ops.reciprocal",
    "tensorflow.reciprocal",
    "tensorflow.math.reciprocal",
    "numpy.reciprocal",
)
def exponential(x: Any) -> TensorSpec:
    """A power: integers of every width become `floatx`."""
    return TensorSpec(shape_of(x), dtypes.as_float(dtypes.named(x)))


@op("keras.ops.cbrt", "numpy.cbrt")
def cbrt(x: Any) -> TensorSpec:
    """The cube root."""
    dtype = dtypes.named(x)
    return TensorSpec(shape_of(x), "float64" if dtype == "int64" else dtypes.as_float(dtype))


@op("keras.ops.deg2rad", "numpy.deg2rad", "numpy.radians")
@op("keras.ops.rad2deg", "numpy.rad2deg", "numpy.degrees")
@op("keras.ops.i0", "tensorflow.math.bessel_i0", "numpy.i0")
def by_width(x: Any) -> TensorSpec:
    """A function of real numbers: what is neither 16 nor 64 bits wide becomes `floatx`."""
    dtype = dtypes.named(x)
    if dtype in ("int64", "float64"):
        dtype = "float64"
    elif dtype not in ("bfloat16", "float16", dtypes.UNKNOWN):
        dtype = dtypes.floatx()
    return TensorSpec(shape_of(x), dtype)


@op(
    "keras.ops.square",
    "tensorflow.square",
    "tensorflow.math.square",
    "keras.backend.square",
    "numpy.square",
)
def square(x: Any) -> TensorSpec:
    """The square; truth values are counted."""
    dtype = dtypes.named(x)
    return TensorSpec(shape_of(x), "int32" if dtype == "bool" else dtype)


@op("keras.ops.clip", "tensorflow.clip_by_value", "keras.backend.clip", "numpy.clip")
def clip(x: Any, x_min: Any, x_max: Any) -> TensorSpec:
    """Bring into bounds."""
    return square(x)


@op("keras.ops.isfinite", "tensorflow.math.is_finite", "numpy.isfinite")
@op("keras.ops.isinf", "tensorflow.math.is_inf", "numpy.isinf")
@op("keras.ops.isnan", "tensorflow.math.is_nan", "numpy.isnan")
@op("keras.ops.isneginf", "numpy.isneginf")
@op("keras.ops.isposinf", "numpy.isposinf")
@op("keras.ops.isreal", "numpy.isreal")
@op("keras.ops.signbit", "numpy.signbit")
@op(
    "keras.ops.logical_not",
    "tensorflow.logical_not",
    "tensorflow.math.logical_not",
    "numpy.logical_not",
)
def question(x: Any) -> TensorSpec:
    """A question that each element answers."""
    return TensorSpec(shape_of(x), "bool")
