"""What calls to draw for each operation: a small table by families."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from tests.ops.case import Case, T, map_tensors
from tests.ops.exceptions import TRACED, WITHOUT_NONE

Draw = Callable[[Any], Any]

DTYPES = ["float32", "float16", "bfloat16", "float64", "int8", "int32", "int64", "uint8", "bool"]
LENGTHS = st.sampled_from([1, 2, 3, 4, 6])
dtypes = st.sampled_from(["float32", "float32", *DTYPES])


def lengths(none: bool = True) -> st.SearchStrategy[Any]:
    """The length of an axis; sometimes None, rarely zero."""
    kinds = [LENGTHS] * 6 + [st.just(0)] + [st.none()] * none
    return st.one_of(kinds)


@st.composite
def shapes(draw: Draw, least: int = 0, most: int = 4, none: bool = True) -> tuple[Any, ...]:
    """A shape."""
    return tuple(draw(st.lists(lengths(none), min_size=least, max_size=most)))


@st.composite
def tensors(draw: Draw, least: int = 0, most: int = 4, none: bool = True, dtype: Any = dtypes) -> T:
    """A tensor."""
    return T(draw(shapes(least, most, none)), draw(dtype))


def axis_of(rank: int) -> st.SearchStrategy[int]:
    """An axis of a tensor; rarely one that it does not have."""
    good = st.integers(-max(rank, 1), max(rank, 1) - 1)
    return st.one_of(good, good, good, good, st.integers(-rank - 2, rank + 2))


@st.composite
def axes_of(draw: Draw, rank: int) -> Any:
    """None, one axis, or several different ones."""
    kind = draw(st.sampled_from(["none", "one", "several", "several"]))
    if kind == "none":
        return None
    if kind == "one" or rank == 0:
        return draw(axis_of(rank))
    chosen = draw(st.lists(st.integers(0, rank - 1), unique=True, max_size=rank))
    return [draw(st.sampled_from([a, a - rank])) for a in chosen]


@st.composite
def other_shape(draw: Draw, shape: tuple[Any, ...]) -> tuple[Any, ...]:
    """A shape that mostly goes together with another."""
    cut = draw(st.integers(0, len(shape)))
    axes = [draw(st.sampled_from([n, n, n, 1, 1, None, 5])) for n in shape[cut:]]
    front = draw(shapes(0, 1)) if cut == 0 else ()
    return (*front, *axes)


scalars = st.sampled_from([2, 0.5, True, -1])


@st.composite
def two(draw: Draw, dtype: Any = dtypes, numbers: bool = True) -> tuple[Any, Any]:
    """Two operands, at least one of them a tensor."""
    x = draw(tensors(dtype=dtype))
    if numbers and draw(st.integers(0, 4)) == 0:
        y: Any = draw(scalars)
    else:
        y = T(draw(other_shape(x.shape)), draw(dtype))
    return (y, x) if draw(st.booleans()) else (x, y)


# By name, a strategy of the arguments: positional, and by keyword.
TABLE: dict[str, st.SearchStrategy[tuple[tuple[Any, ...], dict[str, Any]]]] = {}


def entry(*names: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Put what a function draws into the table."""

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        for name in names:
            assert name not in TABLE, name
            TABLE[name] = st.composite(function)()
        return function

    return register


def cases(name: str) -> st.SearchStrategy[Case]:
    """Calls of an operation."""

    def comparable(tensor: T) -> T:
        shape, dtype = tensor
        if name in WITHOUT_NONE or name in TRACED:
            shape = tuple(2 if n is None else n for n in shape)
        if name in TRACED:
            # What is traced has no 64 bits, and is not always defined on nothing.
            shape, dtype = tuple(n or 2 for n in shape), dtype.replace("64", "32")
        return T(shape, dtype)

    return TABLE[name].map(lambda drawn: Case(name, *map_tensors(comparable, drawn)))


@st.composite
def plain_cases(draw: Draw, name: str) -> Case:
    """Calls of an operation on tensors whose lengths are all numbers above 0."""
    case = draw(cases(name))

    def fixed(tensor: T) -> T:
        return T(tuple(n or draw(LENGTHS) for n in tensor.shape), tensor.dtype)

    args, kwargs = map_tensors(fixed, (case.args, case.kwargs))
    return Case(name, args, kwargs)


