"""Operations that join tensors, or take one apart."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from shapecalc.dims import Dim, Shape, Symbolic, at_least, divides, equal, show, total
from shapecalc.ops import dtypes
from shapecalc.ops.op import give_up, moving, op
from shapecalc.ops.operands import (
    axis_index,
    check_rank,
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
    Indivisible,
    InvalidArgument,
    MismatchedShapes,
    Undefined,
    WrongInputs,
    show_axis,
    show_shape,
)
from shapecalc.rules.requirement import shown_as_none
from shapecalc.rules.spec import TensorSpec

# Beyond so many, the parts of a tensor are not listed.
_MOST_PARTS = 10_000


def _join(shapes: list[Shape], axis: int) -> Shape:
    """Shapes that are joined along an axis, and must agree in all others.

    Raises:
        MismatchedShapes: they do not.
    """
    first = shapes[0]
    joined = list(_agreed(shapes, except_axis=axis))
    joined[axis] = total(shape[axis] for shape in shapes)
    assert len(joined) == len(first)
    return tuple(joined)


def _agreed(shapes: list[Shape], except_axis: int | None = None) -> Shape:
    """The one shape of several, but for an axis.

    Raises:
        MismatchedShapes: they differ.
    """
    agreed = list(shapes[0])
    for shape in shapes[1:]:
        if len(shape) != len(agreed):
            raise MismatchedShapes(
                f"cannot join tensors of different ranks: {list_shapes(shapes)}", shapes
            )
        for i, (a, b) in enumerate(zip(agreed, shape, strict=True)):
            if i != except_axis and a is not b:
                refusal = MismatchedShapes(
                    f"cannot join {list_shapes(shapes)}: axis {i} has {show_axis(a)} in one "
                    f"and {show_axis(b)} in another",
                    shapes,
                    axis=i,
                )
                agreed[i] = require_same(a, b, refusal)
    return tuple(agreed)


def _common_dtype(values: list[TensorSpec]) -> str:
    return dtypes.result_type(*(value.dtype for value in values))


@op("keras.ops.concatenate", "tensorflow.concat", "numpy.concatenate")
@moving("xs", every=True)
def concatenate(xs: Any, axis: Any = 0) -> TensorSpec:
    """Join tensors along one of their axes."""
    if axis is None:
        raise InvalidArgument("`axis` of a concatenation cannot be None", argument="axis")
    values = tensors(xs)
    place = axis_index(axis, len(values[0].shape))
    return TensorSpec(_join([v.shape for v in values], place), _common_dtype(values))


@op("keras.backend.concatenate", node="Concatenate")
@moving("tensors", every=True)
def concatenate_last(tensors: Any, axis: Any = -1) -> TensorSpec:
    """Join tensors along one of their axes."""
    return concatenate(tensors, axis)


@op("keras.ops.append", "numpy.append")
@moving("x1", "x2", every=True)
def append(x1: Any, x2: Any, axis: Any = None) -> TensorSpec:
    """Join two tensors along an axis, or all their elements in a row."""
    values = [tensor(x1), tensor(x2)]
    shapes = [value.shape for value in values]
    if axis is None:
        return TensorSpec((total(map(size_of, shapes)),), _common_dtype(values))
    return TensorSpec(_join(shapes, axis_index(axis, len(shapes[0]))), _common_dtype(values))


@op("keras.ops.stack", "tensorflow.stack", "keras.backend.stack", "numpy.stack")
@moving("x", every=True)
def stack(x: Any, axis: Any = 0) -> TensorSpec:
    """Join tensors of one shape along a new axis."""
    values = tensors(x)
    shape = _agreed([v.shape for v in values])
    place = axis_index(axis, len(shape) + 1)
    return TensorSpec((*shape[:place], len(values), *shape[place:]), _common_dtype(values))


@op("keras.ops.hstack")
@moving("xs", every=True)
def hstack(xs: Any) -> TensorSpec:
    """Join tensors along axis 1."""
    values = tensors(xs)
    check_rank(values[0].shape, least=2)
    return TensorSpec(_join([v.shape for v in values], 1), _common_dtype(values))


@op("numpy.hstack", node="Hstack")
@moving("xs", every=True)
def hstack_numpy(xs: Any) -> TensorSpec:
    """Join tensors along axis 1; vectors end to end."""
    values = tensors(xs)
    return hstack(values) if len(values[0].shape) > 1 else concatenate(values)


@op("keras.ops.vstack", "numpy.vstack")
@moving("xs", every=True)
def vstack(xs: Any) -> TensorSpec:
    """Join tensors along axis 0; vectors become rows."""
    values = tensors(xs)
    shapes = [v.shape if len(v.shape) > 1 else (1, *(v.shape or (1,))) for v in values]
    return TensorSpec(_join(shapes, 0), _common_dtype(values))


@op("keras.ops.dstack", "numpy.dstack")
@moving("xs", every=True)
def dstack(xs: Any) -> TensorSpec:
    """Join tensors along axis 2; those of fewer axes get one more."""
    values = tensors(xs)
    return TensorSpec(_join([_in_depth(v.shape) for v in values], 2), _common_dtype(values))


def _in_depth(shape: Shape) -> Shape:
    if len(shape) > 2:
        return shape
    return (1, *(shape or (1,)), 1) if len(shape) < 2 else (*shape, 1)


def _split(x: TensorSpec, sections: Any, axis: int) -> list[TensorSpec]:
    """Cut along an axis: into equal parts, or at indices."""
    length = x.shape[axis]
    if isinstance(sections, (Symbolic, TensorSpec)):
        give_up("into how many parts a tensor is split")
    if isinstance(sections, (list, tuple)):
        return [TensorSpec(replaced(x.shape, axis, n), x.dtype) for n in _parts(x, sections, axis)]
    if not isinstance(sections, int) or sections < 1:
        raise InvalidArgument(
            f"`indices_or_sections` must be a positive integer or indices, got {sections!r:.100}",
            argument="indices_or_sections",
        )
    _check_count(sections)
    refusal = Indivisible(
        f"axis {axis} of {show_shape(x.shape)} cannot be split into {sections} equal parts: "
        f"{show(length)} is no multiple of {sections}",
        argument="indices_or_sections",
    )
    require_seen(divides(sections, length), refusal, length)
    part = TensorSpec(replaced(x.shape, axis, length // sections), x.dtype)
    return [part] * sections


def _check_count(count: int) -> None:
    """Hold the number of parts to what can be listed.

    Raises:
        UndecidedError: there are more.
    """
    if count > _MOST_PARTS:
        give_up(f"a tensor in more than {_MOST_PARTS} parts")


def _parts(x: TensorSpec, indices: Any, axis: int) -> list[Dim]:
    """The lengths between indices."""
    ends = [0, *indices, x.shape[axis]]
    parts: list[Dim] = []
    for start, end in pairwise(ends):
        if not all(isinstance(d, (int, Symbolic)) for d in (start, end)):
            give_up("where a tensor is split")
        refusal = InvalidArgument(
            f"axis {axis} of {show_shape(x.shape)} cannot be split at {tuple(indices)}",
            argument="indices_or_sections",
        )
        require_seen(at_least(end - start, 0), refusal, start, end)
        parts.append(end - start)
    return parts


@op("keras.ops.split", "numpy.split")
@moving("x")
def split(x: Any, indices_or_sections: Any, axis: Any = 0) -> list[TensorSpec]:
    """Cut along an axis: into so many equal parts, or at indices."""
    x = tensor(x)
    return _split(x, indices_or_sections, axis_index(axis, len(x.shape)))


@op("tensorflow.split", node="Split")
@moving("x")
def split_sizes(
    x: Any, num_or_size_splits: Any, axis: Any = 0, num: int | None = None
) -> list[TensorSpec]:
    """Cut along an axis: into so many equal parts, or into parts of given sizes."""
    x = tensor(x)
    place = axis_index(axis, len(x.shape))
    sized = isinstance(num_or_size_splits, (list, tuple))
    if not sized or isinstance(num_or_size_splits, TensorSpec):
        return _split(x, num_or_size_splits, place)
    sizes, length = list(num_or_size_splits), x.shape[place]
    if not all(isinstance(n, (int, Symbolic)) for n in sizes):
        give_up("the sizes of the parts that a tensor is split into")
    rest = [i for i, n in enumerate(sizes) if isinstance(n, int) and n == -1]
    known = total(n for i, n in enumerate(sizes) if i not in rest)
    refusal = MismatchedShapes(
        f"axis {place} of {show_shape(x.shape)} cannot be split into {sizes}: they sum to "
        f"{show(known)}",
        [x.shape],
        axis=place,
    )
    if len(rest) > 1:
        raise refusal
    require_seen(at_least(length, known) if rest else equal(length, known), refusal, length)
    for i in rest:
        sizes[i] = length - known
    return [TensorSpec(replaced(x.shape, place, n), x.dtype) for n in sizes]


@op("keras.ops.hsplit", "numpy.hsplit")
@moving("x")
def hsplit(x: Any, indices_or_sections: Any) -> list[TensorSpec]:
    """Cut along axis 1, a vector along axis 0."""
    x = tensor(x)
    check_rank(x.shape, least=1)
    return _split(x, indices_or_sections, 0 if len(x.shape) == 1 else 1)


@op("keras.ops.vsplit", "numpy.vsplit")
@moving("x")
def vsplit(x: Any, indices_or_sections: Any) -> list[TensorSpec]:
    """Cut along axis 0."""
    x = tensor(x)
    check_rank(x.shape, least=2)
    return _split(x, indices_or_sections, 0)


@op("keras.ops.dsplit", "numpy.dsplit")
@moving("x")
def dsplit(x: Any, indices_or_sections: Any) -> list[TensorSpec]:
    """Cut along axis 2."""
    x = tensor(x)
    check_rank(x.shape, least=3)
    return _split(x, indices_or_sections, 2)


@op("keras.ops.array_split", "numpy.array_split")
@moving("x")
def array_split(x: Any, indices_or_sections: Any, axis: Any = 0) -> list[TensorSpec]:
    """Cut along an axis into parts that differ by one at most."""
    x, count = tensor(x), indices_or_sections
    if not isinstance(count, int) or count < 1:
        raise InvalidArgument(
            f"`indices_or_sections` must be a positive integer, got {count!r:.100}",
            argument="indices_or_sections",
        )
    _check_count(count)
    place = axis_index(axis, len(x.shape))
    sizes = [(x.shape[place] + count - 1 - i) // count for i in range(count)]
    return [TensorSpec(replaced(x.shape, place, n), x.dtype) for n in sizes]


@op("keras.ops.unstack", "tensorflow.unstack")
@moving("x")
def unstack(x: Any, num: Any = None, axis: Any = 0) -> list[TensorSpec]:
    """The slices along an axis, which is gone from them."""
    x = tensor(x)
    place = axis_index(axis, len(x.shape))
    length = x.shape[place]
    if num is None and shown_as_none(length):
        raise Undefined(x.shape, place)
    count = length if num is None else num
    if not isinstance(count, int):
        give_up(f"into how many slices a tensor is taken apart: {count}")
    refusal = MismatchedShapes(
        f"axis {place} of {show_shape(x.shape)} has no {count} slices", [x.shape], axis=place
    )
    require_seen(equal(length, count), refusal, length)
    _check_count(count)
    return [TensorSpec(replaced(x.shape, place), x.dtype)] * count


@op("keras.ops.meshgrid", "tensorflow.meshgrid", "numpy.meshgrid")
def meshgrid(*x: Any, indexing: str = "xy") -> list[TensorSpec]:
    """The coordinates of a grid: one tensor for each of its axes."""
    if indexing not in ("xy", "ij"):
        raise InvalidArgument(f'`indexing` is "xy" or "ij", not {indexing!r}', argument="indexing")
    lengths = [size_of(shape_of(value)) for value in x]
    if not lengths:
        raise WrongInputs("meshgrid takes at least one tensor")
    if indexing == "xy" and len(lengths) > 1:
        lengths[:2] = lengths[1], lengths[0]
    return [TensorSpec(tuple(lengths), dtypes.named(value)) for value in x]
