"""Products that sum over axes: matrices, dots, Einstein's notation."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

from shapecalc.dims import Comparison, Dim, Shape, at_least, compare, equal, maximum, minimum, show
from shapecalc.ops import dtypes
from shapecalc.ops.arithmetic import arithmetic
from shapecalc.ops.op import op
from shapecalc.ops.operands import (
    axes_index,
    axis_index,
    broadcast_lengths,
    broadcast_shapes,
    check_rank,
    integer,
    list_shapes,
    replaced,
    require_alike,
    require_same,
    require_seen,
    shape_of,
    size_of,
    tensor,
)
from shapecalc.rules.refusal import InvalidArgument, MismatchedShapes, show_axis, show_shape
from shapecalc.rules.spec import TensorSpec, multiplied
from shapecalc.rules.unknown import unknown_dim


def _unequal(x: Shape, y: Shape, i: int, j: int) -> MismatchedShapes:
    """The refusal of a sum over axes of different lengths."""
    return MismatchedShapes(
        f"cannot multiply {list_shapes([x, y])}: axis {i} of the first has {show_axis(x[i])}, "
        f"axis {j} of the second {show_axis(y[j])}",
        [x, y],
        axis=i,
    )


def _common_dtype(x1: Any, x2: Any) -> str:
    return dtypes.result_type(dtypes.dtype_of(x1), dtypes.dtype_of(x2))


@op("keras.ops.matmul", "numpy.matmul")
def matmul(x1: Any, x2: Any) -> TensorSpec:
    """Multiply matrices, which stand in the last two axes; a vector is a row, or a column."""
    x, y = shape_of(x1), shape_of(x2)
    check_rank(x, least=1)
    check_rank(y, least=1)
    inner = -2 if len(y) > 1 else -1
    require_same(x[-1], y[inner], _unequal(x, y, -1, inner))
    batch = broadcast_shapes(x[:-2], y[:-2])
    found = (dtypes.named(x1), dtypes.named(x2))
    dtype = "int32" if found == ("int8", "int8") else dtypes.result_type(*found)
    rows = x[-2:-1] if len(x) > 1 else ()
    shape = (*batch, *rows, *(y[-1:] if len(y) > 1 else ()))
    return multiplied(shape, dtype, x[-1:])


@op("tensorflow.matmul", "tensorflow.linalg.matmul", node="Matmul")
def matmul_transposed(
    a: Any,
    b: Any,
    transpose_a: bool = False,
    transpose_b: bool = False,
    adjoint_a: bool = False,
    adjoint_b: bool = False,
) -> TensorSpec:
    """Multiply matrices, either of them transposed."""
    a, b = tensor(a), tensor(b)
    if transpose_a or adjoint_a:
        a = TensorSpec((*a.shape[:-2], *a.shape[:-3:-1]), a.dtype)
    if transpose_b or adjoint_b:
        b = TensorSpec((*b.shape[:-2], *b.shape[:-3:-1]), b.dtype)
    return matmul(a, b)


@op("keras.ops.dot", "keras.backend.dot", "numpy.dot")
def dot(x1: Any, x2: Any) -> TensorSpec:
    """Sum over the last axis of the first and the last but one of the second."""
    x, y = shape_of(x1), shape_of(x2)
    if not x or not y:
        return arithmetic(x1, x2)
    if len(y) == 1:
        # Keras compares these as it sees them.
        hold = require_same if len(x) == 1 else require_alike
        hold(x[-1], y[0], _unequal(x, y, -1, 0))
        return multiplied(x[:-1], _common_dtype(x1, x2), x[-1:])
    require_same(x[-1], y[-2], _unequal(x, y, -1, -2))
    return multiplied((*x[:-1], *y[:-2], y[-1]), _common_dtype(x1, x2), x[-1:])


@op("keras.backend.batch_dot", node="BatchDot")
def batch_dot(x1: Any, x2: Any, axes: Any = None) -> TensorSpec:
    """Sum over one axis of each, sample by sample."""
    x, y = shape_of(x1), shape_of(x2)
    check_rank(x, least=2)
    check_rank(y, least=2)
    if axes is None:
        axes = (len(x) - 1, max(len(y) - 2, 1))
    pair = axes if isinstance(axes, (list, tuple)) else (axes, axes)
    i, j = axis_index(pair[0], len(x)), axis_index(pair[1], len(y))
    require_same(x[i], y[j], _unequal(x, y, i, j))
    rest = (*replaced(x, i), *replaced(y, j)[1:])
    shape = rest if len(rest) > 1 else (*rest, 1)
    return multiplied(shape, _common_dtype(x1, x2), (x[i],))


@op("keras.ops.tensordot", "tensorflow.tensordot", "numpy.tensordot")
def tensordot(x1: Any, x2: Any, axes: Any = 2) -> TensorSpec:
    """Sum over pairs of axes: those given, or the last so many with the first so many."""
    x, y = shape_of(x1), shape_of(x2)
    if isinstance(axes, (list, tuple)) and not isinstance(axes, TensorSpec):
        if len(axes) != 2:
            raise InvalidArgument(f"`axes` must be axes of the first and of the second: {axes}")
        mine = axes_index(axes[0], len(x), argument="axes")
        theirs = axes_index(axes[1], len(y), argument="axes")
    else:
        # One more than there are is as wrong as any number of them.
        count = min(max(integer(axes, "axes"), 0), len(x) + 1)
        mine = axes_index([*range(-count, 0)], len(x), argument="axes")
        theirs = axes_index([*range(count)], len(y), argument="axes")
    if len(mine) != len(theirs):
        raise InvalidArgument(f"`axes` must be as many of the first as of the second: {axes}")
    for i, j in zip(mine, theirs, strict=True):
        require_same(x[i], y[j], _unequal(x, y, i, j))
    rest = [d for i, d in enumerate(x) if i not in mine]
    rest += [d for i, d in enumerate(y) if i not in theirs]
    return multiplied(tuple(rest), _common_dtype(x1, x2), (x[i] for i in mine))


@op("keras.ops.inner", "numpy.inner")
def inner(x1: Any, x2: Any) -> TensorSpec:
    """Sum over the last axes."""
    x, y = shape_of(x1), shape_of(x2)
    if x and y:
        require_same(x[-1], y[-1], _unequal(x, y, -1, -1))
        return multiplied((*x[:-1], *y[:-1]), _common_dtype(x1, x2), x[-1:])
    return TensorSpec(x or y, _common_dtype(x1, x2))


@op("keras.ops.outer", "numpy.outer")
def outer(x1: Any, x2: Any) -> TensorSpec:
    """Each element of the first with each of the second."""
    return multiplied((size_of(shape_of(x1)), size_of(shape_of(x2))), _common_dtype(x1, x2))


@op("keras.ops.kron", "numpy.kron")
def kron(x1: Any, x2: Any) -> TensorSpec:
    """The second once for each element of the first."""
    pairs = zip_longest(reversed(shape_of(x1)), reversed(shape_of(x2)), fillvalue=1)
    shape = tuple(a * b for a, b in pairs)[::-1]
    return multiplied(shape, dtypes.result_type(dtypes.named(x1), dtypes.named(x2)))


@op("keras.ops.cross", "numpy.cross", counted=False)
def cross(
    x1: Any, x2: Any, axisa: Any = -1, axisb: Any = -1, axisc: Any = -1, axis: Any = None
) -> TensorSpec:
    """The vector at right angles to two others, of two or three elements each."""
    if axis is not None:
        axisa = axisb = axisc = axis
    x, y = shape_of(x1), shape_of(x2)
    i = axis_index(axisa, len(x), argument="axisa")
    j = axis_index(axisb, len(y), argument="axisb")
    lengths = [_vector_length(x, i), _vector_length(y, j)]
    batch = broadcast_shapes(replaced(x, i), replaced(y, j))
    vector: Shape = (3,) if 3 in lengths else ()
    k = axis_index(axisc, len(batch) + len(vector), argument="axisc") if batch or vector else 0
    return TensorSpec((*batch[:k], *vector, *batch[k:]), _common_dtype(x1, x2))


@op("tensorflow.linalg.cross", node="Cross", counted=False)
def cross_3(a: Any, b: Any) -> TensorSpec:
    """The vector at right angles to two others."""
    return cross(a, b)


def _vector_length(shape: Shape, axis: int) -> Dim:
    """The length, 2 or 3, of the vectors along an axis."""
    length = shape[axis]
    if isinstance(length, int) and length == 2:
        return length
    refusal = InvalidArgument(
        f"axis {axis} of {show_shape(shape)} must have 2 or 3 elements, not {show(length)}"
    )
    require_seen(equal(length, 3), refusal, length)
    return 0 if show_axis(length) == "None" else 3


@op("keras.ops.correlate", "numpy.correlate", counted=False)
def correlate(x1: Any, x2: Any, mode: Any = "valid") -> TensorSpec:
    """Slide the shorter of two vectors along the other."""
    x, y = shape_of(x1), shape_of(x2)
    check_rank(x, 1)
    check_rank(y, 1)
    lengths = {
        "valid": lambda: maximum(x[0], y[0]) - minimum(x[0], y[0]) + 1,
        "same": lambda: maximum(x[0], y[0]),
        "full": lambda: x[0] + y[0] - 1,
    }
    if not isinstance(mode, str) or mode not in lengths:
        raise InvalidArgument(f"`mode` is valid, same or full, not {mode!r}", argument="mode")
    dtype = _common_dtype(x1, x2)
    if dtype == "int64":
        dtype = "float64"
    elif dtype not in ("bfloat16", "float16", "float64"):
        dtype = "float32"
    return TensorSpec((lengths[mode](),), dtype)


@op("keras.ops.corrcoef", "numpy.corrcoef", counted=False)
def corrcoef(x: Any) -> TensorSpec:
    """How much each variable, a row, goes with each other."""
    shape, dtype = shape_of(x), dtypes.named(x)
    check_rank(shape, 1, 2)
    dtype = "float64" if dtype == "int64" else dtypes.result_type(dtype, float)
    if len(shape) == 1 or compare(shape[0], 1) is Comparison.EQUAL:
        return TensorSpec((), dtype)
    # Of an open number of variables there are taken to be several.
    one = InvalidArgument(f"{show_shape(shape)} is a single variable")
    require_seen(at_least(shape[0], 2), one, shape[0])
    return TensorSpec((shape[0], shape[0]), dtype)


@op(
    "keras.ops.einsum", "tensorflow.einsum", "tensorflow.linalg.einsum", "keras.backend.einsum",
    "numpy.einsum",
)  # fmt: skip
def einsum(subscripts: str, *operands: Any, **kwargs: Any) -> TensorSpec:
    """Multiply along axes that have a letter each; letters that are left out are summed over."""
    inputs, output = _notation(subscripts)
    shapes = [shape_of(operand) for operand in operands]
    if len(inputs) != len(shapes):
        raise InvalidArgument(
            f"{subscripts!r} is for {len(inputs)} tensors, got {len(shapes)}",
            argument="subscripts",
        )
    lengths: dict[str, Dim] = {}
    dots: Shape = ()
    for term, shape in zip(inputs, shapes, strict=True):
        dots = broadcast_shapes(dots, _match(term, shape, lengths, subscripts))
    front, has_dots, back = output.partition("...")
    missing = sorted({*front, *back} - lengths.keys())
    if missing:
        raise InvalidArgument(f"{subscripts!r} gives {missing[0]!r}, which no tensor has")
    shape = (*(lengths[s] for s in front), *(dots if has_dots else ()))
    found = {dtypes.named(operand) for operand in operands}
    dtype = "int32" if found == {"int8"} else dtypes.result_type(*sorted(found))
    shape = (*shape, *(lengths[s] for s in back))
    if len(shapes) == 1:
        return TensorSpec(shape, dtype)
    if len(shapes) > 2:
        # It depends on which two are multiplied first.
        macs = unknown_dim(f"how many products {subscripts!r:.60} takes")
        return TensorSpec(shape, dtype, macs, macs)
    summed = (n for letter, n in lengths.items() if letter not in output)
    return multiplied(shape, dtype, (*summed, *(() if has_dots else dots)))


def _notation(subscripts: Any) -> tuple[list[str], str]:
    """The letters of each operand, and of the output.

    Raises:
        InvalidArgument: it is no such notation.
    """
    words = subscripts.replace(" ", "").split("->") if isinstance(subscripts, str) else []
    plain = "".join(words).replace("...", "").replace(",", "")
    if not 1 <= len(words) <= 2 or (plain and not plain.isalpha()):
        raise InvalidArgument(f"{subscripts!r:.100} is no notation of einsum")
    inputs = words[0].split(",")
    if len(words) == 2:
        return inputs, words[1]
    letters = words[0].replace(",", "").replace(".", "")
    once = sorted(s for s in letters if letters.count(s) == 1)
    return inputs, "..." * ("..." in words[0]) + "".join(once)


def _match(term: str, shape: Shape, lengths: dict[str, Dim], subscripts: str) -> Shape:
    """Give the letters of a term the lengths of a shape's axes; the axes under its dots."""
    front, has_dots, back = term.partition("...")
    spare = len(shape) - len(front) - len(back)
    if spare < 0 or (spare and not has_dots):
        raise MismatchedShapes(
            f"{term!r} of {subscripts!r} names {len(front) + len(back)} axes, "
            f"but {show_shape(shape)} has {len(shape)}",
            [shape],
        )
    named = zip(front + back, (*shape[: len(front)], *shape[len(front) + spare :]), strict=True)
    for letter, length in named:
        known = lengths.get(letter, length)
        refusal = MismatchedShapes(
            f"{letter!r} of {subscripts!r} is {show_axis(known)} in one tensor and "
            f"{show_axis(length)} in another",
            [shape],
        )
        lengths[letter] = broadcast_lengths(known, length, refusal)
    return shape[len(front) : len(front) + spare]