@entry(
    *[
        "absolute",
        "abs",
        "conjugate",
        "conj",
        "copy",
        "imag",
        "real",
        "sign",
        "negative",
        "bitwise_invert",
        "bitwise_not",
        "trunc",
        "rsqrt",
        "erf",
        "erfinv",
        "stop_gradient",
        "fabs",
        "angle",
        "arccos",
        "arccosh",
        "arcsin",
        "arcsinh",
        "arctan",
        "arctanh",
        "cos",
        "cosh",
        "sin",
        "sinh",
        "sinc",
        "tan",
        "tanh",
        "ceil",
        "floor",
        "log",
        "log10",
        "log2",
        "log1p",
        "sqrt",
        "erfc",
        "exp",
        "exp2",
        "expm1",
        "reciprocal",
        "cbrt",
        "deg2rad",
        "rad2deg",
        "i0",
        "square",
        "isfinite",
        "isinf",
        "isnan",
        "isneginf",
        "isposinf",
        "isreal",
        "signbit",
        "logical_not",
        "relu",
        "relu6",
        "sigmoid",
        "sparse_sigmoid",
        "softplus",
        "softsign",
        "sparse_plus",
        "silu",
        "swish",
        "log_sigmoid",
        "hard_sigmoid",
        "hard_silu",
        "hard_swish",
        "selu",
        "tanh_shrink",
        "hard_tanh",
        "soft_shrink",
        "hard_shrink",
        "squareplus",
        "leaky_relu",
        "elu",
        "celu",
        "gelu",
        "nan_to_num",
        "round",
        "fliplr",
        "flipud",
        "diagflat",
        "tril",
        "triu",
        "ravel",
        "size",
        "shape",
        "dtype",
        "zeros_like",
        "ones_like",
        "empty_like",
        "nonzero",
        "view_as_real",
        "lu_factor",
        "matrix_rank",
        "pinv",
        "svd",
        "qr",
        "det",
        "inv",
        "cholesky",
        "cholesky_inverse",
        "eig",
        "eigh",
    ]
)
def _unary(draw: Draw) -> Any:
    shape = draw(shapes())
    if len(shape) > 1 and draw(st.booleans()):
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
    return (draw(tensors()), 0.0, 1.0), {}


@entry(
    *[
        "add",
        "subtract",
        "multiply",
        "power",
        "floor_divide",
        "maximum",
        "minimum",
        "fmax",
        "fmin",
        "divide",
        "true_divide",
        "divide_no_nan",
        "logaddexp",
        "logaddexp2",
        "arctan2",
        "ldexp",
        "nextafter",
        "mod",
        "fmod",
        "gcd",
        "lcm",
        "equal",
        "not_equal",
        "greater",
        "greater_equal",
        "less",
        "less_equal",
        "logical_and",
        "logical_or",
        "logical_xor",
        "isclose",
        "allclose",
        "outer",
        "inner",
        "vdot",
    ]
)
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
    return ([T(x.shape, "bool")] * 2, [x, x], 0), {}


@entry(
    *[
        "all",
        "any",
        "amax",
        "amin",
        "max",
        "min",
        "nanmax",
        "nanmin",
        "sum",
        "nansum",
        "prod",
        "nanprod",
        "mean",
        "median",
        "std",
        "var",
        "nanmean",
        "nanmedian",
        "nanstd",
        "nanvar",
        "logsumexp",
        "ptp",
        "norm",
    ]
)
def _reduction(draw: Draw) -> Any:
    x = draw(tensors())
    return (x,), {"axis": draw(axes_of(len(x.shape))), "keepdims": draw(st.booleans())}


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


@entry("sort", "argsort", "squeeze")
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
    return (x, 0), {"axis": draw(st.integers(-len(x.shape), len(x.shape) - 1) | st.none())}


@entry("reshape")
def _reshape(draw: Draw) -> Any:
    x = draw(tensors())
    left = math.prod(n for n in x.shape if n is not None)
    target: list[Any] = []
    while left > 1 and len(target) < 4:
        part = draw(st.sampled_from([d for d in range(1, left + 1) if left % d == 0]))
        target.append(part)
        left //= part
    target += [left] if left != 1 else []
    change = draw(st.sampled_from(["none", "rest", "rest", "rest", "wrong", "open"]))
    at = draw(st.integers(0, len(target)))
    if change == "rest" or None in x.shape:
        target[at : at + 1] = [-1]
    elif change == "wrong":
        target.insert(at, draw(st.sampled_from([5, 0, -1, -2])))
    elif change == "open":
        target.insert(at, None)
    return (x, tuple(target)), {}


@entry("transpose")
def _transpose(draw: Draw) -> Any:
    x = draw(tensors())
    order = draw(st.permutations(range(len(x.shape))))
    wrong = st.lists(axis_of(len(x.shape)), max_size=4)
    return (x, draw(st.one_of(st.none(), st.just(list(order)), st.just(list(order)), wrong))), {}


