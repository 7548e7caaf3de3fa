"""Quantizing a model: every layer within it that has quantized weights."""

from __future__ import annotations

from shapecalc.graph.model import Network
from shapecalc.layers.adaptation import Quantizable
from shapecalc.layers.layer import Layer
from shapecalc.layers.nesting import layers_within
from shapecalc.rules.dtype_policy import QUANTIZATIONS
from shapecalc.rules.refusal import InvalidArgument


def quantize(layer: Layer, mode: str) -> None:
    """What `layer.quantize(mode)` and `model.quantize(mode)` of Keras do.

    In a model, layers that have no such mode are left as they are.

    Raises:
        InvalidArgument: there is no such mode, or a layer cannot be quantized.
    """
    if mode not in QUANTIZATIONS:
        raise InvalidArgument(f"{mode!r:.100} is no mode of quantization", argument="mode")
    if not isinstance(layer, Network):
        if not isinstance(layer, Quantizable):
            raise InvalidArgument(f"{type(layer).__name__} cannot be quantized", argument="mode")
        layer.quantize(mode)
        return
    for _, inner in layers_within(layer):
        if isinstance(inner, Quantizable) and mode in inner.quantized_modes:
            inner.quantize(mode)
        elif inner.hides_owners and inner.weights:
            forget(inner, f"the quantized weights within {inner.name} are not modelled")


def forget(layer: Layer, reason: str) -> None:
    """Take the weights of a layer, and of all within it, as unknown from here on."""
    for _, inner in layers_within(layer):
        if inner.__dict__["_weights"]:
            inner.__dict__["incomplete"] = reason
            inner.__dict__["_weights"] = ()
