"""What calls to draw: arithmetic and reductions."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.ops.strategies import (
    LENGTHS,
    Draw,
    T,
    axes_of,
    axis_of,
    dtypes,
    entry,
    other_shape,
    shapes,
    tensors,
    two,
)


@entry(
    "absolute", "abs", "conjugate", "conj", "copy", "imag", "real", "sign", "negative",
    "bitwise_invert", "bitwise_not", "trunc", "rsqrt", "erf", "erfinv", "stop_gradient", "fabs",
    "angle", "arccos", "arccosh", "arcsin", "arcsinh", "arctan", "arctanh", "cos", "cosh",
    "sin", "sinh", "sinc", "tan", "tanh", "ceil", "floor", "log", "log10", "log2", "log1p",
    "sqrt", "erfc", "exp", "exp2", "expm1", "reciprocal", "cbrt", "deg2rad", "rad2deg", "i0",
    "square", "isfinite", "isinf", "isnan", "isneginf", "isposinf", "isreal", "signbit",
    "logical_not", "relu", "relu6", "sigmoid", "sparse_sigmoid", "softplus", "softsign",
    "sparse_plus", "silu", "swish", "log_sigmoid", "hard_sigmoid", "hard_silu", "hard_swish",
    "selu", "tanh_shrink", "hard_tanh", "soft_shrink", "hard_shrink", "squareplus",
    "leaky_relu", "elu", "celu", "gelu", "nan_to_num", "round", "fliplr", "flipud", "diagflat",
    "tril", "triu", "ravel", "size", "shape", "dtype", "zeros_like", "ones_like", "empty_like",
    "nonzero", "view_as_real",
)  # fmt: skip
def _unary(draw: Draw) -> Any:
    return (draw(tensors()),), {}


@entry("lu_factor", "matrix_rank", "pinv", "svd", "qr")
def _matrices(draw: Draw) -> Any:
    return (draw(st.one_of(tensors(2), tensors(2), tensors(2), tensors())),), {}


@entry("det", "inv", "cholesky", "cholesky_inverse", "eig", "eigh")
def _square_matrices(draw: Draw) -> Any:
    shape = draw(st.one_of(shapes(2), shapes(2), shapes(2), shapes()))
    if len(shape) > 1 and draw(st.integers(0, 4)):
        shape = (*shape[:-1], shape[-2])
    return (T(shape, draw(dtypes)),), {}


@entry("logdet", "slogdet")
def _determinant(draw: Draw) -> Any:
    n = draw(LENGTHS)
    return (T((*draw(shapes(0, 1)), n, draw(st.sampled_from([n, n, n, 5])))),), {}


@entry("array", "convert_to_tensor", "cumsum", "cumprod", "nancumsum", "nancumprod")
def _with_dtype(draw: Draw) -> Any:
    x = draw(tensors())
    kwargs: dict[str, Any] = {"dtype": draw(st.none() | dtypes)}
    return (x,), kwargs


@entry("cast", "saturate_cast", "view")
def _to_dtype(draw: Draw) -> Any:
    return (draw(tensors()), draw(dtypes)), {}


@entry("clip", "threshold")
def _bounds(draw: Draw) -> Any:
    bounds = st.sampled_from([0.0, 1, -1, 0.5])
    return (draw(tensors()), draw(bounds), draw(bounds)), {}


@entry(
    "add", "subtract", "multiply", "power", "floor_divide", "maximum", "minimum", "fmax",
    "fmin", "divide", "true_divide", "divide_no_nan", "logaddexp", "logaddexp2", "arctan2",
    "ldexp", "nextafter", "mod", "fmod", "gcd", "lcm", "equal", "not_equal", "greater",
    "greater_equal", "less", "less_equal", "logical_and", "logical_or", "logical_xor",
    "isclose", "allclose", "outer", "inner", "vdot",
)  # fmt: skip
def _binary(draw: Draw) -> Any:
    return draw(two()), {}


@entry("heaviside", "hypot")
def _binary_of_tensors(draw: Draw) -> Any:
    return draw(two(numbers=False)), {}


@entry("bitwise_and", "bitwise_or", "bitwise_xor")
@entry("bitwise_left_shift", "left_shift", "bitwise_right_shift", "right_shift")
def _bits(draw: Draw) -> Any:
    shape = draw(shapes())
    whole = st.sampled_from(["int8", "int32", "uint8", "int64"])
    return (T(shape, draw(whole)), T(shape, draw(whole))), {}


@entry("isin", "kron")
def _any_two(draw: Draw) -> Any:
    rank = draw(st.integers(0, 3))
    other = draw(st.integers(0, 3))
    numbers = st.sampled_from(["float32", "int32", "float16"])
    one = draw(tensors(rank, rank, dtype=numbers))
    return (one, draw(tensors(other, other, dtype=numbers))), {}


@entry("where")
def _where(draw: Draw) -> Any:
    x1, x2 = draw(two())
    shape = next(x.shape for x in (x1, x2) if isinstance(x, T))
    return (T(draw(other_shape(shape)), "bool"), x1, x2), {}


@entry("select")
def _select(draw: Draw) -> Any:
    x = draw(tensors())
    choices = [T(draw(st.sampled_from([x.shape] * 5 + [(3,)])), draw(dtypes)) for _ in range(2)]
    return ([T(x.shape, "bool")] * draw(st.sampled_from([2, 2, 2, 1])), choices), {}


@entry(
    "all", "any", "amax", "amin", "max", "min", "nanmax", "nanmin", "sum", "nansum", "prod",
    "nanprod", "mean", "median", "std", "var", "nanmean", "nanmedian", "nanstd", "nanvar",
    "logsumexp", "ptp",
)  # fmt: skip
def _reduction(draw: Draw) -> Any:
    x = draw(tensors())
    return (x,), {"axis": draw(axes_of(len(x.shape))), "keepdims": draw(st.booleans())}


@entry("norm")
def _norm(draw: Draw) -> Any:
    x = draw(tensors())
    axes = draw(axes_of(len(x.shape)))
    axes = tuple(axes) if isinstance(axes, list) else axes
    return (x,), {"axis": axes, "keepdims": draw(st.booleans())}


@entry("argmax", "argmin", "nanargmax", "nanargmin")
def _place(draw: Draw) -> Any:
    x = draw(tensors())
    axis = draw(st.none() | axis_of(len(x.shape)))
    return (x,), {"axis": axis, "keepdims": draw(st.booleans())}


@entry("count_nonzero", "flip")
def _axes(draw: Draw) -> Any:
    x = draw(tensors())
    return (x,), {"axis": draw(axes_of(len(x.shape)))}


@entry("softmax", "log_softmax", "normalize")
def _axes_default(draw: Draw) -> Any:
    x = draw(tensors(1, dtype=st.sampled_from(["float32", "float16"])))
    axes = draw(axes_of(len(x.shape)))
    return (x,), {"axis": tuple(axes) if isinstance(axes, list) else axes}


@entry("squeeze")
def _squeeze(draw: Draw) -> Any:
    lengths = st.sampled_from([1, 1, 1, 2, None])
    x = T(tuple(draw(st.lists(lengths, max_size=4))), draw(dtypes))
    ones = [i for i, n in enumerate(x.shape) if n == 1]
    several = st.lists(st.sampled_from(ones), unique=True).map(tuple) if ones else st.none()
    return (x,), {"axis": draw(st.one_of(st.none(), several, axis_of(len(x.shape))))}


@entry("sort", "argsort")
def _axis_or_none(draw: Draw) -> Any:
    x = draw(tensors())
    return (x,), {"axis": draw(st.none() | axis_of(len(x.shape)))}


@entry("sparsemax", "glu", "diff", "unstack")
def _axis(draw: Draw) -> Any:
    x = draw(tensors())
    return (x,), {"axis": draw(axis_of(len(x.shape)))}


@entry("trapezoid")
def _trapezoid(draw: Draw) -> Any:
    x = draw(tensors(1))
    return (x,), {"axis": draw(axis_of(len(x.shape)))}


@entry("moments")
def _moments(draw: Draw) -> Any:
    x = draw(tensors())
    return (x, draw(axes_of(len(x.shape)))), {"keepdims": draw(st.booleans())}


@entry("average")
def _average(draw: Draw) -> Any:
    x = draw(tensors(1))
    axis = draw(st.none() | st.integers(-len(x.shape), len(x.shape) - 1))
    along = () if axis is None else (x.shape[axis],)
    weights = draw(st.sampled_from([None, x.shape, along, (5,)]))
    return (x, axis, weights and T(weights, draw(dtypes))), {}


@entry("quantile", "nanquantile", "percentile", "nanpercentile")
def _quantile(draw: Draw) -> Any:
    x = draw(tensors(dtype=st.sampled_from(["float32", "int32", "float16", "int64"])))
    q = draw(st.sampled_from([0.5, [0.1, 0.2], [0.5], T((3,))]))
    kwargs = {"axis": draw(axes_of(len(x.shape))), "keepdims": draw(st.booleans())}
    return (x, q), kwargs


@entry("argpartition")
def _argpartition(draw: Draw) -> Any:
    x = draw(tensors(1))
    kth = draw(st.sampled_from([0, 0, 1, -1, 0.5]))
    return (x, kth), {"axis": draw(st.integers(-len(x.shape), len(x.shape) - 1) | st.none())}
