"""Operations that pick elements out, or put some in."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import (
    Dim,
    Shape,
    Symbolic,
    at_least,
    ceil_divide,
    maximum,
    minimum,
    show,
)
from shapecalc.ops import dtypes
from shapecalc.ops.op import give_up, moving, op
from shapecalc.ops.operands import (
    axis_index,
    broadcast_shapes,
    dims_given,
    integer,
    list_shapes,
    replaced,
    require_same,
    require_seen,
    shape_of,
    size_of,
    tensor,
    tensors,
)
from shapecalc.rules.refusal import (
    AxisOutOfRange,
    InvalidArgument,
    MismatchedShapes,
    WrongInputs,
    show_shape,
)
from shapecalc.rules.spec import TensorSpec
from shapecalc.rules.unknown import UndecidedError, Unknown, unknown_dim


@op("keras.ops.get_item")
@moving("x")
def get_item(x: Any, key: Any) -> TensorSpec:
    """What `x[key]` gives: integers, slices, `...`, None, and tensors of indices or of truth."""
    x = tensor(x)
    keys = _expanded(x.shape, key)
    rest, new = iter(x.shape), list[Dim]()
    chosen: list[Shape] = []
    place = 0
    for i, item in enumerate(keys):
        if item is None:
            new.append(1)
        elif isinstance(item, (TensorSpec, list)):
            place = place if chosen else len(new)
            chosen.append(_picked(rest, item, x.shape))
        else:
            new.extend(_taken(next(rest), item, x.shape, i))
    if chosen:
        new[place:place] = broadcast_shapes(*chosen)
    return TensorSpec((*new, *rest), x.dtype)


def _expanded(shape: Shape, key: Any) -> list[Any]:
    """The keys of all axes up to the last that has one.

    Raises:
        InvalidArgument: `...` occurs twice.
        AxisOutOfRange: there are more keys than axes.
    """
    if isinstance(key, Unknown):
        raise UndecidedError(key)
    whole = isinstance(key, TensorSpec) or (isinstance(key, list) and dtypes.is_wide())
    keys = [*key] if isinstance(key, (tuple, list)) and not whole else [key]
    marks = [i for i, item in enumerate(keys) if item is Ellipsis]
    if len(marks) > 1:
        raise InvalidArgument("an index has more than one `...`")
    used = sum(map(_axes_used, keys))
    if used > len(shape):
        raise AxisOutOfRange(
            f"{used} indices are too many for {show_shape(shape)} with its {len(shape)} axes"
        )
    for i in marks:
        keys[i : i + 1] = [slice(None)] * (len(shape) - used)
    if dtypes.is_wide():
        # NumPy takes a tuple within an index for the list of places that it holds.
        return [list(item) if type(item) is tuple else item for item in keys]
    return keys


def _axes_used(item: Any) -> int:
    """How many axes an index takes up: a tensor of truth takes as many as it has."""
    if item is None or item is Ellipsis:
        return 0
    if isinstance(item, TensorSpec) and item.dtype == "bool":
        return len(shape_of(item))
    return 1


def _picked(rest: Any, item: Any, shape: Shape) -> Shape:
    """The axes that a tensor of indices, or of truth, puts in the place of those it takes."""
    if not isinstance(item, TensorSpec) or item.dtype != "bool":
        next(rest)
        return shape_of(item)
    for length in shape_of(item):
        own = next(rest)
        refusal = MismatchedShapes(
            f"{show_shape(shape)} cannot be indexed with truth of shape {show_shape(item.shape)}",
            [shape, item.shape],
        )
        require_same(own, length, refusal)
    return (unknown_dim("how many elements a condition picks"),)


def _taken(length: Dim, item: Any, shape: Shape, axis: int) -> Shape:
    """What an integer or a slice leaves of an axis."""
    if isinstance(item, slice):
        return (sliced(length, item),)
    if isinstance(item, Unknown):
        raise UndecidedError(item)
    if isinstance(item, bool) or not isinstance(item, (int, Symbolic)):
        raise InvalidArgument(f"{item!r:.100} is no index of {show_shape(shape)}")
    if isinstance(item, int):
        refusal = AxisOutOfRange(
            f"index {item} is out of range for axis {axis} of {show_shape(shape)} "
            f"with {show(length)} elements"
        )
        require_seen(at_least(length, item + 1 if item >= 0 else -item), refusal, length)
    return ()


def sliced(length: Dim, part: slice) -> Dim:
    """How many elements a slice takes of an axis of a length."""
    bounds = (part.start, part.stop, part.step)
    if all(bound is None for bound in bounds):
        return length
    if any(isinstance(bound, (TensorSpec, Unknown)) for bound in bounds):
        return unknown_dim("a slice with a computed bound")
    step = 1 if part.step is None else part.step
    if not isinstance(step, int):
        return unknown_dim(f"a slice with the step {step}")
    if step == 0:
        raise InvalidArgument("the step of a slice cannot be 0")
    if part.stop is None and step == 1 and isinstance(part.start, int) and part.start < 0:
        return minimum(length, -part.start)
    # Backwards, the places before the first and after the last are one lower.
    back = 1 if step < 0 else 0
    first, last = -back, length - back
    ends = (first, last) if step > 0 else (last, first)
    start = ends[0] if part.start is None else _clipped(part.start, length, first, last)
    stop = ends[1] if part.stop is None else _clipped(part.stop, length, first, last)
    if start is None or stop is None:
        return unknown_dim("a slice with a bound of unknown sign")
    covered = stop - start if step > 0 else start - stop
    return maximum(ceil_divide(covered, abs(step)), 0)


def _clipped(bound: Any, length: Dim, first: Dim, last: Dim) -> Dim | None:
    """A bound of a slice as a place on the axis; None where its sign is not known."""
    if not isinstance(bound, (int, Symbolic)):
        raise InvalidArgument(f"{bound!r:.100} is no bound of a slice")
    from_start = at_least(bound, 0).holds()
    if from_start:
        return minimum(bound, last)
    if from_start is False or at_least(-1, bound).holds():
        return maximum(length + bound, first)
    return None


@op("keras.ops.take", "numpy.take")
@moving("x")
def take(x: Any, indices: Any, axis: Any = None) -> TensorSpec:
    """The elements at indices, along an axis or in the row of all."""
    shape, picked = shape_of(x), shape_of(indices)
    if axis is None:
        return TensorSpec(picked, dtypes.named(x))
    return TensorSpec(replaced(shape, axis_index(axis, len(shape)), *picked), dtypes.named(x))


@op("keras.backend.gather", node="Take")
@moving("x")
def gather_first(x: Any, indices: Any) -> TensorSpec:
    """The slices of axis 0 at indices."""
    return take(x, indices, 0)


@op("tensorflow.nn.embedding_lookup", node="Take")
@moving("x")
def embedding_lookup(x: Any, indices: Any, max_norm: Any = None) -> TensorSpec:
    """The rows at indices."""
    return take(x, indices, 0)


@op("tensorflow.gather", node="Take")
@moving("x")
def gather(
    x: Any,
    indices: Any,
    validate_indices: Any = None,
    axis: Any = None,
    batch_dims: int = 0,
) -> TensorSpec:
    """The slices at indices along an axis, after so many axes that both have."""
    shape, picked = shape_of(x), shape_of(indices)
    place = axis_index(batch_dims if axis is None else axis, len(shape))
    rest = picked[integer(batch_dims, "batch_dims") :]
    new = (*shape[:place], *rest, *shape[place + 1 :])
    return TensorSpec(new, dtypes.named(x))


@op("tensorflow.gather_nd", node="GatherNd")
@moving("x")
def gather_nd(x: Any, indices: Any, batch_dims: int = 0) -> TensorSpec:
    """The slices at places, whose indices are along the last axis of `indices`."""
    shape, picked = shape_of(x), shape_of(indices)
    if not picked or not isinstance(picked[-1], int):
        give_up("how many axes gather_nd indexes")
    done = integer(batch_dims, "batch_dims") + picked[-1]
    return TensorSpec((*picked[:-1], *shape[done:]), dtypes.named(x))


@op("tensorflow.boolean_mask", node="BooleanMask")
def boolean_mask(x: Any, mask: Any, axis: Any = 0) -> TensorSpec:
    """The slices where a condition holds."""
    shape = shape_of(x)
    place = axis_index(0 if axis is None else axis, len(shape))
    keys = (*(slice(None) for _ in range(place)), TensorSpec(shape_of(mask), "bool"))
    return get_item(x, keys)


@op("keras.ops.take_along_axis", "numpy.take_along_axis")
@moving("x")
def take_along_axis(x: Any, indices: Any, axis: Any = None) -> TensorSpec:
    """For each place along an axis, the element that an index names."""
    shape, picked = shape_of(x), shape_of(indices)
    if axis is None:
        shape = (size_of(shape),)
    if len(shape) != len(picked):
        raise MismatchedShapes(
            f"a tensor and its indices must have as many axes: {list_shapes([shape, picked])}",
            [shape, picked],
        )
    place = 0 if axis is None else axis_index(axis, len(shape))
    return TensorSpec(
        broadcast_shapes(replaced(shape, place, picked[place]), picked), dtypes.named(x)
    )


@op("keras.ops.slice")
def slice_(inputs: Any, start_indices: Any, shape: Any) -> TensorSpec:
    """A block that begins at indices; -1 takes all that is left of an axis."""
    inputs, sizes = tensor(inputs), dims_given(shape)
    computed = isinstance(start_indices, TensorSpec)
    starts = (
        [None] * len(inputs.shape)
        if computed
        else list(dims_given(start_indices, argument="start"))
    )
    if len(sizes) != len(inputs.shape) or len(starts) != len(inputs.shape):
        raise MismatchedShapes(
            f"a block of {show_shape(inputs.shape)} needs a start and a length for each axis",
            [inputs.shape],
        )
    block = []
    for length, size, start in zip(inputs.shape, sizes, starts, strict=True):
        rest = isinstance(size, int) and size == -1
        left = unknown_dim("a block with a computed start") if start is None else length - start
        block.append(left if rest else size)
    return TensorSpec(tuple(block), inputs.dtype)


@op("tensorflow.slice", "keras.backend.slice", node="Slice")
def slice_from(x: Any, begin: Any, size: Any) -> TensorSpec:
    """A block that begins at indices."""
    return slice_(x, begin, size)


@op("keras.ops.slice_update")
def slice_update(inputs: Any, start_indices: Any, updates: Any) -> TensorSpec:
    """A tensor with a block of it replaced."""
    return tensor(inputs)


@op("keras.ops.scatter")
def scatter(indices: Any, values: Any, shape: Any) -> TensorSpec:
    """Values at indices, and zeros everywhere else."""
    return TensorSpec(dims_given(shape, free=True), dtypes.named(values))


@op("tensorflow.scatter_nd", node="Scatter")
def scatter_nd(indices: Any, updates: Any, shape: Any) -> TensorSpec:
    """Values at indices, and zeros everywhere else."""
    return scatter(indices, updates, shape)


@op("keras.ops.scatter_update")
def scatter_update(inputs: Any, indices: Any, updates: Any, reduction: Any = None) -> TensorSpec:
    """A tensor with some elements replaced."""
    if reduction is not None and str(reduction).lower() not in ("add", "max", "min", "mul"):
        raise InvalidArgument(
            f"`reduction` is add, max, min, mul or None, not {reduction!r}", argument="reduction"
        )
    return tensor(inputs)


@op("tensorflow.tensor_scatter_nd_update", "tensorflow.tensor_scatter_nd_add", node="ScatterUpdate")
def scatter_nd_update(x: Any, indices: Any, updates: Any) -> TensorSpec:
    """A tensor with some elements replaced."""
    return tensor(x)


@op("keras.ops.select", "numpy.select")
def select(condlist: Any, choicelist: Any, default: Any = 0) -> TensorSpec:
    """For each element the first choice whose condition holds."""
    if not isinstance(condlist, (list, tuple)) or not isinstance(choicelist, (list, tuple)):
        raise WrongInputs("`condlist` and `choicelist` must be lists")
    if len(condlist) != len(choicelist) or not condlist:
        raise WrongInputs(
            f"as many conditions as choices are needed: {len(condlist)} and {len(choicelist)}"
        )
    choices = tensors(choicelist)
    shape = broadcast_shapes(*map(shape_of, condlist), *(c.shape for c in choices))
    return TensorSpec(
        broadcast_shapes(shape, shape_of(default)),
        dtypes.result_type(*(c.dtype for c in choices), dtypes.dtype_of(default)),
    )