@entry("expand_dims")
def _expand_dims(draw: Draw) -> Any:
    x = draw(tensors())
    several = st.lists(st.integers(0, 1), unique=True, min_size=1, max_size=2)
    return (x, draw(st.one_of(axis_of(len(x.shape) + 1), several))), {}


@entry("swapaxes")
def _swapaxes(draw: Draw) -> Any:
    x = draw(tensors())
    axis = axis_of(len(x.shape))
    return (x, draw(axis), draw(axis)), {}


@entry("moveaxis")
def _moveaxis(draw: Draw) -> Any:
    x = draw(tensors(1))
    rank = len(x.shape)
    count = draw(st.integers(1, rank))
    one = draw(st.permutations(range(rank)))[:count]
    other = draw(st.permutations(range(rank)))[:count]
    wrong = draw(st.integers(0, 5)) == 0
    return (x, list(one), [rank] if wrong else list(other)), {}


@entry("roll")
def _roll(draw: Draw) -> Any:
    x = draw(tensors())
    return (x, 1), {"axis": draw(st.none() | axis_of(len(x.shape)))}


@entry("rot90")
def _rot90(draw: Draw) -> Any:
    x = draw(tensors(1))
    return (x,), {"axes": draw(st.sampled_from([(0, 1), (1, 0), (0, 0)]))}


@entry("broadcast_to")
def _broadcast_to(draw: Draw) -> Any:
    x = draw(tensors(none=False))
    front = draw(shapes(0, 2, none=False))
    stretched = [draw(LENGTHS) if n == 1 else n for n in x.shape]
    if stretched and draw(st.integers(0, 4)) == 0:
        stretched[0] = 5
    return (x, (*front, *stretched)), {}


@entry("tile")
def _tile(draw: Draw) -> Any:
    times = st.lists(st.integers(0, 3), max_size=5) | st.integers(0, 3)
    return (draw(tensors()), draw(times)), {}


@entry("repeat")
def _repeat(draw: Draw) -> Any:
    x = draw(tensors(1))
    axis = draw(st.none() | axis_of(len(x.shape)))
    each = st.lists(st.integers(0, 3), min_size=1, max_size=4)
    return (x, draw(st.integers(0, 3) | each)), {"axis": axis}


@entry("pad")
def _pad(draw: Draw) -> Any:
    x = draw(tensors(1))
    pairs = [[draw(st.integers(0, 2)), draw(st.integers(0, 2))] for _ in x.shape]
    width = draw(st.sampled_from([1, (1, 2), pairs, pairs, [[1, 2]], [[1]], pairs + pairs]))
    return (x, width), {}


@entry("concatenate")
def _concatenate(draw: Draw) -> Any:
    x = draw(tensors(1))
    axis = draw(axis_of(len(x.shape)))
    return (_joinable(draw, x, axis, draw(st.integers(1, 3))), axis), {}


def _joinable(draw: Draw, x: T, axis: int, count: int) -> list[T]:
    """Tensors that mostly agree but along an axis."""
    values = [x]
    for _ in range(count - 1):
        shape = [draw(st.sampled_from([n, n, n, n, n, n, n, None, 5])) for n in x.shape]
        if -len(shape) <= axis < len(shape):
            shape[axis] = draw(lengths())
        if draw(st.integers(0, 9)) == 0:
            shape.append(2)
        values.append(T(tuple(shape), draw(dtypes)))
    return values


@entry("stack")
def _stack(draw: Draw) -> Any:
    x = draw(tensors())
    return (_joinable(draw, x, 99, draw(st.integers(1, 3))), draw(axis_of(len(x.shape) + 1))), {}


@entry("append")
def _append(draw: Draw) -> Any:
    x = draw(tensors(1, none=False))
    axis = draw(st.none() | axis_of(len(x.shape)))
    fixed = [T(tuple(n or 1 for n in v.shape), v.dtype) for v in _joinable(draw, x, axis or 0, 2)]
    return tuple(fixed), {"axis": axis}


@entry("hstack")
def _hstack(draw: Draw) -> Any:
    x = draw(tensors(1))
    return (_joinable(draw, x, 1, 2),), {}


@entry("vstack")
def _vstack(draw: Draw) -> Any:
    x = draw(tensors(2))
    return (_joinable(draw, x, 0, 2),), {}


@entry("dstack")
def _dstack(draw: Draw) -> Any:
    x = draw(tensors(0))
    return (_joinable(draw, x, 2, 2),), {}


def _sections(draw: Draw) -> Any:
    whole = st.integers(1, 3)
    return draw(whole | st.lists(st.integers(0, 4), max_size=3).map(sorted))


@entry("split")
def _split(draw: Draw) -> Any:
    x = draw(tensors())
    return (x, _sections(draw), draw(axis_of(len(x.shape)))), {}


