"""How a network ends: the layer that decides its output, and what is applied to it last."""

from __future__ import annotations

from typing import Any, NamedTuple

from shapecalc.checks.fault import size_at
from shapecalc.dims import Dim
from shapecalc.graph.model import Network
from shapecalc.graph.operation import is_operation
from shapecalc.graph.tensor import LayerCall, Tensor
from shapecalc.layers.layer import Layer
from shapecalc.rules.session import snake_case
from shapecalc.source import Span

LINEAR = "linear"

# Layers and nodes that are an activation by themselves; a node is named in snake case.
_ACTIVATION_LAYERS = {"ReLU": "relu", "LeakyReLU": "leaky_relu", "ELU": "elu", "PReLU": "prelu"}
_ACTIVATION_NODES = frozenset(
    "elu gelu hard_sigmoid hard_silu leaky_relu log_sigmoid log_softmax relu relu6 selu sigmoid "
    "silu softmax softplus softsign tanh".split()
)
_NORMALIZERS = frozenset({"BatchNormalization", "LayerNormalization"})
_MOST_STEPS = 1_000


class Ending(NamedTuple):
    """What decides an output.

    Attributes:
        layer: the layer that applies the last activation, or the last that computes anything.
        activation: the name of the function that is applied last: `linear` for none, None where
            it is not known.
        units: the length of the axis along which that layer's units lie, the last one; None
            where it is not known.
        span: where the activation is given, or else the layer.
        call: the layer's call.
    """

    layer: Layer
    activation: str | None
    units: Dim | None
    span: Span | None
    call: LayerCall


def ending_of(output: Tensor) -> Ending | None:
    """What decides an output, behind layers that only drop or relabel units.

    Returns:
        None where the output could not be followed to a layer.
    """
    tensor: Tensor | None = output
    for _ in range(_MOST_STEPS):
        if tensor is None or tensor.call is None:
            return None
        call = tensor.call
        layer = call.layer
        if isinstance(layer, Network):
            tensor = layer.outputs[tensor.index] if tensor.index < len(layer.outputs) else None
            continue
        if layer.relabels or _is_linear_activation(layer):
            tensor = call.inputs[0] if len(call.inputs) == 1 else None
            continue
        return _ending(tensor, call)
    return None


def _is_linear_activation(layer: Layer) -> bool:
    return type(layer).__name__ == "Activation" and activation_of(layer) == LINEAR


def _ending(tensor: Tensor, call: LayerCall) -> Ending:
    layer = call.layer
    spans = layer.__dict__.get("argument_spans") or {}
    span = spans.get("activation") or call.span or layer.span
    return Ending(layer, activation_of(layer), size_at(tensor, -1), span, call)


def activation_of(layer: Layer) -> str | None:
    """The name of the function that a layer applies to its units last; None if not known."""
    if is_operation(layer):
        name = snake_case(layer.__dict__["class_name"])
        return name if name in _ACTIVATION_NODES else LINEAR
    kind = type(layer).__name__
    if kind == "ReLU" and getattr(layer, "max_value", None) is not None:
        return None
    if kind in _ACTIVATION_LAYERS:
        return _ACTIVATION_LAYERS[kind]
    if kind == "Softmax":
        return "softmax" if getattr(layer, "axis", None) == (-1,) else None
    if "activation" in layer.arguments:
        return activation_name(layer.activation)  # type: ignore[attr-defined]
    return LINEAR


def is_unbounded(ending: Ending) -> bool:
    """Whether what the last layer computes, before its activation, may be any number.

    It is so of sums over weights, and not, for instance, of a mean of probabilities.
    """
    layer = ending.layer
    return not is_operation(layer) and (
        "activation" in layer.arguments or type(layer).__name__ in _NORMALIZERS
    )


def activation_name(value: Any) -> str | None:
    """The name of an activation that is given as a text, a function or an object."""
    if value is None:
        return LINEAR
    if isinstance(value, str):
        return value
    if isinstance(value, Layer):
        return activation_of(value)
    path = getattr(value, "path", None)
    if not isinstance(path, str):
        return None
    return path.rpartition(".")[2]
