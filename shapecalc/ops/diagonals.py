"""Diagonals and triangles."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import Dim, maximum, minimum
from shapecalc.ops import dtypes
from shapecalc.ops.op import moving, op
from shapecalc.ops.operands import axis_index, check_rank, integer, replaced, shape_of, size_of
from shapecalc.rules.refusal import InvalidArgument
from shapecalc.rules.spec import TensorSpec


def _diagonal_length(rows: Dim, columns: Dim, k: int) -> Dim:
    """The length of the diagonal that is `k` places right of the main one."""
    k = integer(k, "k")
    remaining = columns - k if k > 0 else rows + k
    return maximum(0, minimum(remaining, minimum(rows, columns)))


@op("keras.ops.diag", "numpy.diag")
def diag(x: Any, k: int = 0) -> TensorSpec:
    """The diagonal of a matrix; a matrix with a vector on its diagonal."""
    shape = shape_of(x)
    check_rank(shape, 1, 2)
    if len(shape) == 2:
        return TensorSpec((_diagonal_length(*shape, k),), dtypes.named(x))
    return TensorSpec((shape[0] + abs(integer(k, "k")),) * 2, dtypes.named(x))


@op("keras.ops.diagflat", "numpy.diagflat")
def diagflat(x: Any, k: int = 0) -> TensorSpec:
    """A matrix with all elements on its diagonal."""
    return TensorSpec((size_of(shape_of(x)) + abs(integer(k, "k")),) * 2, dtypes.named(x))


@op("keras.ops.diagonal", "numpy.diagonal")
@moving("x")
def diagonal(x: Any, offset: int = 0, axis1: Any = 0, axis2: Any = 1) -> TensorSpec:
    """The diagonals of the planes of two axes."""
    shape = shape_of(x)
    i = axis_index(axis1, len(shape), argument="axis1")
    j = axis_index(axis2, len(shape), argument="axis2")
    if i == j:
        raise InvalidArgument(f"`axis1` and `axis2` are the same: {axis1} and {axis2}")
    rest = tuple(d for axis, d in enumerate(shape) if axis not in (i, j))
    return TensorSpec((*rest, _diagonal_length(shape[i], shape[j], offset)), dtypes.named(x))


@op("tensorflow.linalg.diag_part", node="Diagonal")
@moving("x")
def diag_part(x: Any) -> TensorSpec:
    """The diagonal of each matrix."""
    return diagonal(x, 0, -2, -1)


@op("tensorflow.linalg.diag", node="Diag")
def diag_of_each(x: Any) -> TensorSpec:
    """A matrix with each vector on its diagonal."""
    shape = shape_of(x)
    check_rank(shape, least=1)
    return TensorSpec((*shape, shape[-1]), dtypes.named(x))


@op("tensorflow.linalg.set_diag", node="SetDiag")
def set_diag(x: Any, diagonal: Any, k: Any = 0, align: Any = "RIGHT_LEFT") -> TensorSpec:
    """Matrices with other diagonals."""
    shape = shape_of(x)
    check_rank(shape, least=2)
    return TensorSpec(shape, dtypes.named(x))


@op("keras.ops.tril", "numpy.tril")
@op("keras.ops.triu", "numpy.triu")
def triangle(x: Any, k: int = 0) -> TensorSpec:
    """Zeros on one side of a diagonal."""
    return TensorSpec(shape_of(x), dtypes.named(x))


@op("tensorflow.linalg.band_part", node="BandPart")
def band_part(x: Any, num_lower: Any, num_upper: Any) -> TensorSpec:
    """Zeros but for a band along the diagonal."""
    return triangle(x)


@op("keras.ops.diff", "numpy.diff")
def diff(a: Any, n: int = 1, axis: Any = -1) -> TensorSpec:
    """The differences of neighbours, so many times over."""
    shape = shape_of(a)
    place = axis_index(axis, len(shape))
    return TensorSpec(
        replaced(shape, place, maximum(shape[place] - integer(n, "n"), 0)), dtypes.named(a)
    )
