"""Models of what a program does to the weights of layers: low-rank updates, quantization."""

from __future__ import annotations

from typing import Any

from shapecalc.frontends.python.construction import guarded
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.registry import methods
from shapecalc.frontends.python.values import Value
from shapecalc.layers.layer import Layer
from shapecalc.rules.refusal import InvalidArgument
from shapecalc.rules.unknown import Unknown

LIBRARIES = ("keras",)


@methods(Layer, "enable_lora", unknowns=True)
def enable_lora(
    run: Interpreter,
    layer: Layer,
    rank: Value = None,
    *args: Value,
    node: Any = None,
    **kwargs: Value,
) -> None:
    from shapecalc.layers.adaptation import LowRank

    def change() -> None:
        if not isinstance(layer, LowRank):
            raise InvalidArgument(f"{type(layer).__name__} takes no low-rank update")
        if isinstance(rank, Unknown):
            run.gap("unknown", rank.reason, rank.span)
            layer.forget("a low-rank update of a rank that is not known")
        else:
            layer.enable_lora(rank)

    guarded(run, change, node, "enable_lora")


@methods(Layer, "quantize", unknowns=True)
def quantize_layer(
    run: Interpreter,
    layer: Layer,
    mode: Value = None,
    *args: Value,
    node: Any = None,
    **kwargs: Value,
) -> None:
    from shapecalc.graph.quantizing import forget, quantize

    settings = {name for name in kwargs if name != "type_check"}

    def change() -> None:
        if not isinstance(mode, str) or args or settings:
            # What a configuration or filters choose is not followed.
            reason = "a quantization that a configuration or filters describe"
            run.gap("unknown", reason, run.span(node))
            forget(layer, reason)
        else:
            quantize(layer, mode)

    guarded(run, change, node, "quantize")
