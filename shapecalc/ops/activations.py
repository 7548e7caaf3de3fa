"""Activations: functions of each element, or of a row of them."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import divides, show
from shapecalc.ops import dtypes
from shapecalc.ops.op import op
from shapecalc.ops.operands import axes_index, axis_index, replaced, require_seen, shape_of, tensor
from shapecalc.rules.refusal import Indivisible, show_shape
from shapecalc.rules.spec import TensorSpec


@op("keras.ops.relu", "tensorflow.nn.relu")
@op("keras.ops.relu6", "tensorflow.nn.relu6", "keras.activations.relu6")
@op(
    "keras.ops.sigmoid",
    "tensorflow.sigmoid",
    "tensorflow.math.sigmoid",
    "tensorflow.nn.sigmoid",
    "keras.backend.sigmoid",
    "keras.activations.sigmoid",
)
@op("keras.ops.sparse_sigmoid", "keras.activations.sparse_sigmoid")
@op(
    "keras.ops.softplus",
    "tensorflow.nn.softplus",
    "tensorflow.math.softplus",
    "keras.backend.softplus",
    "keras.activations.softplus",
)
@op(
    "keras.ops.softsign",
    "tensorflow.nn.softsign",
    "tensorflow.math.softsign",
    "keras.backend.softsign",
    "keras.activations.softsign",
)
@op("keras.ops.sparse_plus", "keras.activations.sparse_plus")
@op("keras.ops.silu", "tensorflow.nn.silu", "tensorflow.nn.swish", "keras.activations.silu")
@op("keras.ops.swish", "keras.activations.swish", node="Silu")
@op("keras.ops.log_sigmoid", "tensorflow.math.log_sigmoid", "keras.activations.log_sigmoid")
@op("keras.ops.hard_sigmoid", "keras.backend.hard_sigmoid", "keras.activations.hard_sigmoid")
@op("keras.ops.hard_silu", "keras.activations.hard_silu")
@op("keras.ops.hard_swish", "keras.activations.hard_swish", node="HardSilu")
@op("keras.ops.selu", "tensorflow.nn.selu", "keras.activations.selu")
@op("keras.ops.tanh_shrink", "keras.activations.tanh_shrink")
@op("keras.ops.hard_tanh", "keras.activations.hard_tanh")
@op("keras.activations.linear", node=None)
@op("keras.activations.mish", node="Mish")
def activation(x: Any) -> TensorSpec:
    """A function of each element."""
    return TensorSpec(shape_of(x), dtypes.named(x))


@op("keras.ops.soft_shrink", "keras.activations.soft_shrink")
@op("keras.ops.hard_shrink", "keras.activations.hard_shrink")
def shrink(x: Any, threshold: float = 0.5) -> TensorSpec:
    """Zero for what is small."""
    return activation(x)


@op("keras.ops.squareplus", "keras.activations.squareplus")
def squareplus(x: Any, b: float = 4) -> TensorSpec:
    """A smooth rectifier."""
    return activation(x)


@op("keras.ops.leaky_relu", "keras.activations.leaky_relu")
def leaky_relu(x: Any, negative_slope: float = 0.2) -> TensorSpec:
    """A rectifier that lets a little of what is negative through."""
    return activation(x)


@op("tensorflow.nn.leaky_relu", node="LeakyRelu")
def leaky_relu_tf(x: Any, alpha: float = 0.2) -> TensorSpec:
    """A rectifier that lets a little of what is negative through."""
    return activation(x)


@op("keras.activations.relu", "keras.backend.relu", node="Relu")
def relu_bounded(
    x: Any, negative_slope: float = 0.0, max_value: float | None = None, threshold: float = 0.0
) -> TensorSpec:
    """A rectifier with a bound, a threshold and a slope for what is below it."""
    return activation(x)


@op("keras.ops.elu", "tensorflow.nn.elu", "keras.backend.elu", "keras.activations.elu")
@op("keras.ops.celu", "keras.activations.celu")
def elu(x: Any, alpha: float = 1.0) -> TensorSpec:
    """A rectifier that is exponential for what is negative."""
    return activation(x)


@op("keras.ops.gelu", "tensorflow.nn.gelu", "keras.activations.gelu")
def gelu(x: Any, approximate: bool = True) -> TensorSpec:
    """A rectifier weighed by the normal distribution."""
    return activation(x)


@op("keras.ops.threshold", "keras.activations.threshold")
def threshold(x: Any, threshold: float, default_value: float) -> TensorSpec:
    """A value in the place of what is small."""
    return activation(x)


@op("keras.ops.glu", "keras.activations.glu")
def glu(x: Any, axis: Any = -1) -> TensorSpec:
    """One half of an axis, gated by the other."""
    x = tensor(x)
    place = axis_index(axis, len(x.shape))
    length = x.shape[place]
    refusal = Indivisible(
        f"axis {place} of {show_shape(x.shape)} has no two halves: its length is {show(length)}",
        argument="axis",
    )
    require_seen(divides(2, length), refusal, length)
    return TensorSpec(replaced(x.shape, place, length // 2), x.dtype)


@op(
    "keras.ops.softmax",
    "tensorflow.nn.softmax",
    "keras.backend.softmax",
    "keras.activations.softmax",
)
@op(
    "keras.ops.log_softmax",
    "tensorflow.nn.log_softmax",
    "tensorflow.math.log_softmax",
    "keras.activations.log_softmax",
)
def softmax(x: Any, axis: Any = -1) -> TensorSpec:
    """Shares that sum to one along axes."""
    output = activation(x)
    if axis is not None:
        axes_index(axis, len(output.shape))
    return output


@op("keras.ops.sparsemax", "keras.activations.sparsemax")
def sparsemax(x: Any, axis: Any = -1) -> TensorSpec:
    """Shares that sum to one along an axis, many of them zero."""
    output = activation(x)
    axis_index(axis, len(output.shape))
    return output
