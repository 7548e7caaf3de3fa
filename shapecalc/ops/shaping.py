"""Operations that give the same elements another shape, or another order."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import (
    Comparison,
    Dim,
    Shape,
    Symbolic,
    at_least,
    compare,
    divides,
    equal,
    product,
    show,
)
from shapecalc.ops.op import moving, op
from shapecalc.ops.operands import (
    axes_index,
    axis_index,
    check_rank,
    computed_dims,
    integer,
    like,
    require_alike,
    require_seen,
    shape_of,
    size_of,
)
from shapecalc.rules.refusal import (
    DoesNotFit,
    InvalidArgument,
    show_shape,
)
from shapecalc.rules.requirement import require, shown_as_none
from shapecalc.rules.spec import TensorSpec
from shapecalc.rules.unknown import UndecidedError, Unknown, Unranked, unknown_dim


@op("keras.ops.reshape", "tensorflow.reshape", "keras.backend.reshape", "numpy.reshape")
@moving("x", every=True)
def reshape(x: Any, newshape: Any) -> TensorSpec:
    """Arrange the elements in another shape; one length may be -1, for what is left."""
    target = _target(newshape)
    unranked = isinstance(x, TensorSpec) and isinstance(x.shape, Unranked)
    if unranked or any(d is None for d in target):
        # With a None Keras checks nothing, nor works out a -1.
        return like(x, tuple(_left_open() if d is None or _is_rest(d) else d for d in target))
    rest = _rest(shape_of(x), target)
    return like(x, tuple(rest if _is_rest(d) else d for d in target))


def _rest(shape: Shape, target: Shape) -> Dim:
    """The length that -1 stands for; holds the shape to fit where there is none.

    Raises:
        DoesNotFit: the numbers of elements differ.
    """
    number, own, given = _cancelled(shape, target)
    known = product(given)
    if isinstance(known, int) and known and number % known == 0:
        # No arithmetic on symbols where a batch axis stays as it is.
        if any(map(_is_rest, target)):
            return product((*own, number // known))
        if not own and number == known:
            return 1
    units = product((*own, number))
    refusal = DoesNotFit(_arithmetic(shape, target), argument="newshape")
    refusal.rows = target[1:]
    if isinstance(known, int) and known and not own:
        # Whatever the batch size is, it stands on both sides: the rest decides.
        raise refusal
    if not any(map(_is_rest, target)):
        require_seen(equal(units, known), refusal, *shape)
        return 1
    if isinstance(known, int) and known == 0:
        if not any(map(shown_as_none, shape)):
            raise refusal
        return _left_open()
    require_seen(divides(known, units), refusal, *shape)
    return units // known


def _cancelled(shape: Shape, target: Shape) -> tuple[int, list[Dim], list[Dim]]:
    """The numbers of a shape multiplied, and the formulas that the target has not, and the rest.

    Formulas that both have are left out.
    """
    given = [d for d in target if not _is_rest(d)]
    own: list[Dim] = []
    number = 1
    for dim in shape:
        if isinstance(dim, int):
            number *= dim
        elif dim in given:
            given.remove(dim)
        else:
            own.append(dim)
    return number, own, given


def _left_open() -> Dim:
    return unknown_dim("a reshape that leaves it open")


def _is_rest(dim: Any) -> bool:
    return isinstance(dim, int) and dim == -1


def _target(newshape: Any) -> tuple[Any, ...]:
    """The shape to give: lengths, at most one -1, and None for what is not known.

    Raises:
        InvalidArgument: it is none.
        UndecidedError: its number of axes is not known.
    """
    if isinstance(newshape, Unknown):
        raise UndecidedError(newshape)
    if isinstance(newshape, TensorSpec):
        return computed_dims(newshape, argument="newshape")
    items = newshape if isinstance(newshape, (list, tuple)) else (newshape,)
    axes = tuple(_target_axis(item) for item in items)
    expected = "`newshape` must be made of natural numbers with at most one -1"
    if sum(map(_is_rest, axes)) > 1 or any(isinstance(d, int) and d < -1 for d in axes):
        raise InvalidArgument(f"{expected}, got {newshape}", argument="newshape")
    return axes


def _target_axis(value: Any) -> Dim | None:
    if isinstance(value, Unknown):
        return unknown_dim(value.reason)
    return value if isinstance(value, (int, Symbolic)) else None


def _arithmetic(shape: Shape, target: Shape) -> str:
    units, known = size_of(shape), product(d for d in target if not _is_rest(d))
    held = f"{show_shape(shape)} holds {' × '.join(map(show, shape)) or '1'}"
    held += f" = {show(units)} elements" if len(shape) > 1 else " elements"
    if any(map(_is_rest, target)):
        return f"{held}, no multiple of the {show(known)} that {show_shape(target)} fixes"
    return f"{held}, but {show_shape(target)} takes {show(known)}"


@op("keras.ops.ravel", "keras.backend.flatten", "numpy.ravel")
@moving("x", every=True)
def ravel(x: Any) -> TensorSpec:
    """All elements in a row."""
    return like(x, (size_of(shape_of(x)),))


@op("keras.backend.batch_flatten", node="Reshape")
@moving("x", every=True)
def batch_flatten(x: Any) -> TensorSpec:
    """All elements of each sample in a row."""
    shape = shape_of(x)
    check_rank(shape, least=1)
    return like(x, (shape[0], size_of(shape[1:])))


@op(
    "keras.ops.transpose", "tensorflow.transpose", "keras.backend.permute_dimensions",
    "keras.backend.transpose", "numpy.transpose",
)  # fmt: skip
@moving("x", every=True)
def transpose(x: Any, axes: Any = None) -> TensorSpec:
    """Put the axes in another order; without one, in the reverse."""
    shape = shape_of(x)
    if axes is None:
        return like(x, shape[::-1])
    places = axes_index(axes, len(shape), argument="axes")
    if sorted(places) != list(range(len(shape))):
        raise InvalidArgument(
            f"`axes` must be an order of the {len(shape)} axes of {show_shape(shape)}, got {axes}",
            argument="axes",
        )
    return like(x, tuple(shape[i] for i in places))


@op("keras.ops.expand_dims", "tensorflow.expand_dims", "numpy.expand_dims")
@moving("x", every=True)
def expand_dims(x: Any, axis: Any) -> TensorSpec:
    """Insert axes of length 1, which stand at `axis` in the result."""
    if not isinstance(axis, (int, tuple, list, Unknown)):
        raise InvalidArgument(f"`axis` must be one axis or several, got {axis}", argument="axis")
    shape = shape_of(x)
    count = len(axis) if isinstance(axis, (tuple, list)) else 1
    places = axes_index(axis, len(shape) + count)
    if len(set(places)) != len(places):
        raise InvalidArgument(f"an axis occurs twice in {axis}", argument="axis")
    rest = iter(shape)
    return like(x, tuple(1 if i in places else next(rest) for i in range(len(shape) + count)))


@op("keras.backend.expand_dims", node="ExpandDims")
@moving("x", every=True)
def expand_dims_at_end(x: Any, axis: Any = -1) -> TensorSpec:
    """Insert an axis of length 1."""
    return expand_dims(x, axis)


@op("keras.ops.squeeze", "keras.backend.squeeze", "numpy.squeeze")
@moving("x", every=True)
def squeeze(x: Any, axis: Any = None) -> TensorSpec:
    """Remove axes of length 1: those given, or all."""
    shape = shape_of(x)
    if axis is None:
        return like(x, tuple(d for d in shape if not _is_single(d, shape)))
    gone = axes_index(axis, len(shape))
    if len(set(gone)) != len(gone):
        raise InvalidArgument(f"an axis occurs twice in {axis}", argument="axis")
    for i in gone:
        refusal = DoesNotFit(
            f"axis {i} of {show_shape(shape)} cannot be removed: its length is not 1",
            argument="axis",
        )
        require_alike(shape[i], 1, refusal)
    return like(x, tuple(d for i, d in enumerate(shape) if i not in gone))


@op("tensorflow.squeeze", node="Squeeze")
@moving("x", every=True)
def squeeze_any(x: Any, axis: Any = None) -> TensorSpec:
    """Remove axes of length 1; one of unknown length may turn out to be such."""
    shape = shape_of(x)
    if axis is None or axis == []:
        return squeeze(x)
    gone = axes_index(axis, len(shape))
    known = tuple(1 if i in gone and shown_as_none(d) else d for i, d in enumerate(shape))
    return squeeze(like(x, known), axis)


def _is_single(dim: Dim, shape: Shape) -> bool:
    """Whether an axis is one that `squeeze` removes; what is open is taken to be longer."""
    answer = compare(dim, 1)
    if answer is Comparison.UNDECIDED and not shown_as_none(dim):
        require(at_least(dim, 2), DoesNotFit(f"an axis of {show_shape(shape)} may be single"))
    return answer is Comparison.EQUAL


@op("keras.ops.swapaxes", "numpy.swapaxes")
@moving("x", every=True)
def swapaxes(x: Any, axis1: Any, axis2: Any) -> TensorSpec:
    """Exchange two axes."""
    shape = list(shape_of(x))
    i = axis_index(axis1, len(shape), argument="axis1")
    j = axis_index(axis2, len(shape), argument="axis2")
    shape[i], shape[j] = shape[j], shape[i]
    return like(x, tuple(shape))


@op("keras.ops.moveaxis", "numpy.moveaxis")
@moving("x", every=True)
def moveaxis(x: Any, source: Any, destination: Any) -> TensorSpec:
    """Move axes to other places; the rest stay in order."""
    shape = shape_of(x)
    origins = axes_index(source, len(shape), argument="source")
    places = axes_index(destination, len(shape), argument="destination")
    if len(origins) != len(places):
        raise InvalidArgument(
            f"as many axes must be moved as there are places for: {source} to {destination}",
            argument="destination",
        )
    if len(set(origins)) != len(origins) or len(set(places)) != len(places):
        raise InvalidArgument(f"an axis occurs twice: {source} to {destination}")
    moved = dict(zip(places, origins, strict=True))
    rest = iter([i for i in range(len(shape)) if i not in origins])
    order = [moved[i] if i in moved else next(rest) for i in range(len(shape))]
    return like(x, tuple(shape[i] for i in order))


@op("keras.ops.flip", "tensorflow.reverse", "keras.backend.reverse", "numpy.flip")
@moving("x", every=True)
def flip(x: Any, axis: Any = None) -> TensorSpec:
    """Reverse the order along axes."""
    shape = shape_of(x)
    if axis is not None:
        axes_index(axis, len(shape))
    return like(x, shape)


@op("keras.ops.fliplr", "numpy.fliplr")
@moving("x", every=True)
def fliplr(x: Any) -> TensorSpec:
    """Reverse the order along axis 1."""
    check_rank(shape_of(x), least=2)
    return like(x, shape_of(x))


@op("keras.ops.flipud", "numpy.flipud")
@moving("x", every=True)
def flipud(x: Any) -> TensorSpec:
    """Reverse the order along axis 0."""
    check_rank(shape_of(x), least=1)
    return like(x, shape_of(x))


@op("keras.ops.roll", "tensorflow.roll", "numpy.roll")
@moving("x", every=True)
def roll(x: Any, shift: Any, axis: Any = None) -> TensorSpec:
    """Move the elements along axes, round the end."""
    return flip(x, axis)


@op("keras.ops.rot90", "numpy.rot90")
@moving("array", every=True)
def rot90(array: Any, k: int = 1, axes: Any = (0, 1)) -> TensorSpec:
    """Rotate by quarters of a turn in the plane of two axes."""
    shape = shape_of(array)
    check_rank(shape, least=2)
    places = axes_index(axes, len(shape), argument="axes")
    if len(places) != 2 or places[0] == places[1]:
        raise InvalidArgument(f"`axes` must be two axes, got {axes}", argument="axes")
    return swapaxes(array, *places) if integer(k, "k") % 2 else like(array, shape)
