"""Operations that make a tensor of a given shape, or say what one's shape is."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import Dim, Shape, Symbolic, at_least, ceil_divide, maximum
from shapecalc.ops import dtypes
from shapecalc.ops.op import give_up, op
from shapecalc.ops.operands import (
    axis_index,
    broadcast_shapes,
    check_rank,
    dims_given,
    shape_of,
    size_of,
    tensor,
)
from shapecalc.rules.refusal import InvalidArgument
from shapecalc.rules.requirement import require
from shapecalc.rules.spec import TensorSpec
from shapecalc.rules.unknown import UndecidedError, Unknown, unknown_dim


def _lengths(shape: Any) -> Shape:
    """The lengths of a tensor to make.

    Raises:
        InvalidArgument: one is below 0.
    """
    dims = dims_given(shape)
    for dim in dims:
        require(at_least(dim, 0), InvalidArgument(f"a tensor of shape {dims}", argument="shape"))
    return dims


@op("keras.ops.zeros", "tensorflow.zeros", "numpy.zeros", node=None)
@op("keras.ops.ones", "tensorflow.ones", "numpy.ones", node=None)
@op("keras.ops.empty", "tensorflow.empty", "numpy.empty", node=None)
def filled(shape: Any, dtype: Any = None) -> TensorSpec:
    """A tensor of a given shape."""
    return TensorSpec(_lengths(shape), dtypes.standardize(dtype))


@op("keras.backend.zeros", "keras.backend.ones", node=None)
def filled_variable(shape: Any, dtype: Any = None, name: Any = None) -> TensorSpec:
    """A tensor of a given shape."""
    return filled(shape, dtype)


@op("keras.ops.full", "numpy.full")
def full(shape: Any, fill_value: Any, dtype: Any = None) -> TensorSpec:
    """A tensor of a given shape with one value in all places."""
    # NumPy goes by the value, Keras does not.
    found = dtypes.dtype_of(fill_value) if dtypes.is_wide() and dtype is None else dtype
    return TensorSpec(_lengths(shape), dtypes.standardize(found))


@op("tensorflow.fill", node="Full")
def fill(dims: Any, value: Any) -> TensorSpec:
    """A tensor of a given shape with one value in all places."""
    return TensorSpec(_lengths(dims), dtypes.named(value))


@op("tensorflow.constant", "keras.backend.constant", "keras.backend.variable", node=None)
def constant(value: Any, dtype: Any = None, shape: Any = None) -> TensorSpec:
    """A tensor of what is given."""
    found = dtypes.element_dtype(value) if dtype is None else dtypes.standardize(dtype)
    return TensorSpec(shape_of(value) if shape is None else _lengths(shape), found)


@op("keras.ops.zeros_like", "tensorflow.zeros_like", "keras.backend.zeros_like", "numpy.zeros_like")
@op("keras.ops.ones_like", "tensorflow.ones_like", "keras.backend.ones_like", "numpy.ones_like")
@op("keras.ops.empty_like", "numpy.empty_like")
def alike(x: Any, dtype: Any = None) -> TensorSpec:
    """A tensor of the shape of another."""
    return TensorSpec(shape_of(x), dtypes.named(x) if dtype is None else dtypes.standardize(dtype))


@op("keras.ops.full_like", "numpy.full_like")
def full_like(x: Any, fill_value: Any, dtype: Any = None) -> TensorSpec:
    """A tensor of the shape of another with one value in all places."""
    return alike(x, dtype)


@op("keras.ops.eye", "keras.backend.eye", "numpy.eye", node=None)
def eye(N: Any, M: Any = None, k: Any = 0, dtype: Any = None) -> TensorSpec:  # noqa: N803
    """Ones on a diagonal."""
    if isinstance(N, float) or isinstance(M, float):
        raise InvalidArgument(f"the lengths of `eye` must be integers, got {N} and {M}")
    return filled([N, N if M is None else M], dtype)


@op("tensorflow.eye", "tensorflow.linalg.eye", node=None)
def identity_matrices(
    num_rows: Any, num_columns: Any = None, batch_shape: Any = None, dtype: Any = None
) -> TensorSpec:
    """Ones on the diagonal of a matrix, or of a batch of them."""
    matrix = eye(num_rows, num_columns, dtype=dtype)
    batch = () if batch_shape is None else _lengths(batch_shape)
    return TensorSpec((*batch, *matrix.shape), matrix.dtype)


@op("keras.ops.tri", "numpy.tri", node=None)
def tri(N: Any, M: Any = None, k: Any = 0, dtype: Any = None) -> TensorSpec:  # noqa: N803
    """Ones on and below a diagonal."""
    return eye(N, M, k, dtype)


@op("keras.ops.identity", "numpy.identity", node=None)
def identity(n: Any, dtype: Any = None) -> TensorSpec:
    """Ones on the diagonal of a square."""
    return eye(n, dtype=dtype)


@op("keras.ops.arange", "tensorflow.range", "keras.backend.arange", "numpy.arange")
def arange(start: Any, stop: Any = None, step: Any = None, dtype: Any = None) -> TensorSpec:
    """Numbers from one to another, a step apart."""
    if stop is None:
        start, stop = 0, start
    step = 1 if step is None else step
    found = [dtypes.dtype_of(value) for value in (start, stop, step)]
    name = dtypes.result_type(*found) if dtype is None else dtypes.standardize(dtype)
    return TensorSpec((_count(start, stop, step),), name)


def _count(start: Any, stop: Any, step: Any) -> Dim:
    """How many numbers there are from one to another, a step apart."""
    if any(isinstance(value, (TensorSpec, Unknown)) for value in (start, stop, step)):
        return unknown_dim("a range with a computed bound")
    if isinstance(step, (int, float)) and step == 0:
        raise InvalidArgument("the step of a range cannot be 0", argument="step")
    if any(isinstance(value, float) for value in (start, stop, step)):
        if any(isinstance(value, Symbolic) for value in (start, stop, step)):
            return unknown_dim("a range of fractions")
        return int(max(-((start - stop) // step), 0))
    if not isinstance(step, int):
        return unknown_dim(f"a range with the step {step}")
    covered = stop - start if step > 0 else start - stop
    return maximum(ceil_divide(covered, abs(step)), 0)


def _spaced(start: Any, stop: Any, num: Any, dtype: Any, axis: Any) -> TensorSpec:
    """So many numbers between two ends, along a new axis."""
    ends = broadcast_shapes(shape_of(start), shape_of(stop))
    place = axis_index(axis, len(ends) + 1)
    found = dtypes.named(start) if dtype is None else dtypes.standardize(dtype)
    (count,) = dims_given([num], argument="num")
    require(at_least(count, 0), InvalidArgument(f"`num` is {count}", argument="num"))
    return TensorSpec((*ends[:place], count, *ends[place:]), dtypes.result_type(found, float))


@op("keras.ops.linspace", "tensorflow.linspace", "numpy.linspace")
def linspace(
    start: Any,
    stop: Any,
    num: Any = 50,
    endpoint: bool = True,
    retstep: bool = False,
    dtype: Any = None,
    axis: Any = 0,
) -> Any:
    """So many numbers between two ends, evenly spaced."""
    spaced = _spaced(start, stop, num, dtype, axis)
    if not retstep:
        return spaced
    step = broadcast_shapes(shape_of(start), shape_of(stop))
    return spaced, TensorSpec(step, spaced.dtype)


@op("keras.ops.geomspace", "numpy.geomspace")
def geomspace(
    start: Any,
    stop: Any,
    num: Any = 50,
    endpoint: bool = True,
    dtype: Any = None,
    axis: Any = 0,
) -> TensorSpec:
    """So many numbers between two ends, each a multiple of the last."""
    return _spaced(start, stop, num, dtype, axis)


@op("keras.ops.logspace", "numpy.logspace")
def logspace(
    start: Any,
    stop: Any,
    num: Any = 50,
    endpoint: bool = True,
    base: Any = 10,
    dtype: Any = None,
    axis: Any = 0,
) -> TensorSpec:
    """So many powers between two ends, evenly spaced in the exponent."""
    return _spaced(start, stop, num, dtype, axis)


@op("keras.ops.bartlett", "numpy.bartlett", node=None)
@op("keras.ops.blackman", "numpy.blackman", node=None)
@op("keras.ops.hamming", "numpy.hamming", node=None)
@op("keras.ops.hanning", "numpy.hanning", node=None)
def window(x: Any) -> TensorSpec:
    """The window function of so many points."""
    if isinstance(x, TensorSpec):
        return TensorSpec((unknown_dim("the points of a window are computed"),), dtypes.floatx())
    return filled([x])


@op("keras.ops.kaiser", "numpy.kaiser", node=None)
def kaiser(x: Any, beta: Any) -> TensorSpec:
    """The window function of so many points."""
    return window(x)


@op("keras.ops.shape", "keras.backend.shape", "keras.backend.int_shape", "numpy.shape", node=None)
def shape(x: Any) -> Shape:
    """The lengths of the axes."""
    return shape_of(x)


@op("tensorflow.shape", node=None)
def shape_typed(input: Any, out_type: Any = None) -> Shape:
    """The lengths of the axes."""
    return shape_of(input)


@op("keras.ops.ndim", "tensorflow.rank", "keras.backend.ndim", "numpy.ndim")
def ndim(x: Any) -> int:
    """The number of axes."""
    return len(shape_of(x))


@op("keras.ops.size", "tensorflow.size")
def size(x: Any) -> TensorSpec:
    """The number of elements, as a tensor."""
    shape_of(x)
    return TensorSpec((), "int32")


@op("numpy.size", "keras.backend.count_params", node=None)
def count(x: Any) -> Dim:
    """The number of elements."""
    return size_of(shape_of(x))


@op("keras.ops.dtype", "keras.backend.dtype", node=None)
def dtype(x: Any) -> str:
    """The name of the dtype."""
    return tensor(x).dtype


@op("keras.ops.is_tensor", "tensorflow.is_tensor", node=None)
def is_tensor(x: Any) -> bool:
    """Whether it is a tensor that has a value; those of a functional graph have none."""
    if isinstance(x, TensorSpec):
        give_up("whether a tensor has a value yet")
    if isinstance(x, Unknown):
        raise UndecidedError(x)
    return False


@op("keras.ops.convert_to_numpy", "keras.backend.get_value", "keras.backend.eval", node=None)
def convert_to_numpy(x: Any) -> TensorSpec:
    """The value of a tensor, as an array."""
    return TensorSpec(shape_of(x), dtypes.element_dtype(x))


@op("keras.ops.vander", "numpy.vander")
def vander(x: Any, N: Any = None, increasing: bool = False) -> TensorSpec:  # noqa: N803
    """The powers of each element."""
    own = shape_of(x)
    check_rank(own, 1)
    if N is not None and not isinstance(N, (int, Symbolic)):
        raise InvalidArgument(f"`N` must be a natural number, got {N!r:.100}", argument="N")
    if not isinstance(increasing, bool):
        raise InvalidArgument(f"`increasing` is a bool, not {increasing!r:.100}")
    return TensorSpec((own[0], *_lengths(own if N is None else [N])), dtypes.named(x))
