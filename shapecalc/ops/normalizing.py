"""Normalization and attention."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import Shape
from shapecalc.ops import dtypes
from shapecalc.ops.linalg import norm
from shapecalc.ops.op import op
from shapecalc.ops.operands import (
    axes_index,
    axis_index,
    broadcast_shapes,
    check_rank,
    list_shapes,
    require_alike,
    require_same,
    shape_of,
    tensor,
)
from shapecalc.rules.refusal import MismatchedShapes, show_shape
from shapecalc.rules.spec import TensorSpec, multiplied


def require_alike_shapes(one: Shape, other: Shape, what: str) -> Shape:
    """Hold two shapes to being the same, as Keras sees them.

    Raises:
        MismatchedShapes: they differ.
    """
    refusal = MismatchedShapes(
        f"{what} must have the same shape: {list_shapes([one, other])}", [one, other]
    )
    if len(one) != len(other):
        raise refusal
    return tuple(require_alike(a, b, refusal) for a, b in zip(one, other, strict=True))


@op("keras.ops.batch_normalization", node="BatchNorm")
def batch_normalization(
    x: Any,
    mean: Any,
    variance: Any,
    axis: Any,
    offset: Any = None,
    scale: Any = None,
    epsilon: float = 0.001,
) -> TensorSpec:
    """Shift and scale, with a number for each place along one axis."""
    spec = tensor(x)
    length = (spec.shape[axis_index(axis, len(spec.shape))],)
    for name, value in (
        ("mean", mean), ("variance", variance), ("offset", offset), ("scale", scale)
    ):  # fmt: skip
        if value is not None:
            require_alike_shapes(shape_of(value), length, f"`{name}` and axis {axis} of the input")
    return spec


@op("keras.ops.layer_normalization", node="LayerNorm")
def layer_normalization(
    x: Any,
    gamma: Any = None,
    beta: Any = None,
    axis: Any = -1,
    epsilon: float | None = None,
    **kwargs: Any,
) -> TensorSpec:
    """Normalize each sample by itself."""
    return tensor(x)


@op("keras.ops.rms_normalization", node="RMSNorm")
def rms_normalization(
    x: Any, scale: Any = None, axis: Any = -1, epsilon: float | None = None
) -> TensorSpec:
    """Divide each sample by the root of its mean square."""
    return tensor(x)


@op("keras.ops.normalize")
def normalize(x: Any, axis: Any = -1, order: int = 2, epsilon: float | None = None) -> TensorSpec:
    """Divide by the norm along axes."""
    x = tensor(x)
    if order != 2:
        norm(x, order, axis)
    elif axis is not None:
        axes_index(axis, len(x.shape))
    return TensorSpec(x.shape, dtypes.promoted_float(x.dtype))


@op("tensorflow.math.l2_normalize", "tensorflow.nn.l2_normalize", "keras.backend.l2_normalize",
    "tensorflow.linalg.l2_normalize", node="Normalize")  # fmt: skip
def l2_normalize(x: Any, axis: Any = None, epsilon: float = 1e-12) -> TensorSpec:
    """Divide by the Euclidean norm along axes."""
    return normalize(x, axis)


@op("keras.utils.normalize", node="Normalize")
def normalize_array(x: Any, axis: Any = -1, order: int = 2) -> TensorSpec:
    """Divide by the norm along an axis."""
    return normalize(x, axis)


@op("keras.ops.dot_product_attention")
def dot_product_attention(
    query: Any,
    key: Any,
    value: Any,
    bias: Any = None,
    mask: Any = None,
    scale: Any = None,
    is_causal: bool = False,
    flash_attention: bool | None = None,
    attn_logits_soft_cap: float | None = None,
) -> TensorSpec:
    """Mix the values, each by how well its key goes with the query; axes are `B T N H`."""
    specs = [tensor(spec) for spec in (query, key, value)]
    shapes = [spec.shape for spec in specs]
    for shape in shapes:
        check_rank(shape, 4)
    q, k, v = shapes
    refusal = MismatchedShapes(
        f"query, key and value do not go together: {list_shapes(shapes)}", shapes
    )
    for a, b in ((q[0], k[0]), (k[0], v[0]), (k[1], v[1]), (k[2], v[2]), (q[3], k[3])):
        require_same(a, b, refusal)
    dtype = dtypes.result_type(*(spec.dtype for spec in specs))
    products = multiplied(q, dtype, k[1:2])
    # The keys with the queries, then the weights with the values.
    return products._replace(edges=products.edges * 2, macs=products.macs * 2)


@op("keras.ops.psnr", "tensorflow.image.psnr", node="PSNR")
def psnr(x1: Any, x2: Any, max_val: Any) -> TensorSpec:
    """How much of a signal survives the noise."""
    one, other = shape_of(x1), shape_of(x2)
    if len(one) != len(other):
        raise MismatchedShapes(
            f"{show_shape(one)} and {show_shape(other)} are of different ranks", [one, other]
        )
    return TensorSpec((), dtypes.floatx())


@op("keras.ops.polar", "tensorflow.complex")
def polar(abs_: Any, angle: Any) -> TensorSpec:
    """Complex numbers of given lengths and angles."""
    return TensorSpec(broadcast_shapes(shape_of(abs_), shape_of(angle)), "complex64")
