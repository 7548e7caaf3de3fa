"""Operations on two operands, element by element, with broadcasting."""

from __future__ import annotations

from typing import Any

from shapecalc.ops import dtypes
from shapecalc.ops.counting import nonzero
from shapecalc.ops.op import moving, op
from shapecalc.ops.operands import broadcast_shapes, shape_of, tensor, tensors
from shapecalc.rules.refusal import InvalidArgument
from shapecalc.rules.spec import TensorSpec
from shapecalc.rules.unknown import unknown_dim


def _together(*operands: Any) -> Any:
    return broadcast_shapes(*map(shape_of, operands))


@op("keras.ops.add", "tensorflow.add", "tensorflow.math.add", "numpy.add")
@op("keras.ops.subtract", "tensorflow.subtract", "tensorflow.math.subtract", "numpy.subtract")
@op("keras.ops.multiply", "tensorflow.multiply", "tensorflow.math.multiply", "numpy.multiply")
@op(
    "keras.ops.power",
    "tensorflow.pow",
    "tensorflow.math.pow",
    "keras.backend.pow",
    "numpy.power",
    "numpy.float_power",
)
@op("keras.ops.floor_divide", "tensorflow.math.floordiv", "numpy.floor_divide")
@op(
    "keras.ops.maximum",
    "tensorflow.maximum",
    "tensorflow.math.maximum",
    "keras.backend.maximum",
    "numpy.maximum",
)
@op(
    "keras.ops.minimum",
    "tensorflow.minimum",
    "tensorflow.math.minimum",
    "keras.backend.minimum",
    "numpy.minimum",
)
@op("keras.ops.fmax", "numpy.fmax")
@op("keras.ops.fmin", "numpy.fmin")
def arithmetic(x1: Any, x2: Any) -> TensorSpec:
    """A function of two numbers of one kind."""
    dtype = dtypes.result_type(dtypes.dtype_of(x1), dtypes.dtype_of(x2))
    return TensorSpec(_together(x1, x2), dtype)


@op("tensorflow.math.squared_difference", "tensorflow.squared_difference")
def squared_difference(x1: Any, x2: Any) -> TensorSpec:
    """The square of the difference."""
    return arithmetic(x1, x2)


@op("keras.ops.divide", "tensorflow.divide", "tensorflow.math.divide", "numpy.divide")
@op("keras.ops.true_divide", "tensorflow.truediv", "tensorflow.math.truediv", "numpy.true_divide")
@op("keras.ops.divide_no_nan", "tensorflow.math.divide_no_nan")
@op("keras.ops.logaddexp", "numpy.logaddexp")
@op("keras.ops.logaddexp2", "numpy.logaddexp2")
def division(x1: Any, x2: Any) -> TensorSpec:
    """A function of two numbers that gives a float."""
    dtype = dtypes.result_type(dtypes.dtype_of(x1), dtypes.dtype_of(x2), float)
    return TensorSpec(_together(x1, x2), dtype)


@op("keras.ops.arctan2", "tensorflow.atan2", "tensorflow.math.atan2", "numpy.arctan2")
def arctan2(x1: Any, x2: Any) -> TensorSpec:
    """The angle of a point; Python's numbers are floats."""
    found = [x.dtype if isinstance(x, TensorSpec) else dtypes.floatx() for x in (x1, x2)]
    return TensorSpec(_together(x1, x2), dtypes.result_type(*found, float))


@op("keras.ops.ldexp", "numpy.ldexp")
@op("keras.ops.nextafter", "tensorflow.math.nextafter", "numpy.nextafter")
def real_function(x1: Any, x2: Any) -> TensorSpec:
    """A function of two real numbers, of which Python's are as wide as any."""
    dtype = dtypes.result_type(dtypes.named(x1), dtypes.named(x2), float)
    return TensorSpec(_together(x1, x2), dtype)


@op(
    "keras.ops.mod",
    "tensorflow.math.mod",
    "tensorflow.math.floormod",
    "numpy.mod",
    "numpy.remainder",
)
@op("keras.ops.fmod", "numpy.fmod")
def remainder(x1: Any, x2: Any) -> TensorSpec:
    """What a division leaves; truth values are counted."""
    whole = arithmetic(x1, x2)
    return TensorSpec(whole.shape, "int32" if whole.dtype == "bool" else whole.dtype)


@op("keras.ops.gcd", "numpy.gcd")
@op("keras.ops.lcm", "numpy.lcm")
def of_whole_numbers(x1: Any, x2: Any) -> TensorSpec:
    """A function of two integers, of which Python's are as wide as any."""
    dtype = dtypes.result_type(dtypes.named(x1), dtypes.named(x2))
    return TensorSpec(_together(x1, x2), dtype)


@op("keras.ops.heaviside", "numpy.heaviside")
@op("keras.ops.hypot", "numpy.hypot")
def hypotenuse(x1: Any, x2: Any) -> TensorSpec:
    """A function of two real numbers that gives a float of their width."""
    x1, x2 = tensor(x1), tensor(x2)
    dtype = dtypes.result_type(x1.dtype, x2.dtype)
    if dtypes.is_int(dtype):
        dtype = "float64" if dtype == "int64" else dtypes.floatx()
    return TensorSpec(_together(x1, x2), dtype)


