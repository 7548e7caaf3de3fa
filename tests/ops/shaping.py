"""What calls to draw: shapes, joins, indices and counts."""

from __future__ import annotations

import math
from typing import Any

from hypothesis import strategies as st

from tests.ops.strategies import (
    LENGTHS,
    Draw,
    T,
    axis_of,
    dtypes,
    entry,
    lengths,
    other_shape,
    shapes,
    tensors,
)


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
    return (x, draw(st.integers(-2, 2))), {"axis": draw(st.none() | axis_of(len(x.shape)))}


@entry("rot90")
def _rot90(draw: Draw) -> Any:
    x = draw(tensors(draw(st.sampled_from([1, 2, 2, 2]))))
    return (x,), {"axes": draw(st.sampled_from([(0, 1), (1, 0), (0, -1), (0, 0)]))}


@entry("broadcast_to")
def _broadcast_to(draw: Draw) -> Any:
    x = draw(tensors(none=False))
    front = draw(st.one_of(st.just(()), shapes(0, 2, none=False)))
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
    whole = st.sampled_from([1, 1, 2, 2, 3])
    return draw(whole | st.lists(st.integers(0, 4), max_size=3).map(sorted))


@entry("split")
def _split(draw: Draw) -> Any:
    x = draw(tensors())
    return (x, _sections(draw), draw(axis_of(len(x.shape)))), {}


@entry("hsplit", "vsplit", "dsplit")
def _split_along(draw: Draw) -> Any:
    return (draw(tensors(draw(st.sampled_from([0, 3, 3])))), _sections(draw)), {}


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
    shape = list(x.shape if draw(st.integers(0, 3)) else draw(other_shape(x.shape)))
    if axis is None and draw(st.integers(0, 3)):
        shape = [3]
    elif axis is not None and -len(shape) <= axis < len(shape):
        shape[axis] = draw(lengths())
    return (x, T(tuple(shape), "int32")), {"axis": axis}


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
    return (draw(tensors(1, 1)), draw(tensors(2, 2)), draw(st.integers(1, 3))), {}


@entry("searchsorted", "digitize")
def _searchsorted(draw: Draw) -> Any:
    one, other = draw(st.one_of(tensors(1, 1), tensors(1, 1), tensors(0, 2))), draw(tensors())
    return (one, other), {}


@entry("bincount")
def _bincount(draw: Draw) -> Any:
    return (draw(tensors(1, 2)),), {"minlength": draw(st.integers(0, 3))}


@entry("histogram")
def _histogram(draw: Draw) -> Any:
    bins = draw(st.sampled_from([1, 2, 4, 4, 0, -1]))
    return (draw(tensors(1, 1)),), {"bins": bins}


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
