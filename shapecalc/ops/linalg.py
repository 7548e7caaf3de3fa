"""Linear algebra on matrices, which stand in the last two axes."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import Shape, minimum
from shapecalc.ops import dtypes
from shapecalc.ops.op import op
from shapecalc.ops.operands import (
    broadcast_shapes,
    check_rank,
    list_shapes,
    reduced,
    require_alike,
    require_same,
    shape_of,
    tensor,
)
from shapecalc.rules.refusal import InvalidArgument, MismatchedShapes, Undefined, show_shape
from shapecalc.rules.requirement import shown_as_none
from shapecalc.rules.spec import TensorSpec


def _square(x: Any) -> TensorSpec:
    """An operand that must hold square matrices.

    Raises:
        MismatchedShapes: they are not square.
    """
    matrix = tensor(x)
    shape = matrix.shape
    check_rank(shape, least=2)
    refusal = MismatchedShapes(f"{show_shape(shape)} holds no square matrices", [shape])
    require_alike(shape[-2], shape[-1], refusal)
    return matrix


@op("keras.ops.cholesky", "numpy.linalg.cholesky", counted=False)
@op("keras.ops.cholesky_inverse", counted=False)
def factor(x: Any, upper: bool = False) -> TensorSpec:
    """A matrix made of a square one."""
    return _square(x)


@op("tensorflow.linalg.cholesky", node="Cholesky", counted=False)
def factor_tf(x: Any) -> TensorSpec:
    """The triangle whose square a matrix is."""
    return _square(x)


@op("keras.ops.inv", "tensorflow.linalg.inv", "numpy.linalg.inv", counted=False)
def inv(x: Any) -> TensorSpec:
    """The inverse."""
    return _square(x)


@op("keras.ops.det", "tensorflow.linalg.det", "numpy.linalg.det", counted=False)
def det(x: Any) -> TensorSpec:
    """The determinant."""
    x = _square(x)
    return TensorSpec(x.shape[:-2], x.dtype)


@op("keras.ops.logdet", "tensorflow.linalg.logdet", counted=False)
def logdet(x: Any) -> TensorSpec:
    """The logarithm of the determinant."""
    return det(x)


@op("keras.ops.slogdet", "tensorflow.linalg.slogdet", "numpy.linalg.slogdet", counted=False)
def slogdet(x: Any) -> tuple[TensorSpec, TensorSpec]:
    """The sign of the determinant, and the logarithm of its size."""
    part = logdet(x)
    return part, part


@op("keras.ops.eig", "tensorflow.linalg.eig", "numpy.linalg.eig", counted=False)
@op("keras.ops.eigh", "tensorflow.linalg.eigh", "numpy.linalg.eigh", counted=False)
def eigen(x: Any) -> tuple[TensorSpec, TensorSpec]:
    """The eigenvalues, and the eigenvectors."""
    x = _square(x)
    return TensorSpec(x.shape[:-1], x.dtype), x


@op("keras.ops.lu_factor", counted=False)
def lu_factor(x: Any) -> tuple[TensorSpec, TensorSpec]:
    """Two triangles in one matrix, and the rows that were exchanged."""
    x = tensor(x)
    check_rank(x.shape, least=2)
    *batch, m, n = x.shape
    return x, TensorSpec((*batch, minimum(m, n)), x.dtype)


@op("keras.ops.norm", "numpy.linalg.norm")
def norm(x: Any, ord: Any = None, axis: Any = None, keepdims: Any = False) -> TensorSpec:
    """The length of a vector or matrix."""
    x = tensor(x)
    count = len(x.shape) if axis is None else len(axis) if isinstance(axis, (list, tuple)) else 1
    matrix = (None, "fro", "nuc", float("inf"), float("-inf"), 1, -1, 2, -2)
    known = (count == 1 and not isinstance(ord, str)) or (count == 2 and ord in matrix)
    everything = axis is None and ord is None
    if not known and not everything:
        raise InvalidArgument(f"there is no norm {ord!r} along {count} axes", argument="ord")
    return TensorSpec(reduced(x.shape, axis, keepdims), dtypes.as_float(x.dtype))


@op("tensorflow.norm", "tensorflow.linalg.norm", node="Norm")
def norm_tf(x: Any, ord: Any = "euclidean", axis: Any = None, keepdims: Any = False) -> TensorSpec:
    """The length of a vector or matrix."""
    return norm(x, None if ord == "euclidean" else ord, axis, keepdims)


@op("keras.ops.qr", "tensorflow.linalg.qr", "numpy.linalg.qr", counted=False)
def qr(x: Any, mode: str = "reduced") -> tuple[TensorSpec, TensorSpec]:
    """A rotation and a triangle."""
    if mode not in ("reduced", "complete"):
        raise InvalidArgument(f"`mode` is reduced or complete, not {mode!r}", argument="mode")
    x = tensor(x)
    check_rank(x.shape, least=2)
    for axis in (-2, -1):
        if shown_as_none(x.shape[axis]):
            raise Undefined(x.shape, axis)
    *batch, m, n = x.shape
    inner = minimum(m, n) if mode == "reduced" else m
    return TensorSpec((*batch, m, inner), x.dtype), TensorSpec((*batch, inner, n), x.dtype)


@op("keras.ops.svd", "numpy.linalg.svd", node="SVD", counted=False)
def svd(x: Any, full_matrices: bool = True, compute_uv: bool = True) -> Any:
    """Two rotations, and the scales between them."""
    x = tensor(x)
    check_rank(x.shape, least=2)
    *batch, m, n = x.shape
    inner = minimum(m, n)
    scales = TensorSpec((*batch, inner), x.dtype)
    if compute_uv in (False, None):
        return scales
    left = TensorSpec((*batch, m, m if full_matrices else inner), x.dtype)
    return left, scales, TensorSpec((*batch, n if full_matrices else inner, n), x.dtype)


@op("keras.ops.matrix_rank", "numpy.linalg.matrix_rank", counted=False)
def matrix_rank(x: Any, tol: Any = None) -> TensorSpec:
    """How many rows are independent."""
    shape = shape_of(x)
    check_rank(shape, least=2)
    return TensorSpec(shape[:-2], "int32")


@op("keras.ops.pinv", "tensorflow.linalg.pinv", "numpy.linalg.pinv", counted=False)
def pinv(x: Any, rcond: Any = None) -> TensorSpec:
    """The nearest to an inverse."""
    x = tensor(x)
    check_rank(x.shape, least=2)
    *batch, m, n = x.shape
    return TensorSpec((*batch, n, m), x.dtype)


@op("keras.ops.solve", "tensorflow.linalg.solve", "numpy.linalg.solve", counted=False)
def solve(a: Any, b: Any) -> TensorSpec:
    """What a square matrix turns into `b`."""
    target = tensor(b)
    matrix, side = _square(a).shape, target.shape
    check_rank(side, least=1)
    refusal = MismatchedShapes(f"{list_shapes([matrix, side])} make no equation", [matrix, side])
    if len(side) == len(matrix):
        require_alike(matrix[-2], side[-2], refusal)
    elif len(side) == len(matrix) + 1:
        # As Keras has it, which compares with the last axis whatever stands there.
        require_alike(matrix[-1], side[-1], refusal)
    return target


@op("keras.ops.solve_triangular", counted=False)
def solve_triangular(a: Any, b: Any, lower: bool = False) -> TensorSpec:
    """What a triangle turns into `b`."""
    return solve(a, b)


@op("keras.ops.lstsq", "numpy.linalg.lstsq", counted=False)
def lstsq(a: Any, b: Any, rcond: Any = None) -> TensorSpec:
    """What a matrix turns into the nearest to `b`."""
    a, target = tensor(a), shape_of(b)
    check_rank(a.shape, 2)
    check_rank(target, 1, 2)
    shapes: list[Shape] = [a.shape, target]
    refusal = MismatchedShapes(f"{list_shapes(shapes)} make no equations", shapes)
    require_alike(a.shape[0], target[0], refusal)
    return TensorSpec((a.shape[1], *target[1:]), a.dtype)


@op("keras.ops.trace", "numpy.trace")
def trace(x: Any, offset: int = 0, axis1: Any = 0, axis2: Any = 1) -> TensorSpec:
    """The sum of a diagonal."""
    shape = shape_of(x)
    rest = reduced(shape, (axis1, axis2), False)
    return TensorSpec(rest, dtypes.accumulated(dtypes.named(x)))


@op("tensorflow.linalg.trace", node="Trace")
def trace_last(x: Any) -> TensorSpec:
    """The sum of the diagonal of each matrix."""
    return trace(x, 0, -2, -1)


@op("keras.ops.cdist", node="CDist", counted=False)
def cdist(x: Any, y: Any) -> TensorSpec:
    """How far each point of one set is from each of another."""
    one, other = shape_of(x), shape_of(y)
    check_rank(one, least=2)
    check_rank(other, least=2)
    refusal = MismatchedShapes(
        f"the points of {list_shapes([one, other])} are of different spaces", [one, other]
    )
    require_same(one[-1], other[-1], refusal)
    batch = broadcast_shapes(one[:-2], other[:-2])
    dtype = dtypes.result_type(dtypes.named(x), dtypes.named(y), float)
    return TensorSpec((*batch, one[-2], other[-2]), dtype)