@op(
    "keras.ops.equal",
    "tensorflow.equal",
    "tensorflow.math.equal",
    "keras.backend.equal",
    "numpy.equal",
)
@op(
    "keras.ops.not_equal",
    "tensorflow.not_equal",
    "tensorflow.math.not_equal",
    "keras.backend.not_equal",
    "numpy.not_equal",
)
@op(
    "keras.ops.greater",
    "tensorflow.greater",
    "tensorflow.math.greater",
    "keras.backend.greater",
    "numpy.greater",
)
@op(
    "keras.ops.greater_equal",
    "tensorflow.greater_equal",
    "tensorflow.math.greater_equal",
    "keras.backend.greater_equal",
    "numpy.greater_equal",
)
@op("keras.ops.less", "tensorflow.less", "tensorflow.math.less", "keras.backend.less", "numpy.less")
@op(
    "keras.ops.less_equal",
    "tensorflow.less_equal",
    "tensorflow.math.less_equal",
    "keras.backend.less_equal",
    "numpy.less_equal",
)
@op(
    "keras.ops.logical_and",
    "tensorflow.logical_and",
    "tensorflow.math.logical_and",
    "numpy.logical_and",
)
@op(
    "keras.ops.logical_or",
    "tensorflow.logical_or",
    "tensorflow.math.logical_or",
    "numpy.logical_or",
)
@op("keras.ops.logical_xor", "tensorflow.math.logical_xor", "numpy.logical_xor")
def comparison(x1: Any, x2: Any) -> TensorSpec:
    """A question to two elements."""
    return TensorSpec(_together(x1, x2), "bool")


@op("keras.ops.isclose", "numpy.isclose")
def isclose(
    x1: Any, x2: Any, rtol: float = 1e-05, atol: float = 1e-08, equal_nan: bool = False
) -> TensorSpec:
    """Whether two elements are nearly equal."""
    return comparison(x1, x2)


@op("keras.ops.allclose", "numpy.allclose", node="AllClose")
def allclose(
    x1: Any, x2: Any, rtol: float = 1e-05, atol: float = 1e-08, equal_nan: bool = False
) -> TensorSpec:
    """Whether all elements are nearly equal."""
    comparison(x1, x2)
    return TensorSpec((), "bool")


@op("keras.ops.isin", "numpy.isin", node="IsIn")
def isin(x1: Any, x2: Any, assume_unique: bool = False, invert: bool = False) -> TensorSpec:
    """Whether each element of the first is among those of the second."""
    return TensorSpec(shape_of(x1), "bool")


@op("keras.ops.bitwise_and", "tensorflow.bitwise.bitwise_and", "numpy.bitwise_and")
@op("keras.ops.bitwise_or", "tensorflow.bitwise.bitwise_or", "numpy.bitwise_or")
@op("keras.ops.bitwise_xor", "tensorflow.bitwise.bitwise_xor", "numpy.bitwise_xor")
def bitwise(x: Any, y: Any) -> TensorSpec:
    """A function of the bits of two integers."""
    x, y = tensor(x), tensor(y)
    return TensorSpec(_together(x, y), dtypes.result_type(x.dtype, y.dtype))


@op("keras.ops.bitwise_left_shift", "tensorflow.bitwise.left_shift")
@op("keras.ops.left_shift", "numpy.left_shift")
@op("keras.ops.bitwise_right_shift", "tensorflow.bitwise.right_shift")
@op("keras.ops.right_shift", "numpy.right_shift")
def shift(x: Any, y: Any) -> TensorSpec:
    """Shift the bits of integers."""
    if isinstance(y, int):
        return tensor(x)
    return bitwise(x, y)


@op("keras.ops.where", "numpy.where")
@moving("x1", "x2")
def where(condition: Any, x1: Any = None, x2: Any = None) -> Any:
    """Choose between two elements; with the condition alone, the places where it holds."""
    if (x1 is None) != (x2 is None):
        raise InvalidArgument("`x1` and `x2` are given both or neither")
    if x1 is None:
        return nonzero(condition)
    dtype = dtypes.result_type(dtypes.dtype_of(x1), dtypes.dtype_of(x2))
    return TensorSpec(_together(condition, x1, x2), dtype)


@op("tensorflow.where", node="Where")
def where_or_places(condition: Any, x: Any = None, y: Any = None) -> Any:
    """Choose between two elements; with the condition alone, the places where it holds."""
    if x is None and y is None:
        count = unknown_dim("how many elements a condition picks")
        return TensorSpec((count, len(shape_of(condition))), "int64")
    return where(condition, x, y)


@op("keras.backend.switch", node="Where")
def switch(condition: Any, then_expression: Any, else_expression: Any) -> Any:
    """Choose between two tensors, by each element's condition or by one for all."""
    return where(condition, then_expression, else_expression)


@op("tensorflow.add_n", "tensorflow.math.add_n", node="AddN")
def addn(inputs: Any) -> TensorSpec:
    """The sum of several tensors of one shape."""
    total = tensors(inputs)[0]
    for other in tensors(inputs)[1:]:
        total = arithmetic(total, other)
    return total