@entry("hsplit", "vsplit", "dsplit")
def _split_along(draw: Draw) -> Any:
    return (draw(tensors()), _sections(draw)), {}


@entry("array_split")
def _array_split(draw: Draw) -> Any:
    x = draw(tensors(1))
    axis = draw(st.integers(-len(x.shape), len(x.shape) - 1))
    return (x, draw(st.integers(0, 4)), axis), {}


@entry("meshgrid")
def _meshgrid(draw: Draw) -> Any:
    count = draw(st.integers(2, 3))
    return tuple(draw(tensors(0, 2, dtype=st.just("float32"))) for _ in range(count)), {
        "indexing": draw(st.sampled_from(["xy", "ij", "ab"]))
    }


@entry("get_item")
def _get_item(draw: Draw) -> Any:
    x = draw(tensors())
    bound = st.none() | st.integers(-7, 7)
    step = st.sampled_from([None, 1, 2, -1, -2])
    cut = st.builds(slice, bound, bound, step)
    whole = st.builds(slice, bound)
    items = st.one_of(cut, whole, st.integers(-3, 3), st.just(0), st.none(), st.just(Ellipsis))
    key = draw(st.lists(items, max_size=len(x.shape) + 1))
    # `x[:, None]` cuts a None axis, which Keras then leaves None.
    return (x, tuple(key)), {}


@entry("take")
def _take(draw: Draw) -> Any:
    x = draw(tensors())
    indices = st.sampled_from([0, [0, 1], [[0], [1]], T((2, 3), "int32"), T((None,), "int32")])
    return (x, draw(indices)), {"axis": draw(st.none() | axis_of(len(x.shape)))}


@entry("take_along_axis")
def _take_along_axis(draw: Draw) -> Any:
    x = draw(tensors(1))
    axis = draw(st.none() | axis_of(len(x.shape)))
    shape = (3,) if axis is None and draw(st.booleans()) else draw(other_shape(x.shape))
    return (x, T(shape, "int32")), {"axis": axis}


@entry("slice")
def _slice(draw: Draw) -> Any:
    x = draw(tensors(1, none=False))
    start = [0 for _ in x.shape]
    size = [draw(st.sampled_from([n, 1, -1])) for n in x.shape]
    short = draw(st.integers(0, 5)) == 0
    return (x, start, size[1:] if short else size), {}


@entry("slice_update", "scatter_update")
def _update(draw: Draw) -> Any:
    x = draw(tensors())
    return (x, T((1, 2), "int32"), T((1,))), {}


@entry("scatter")
def _scatter(draw: Draw) -> Any:
    return (T((3, 1), "int32"), T((3,), draw(dtypes)), draw(shapes(1, none=False))), {}


@entry("one_hot")
def _one_hot(draw: Draw) -> Any:
    x = draw(tensors())
    axis = draw(st.sampled_from([-1, -1, 0, 1, 4, -2]))
    return (x, draw(st.integers(1, 5))), {"axis": axis, "dtype": draw(st.none() | dtypes)}


@entry("multi_hot")
def _multi_hot(draw: Draw) -> Any:
    x = draw(tensors(1))
    return (x, draw(st.integers(1, 5) | st.none())), {"axis": draw(st.sampled_from([-1, 0, 1]))}


@entry("top_k")
def _top_k(draw: Draw) -> Any:
    return (draw(tensors()), draw(st.integers(1, 3))), {}


@entry("in_top_k")
def _in_top_k(draw: Draw) -> Any:
    return (draw(tensors(1, 1)), draw(tensors(2, 2)), 2), {}


@entry("searchsorted", "digitize")
def _searchsorted(draw: Draw) -> Any:
    one, other = draw(tensors(0, 2)), draw(tensors())
    return (one, other), {}


@entry("bincount")
def _bincount(draw: Draw) -> Any:
    return (draw(tensors(1, 2)),), {"minlength": 3}


@entry("histogram")
def _histogram(draw: Draw) -> Any:
    return (draw(tensors(1, 1)),), {"bins": draw(st.integers(-1, 4))}


@entry("unique")
def _unique(draw: Draw) -> Any:
    x = draw(tensors())
    flags = ("return_index", "return_inverse", "return_counts")
    kwargs: dict[str, Any] = {flag: draw(st.booleans()) for flag in flags}
    axis = draw(st.none() | axis_of(len(x.shape)))
    return (x,), {**kwargs, "axis": axis, "size": draw(st.none() | st.integers(1, 3))}


@entry("unravel_index")
def _unravel_index(draw: Draw) -> Any:
    return (draw(tensors(dtype=st.just("int32"))), draw(shapes(1, none=False))), {}
