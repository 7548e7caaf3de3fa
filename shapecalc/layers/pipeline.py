"""A row of layers as one layer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shapecalc.layers.layer import Layer, layer
from shapecalc.layers.wrappers import accept_layer, known_layer
from shapecalc.rules import argument
from shapecalc.rules.facts import Facts, Inner
from shapecalc.rules.refusal import WrongInputs
from shapecalc.rules.unknown import UndecidedError, Unknown


def _accept_row(value: Any, owner: Any) -> Any:
    if not isinstance(value, (list, tuple)):
        raise ValueError("a list of layers")
    return [v if isinstance(v, Unknown) else accept_layer(v, owner) for v in value]


@layer("keras.layers.Pipeline")
class Pipeline(Layer):
    """Apply layers one after the other, mostly to prepare the data."""

    last = ("name",)

    layers: Any = argument.checked(_accept_row)

    def sublayers(self) -> Iterator[Layer]:
        row = [] if isinstance(self.layers, Unknown) else self.layers
        return iter([inner for inner in row if isinstance(inner, Layer)])

    def infer(self, inputs: Any) -> Facts:
        if isinstance(self.layers, Unknown):
            raise UndecidedError(self.layers)
        if not self.layers:
            raise WrongInputs("a Pipeline without layers cannot be called", argument="layers")
        calls = []
        output = inputs
        for one in self.layers:
            inner = known_layer(one)
            facts = inner.facts(output)
            calls.append(Inner(inner, facts))
            output = facts.output
        return Facts(output, inner=tuple(calls))

    def output_dtype(self, facts: Facts, given: str, place: int = 0) -> str:
        dtype = self.received_dtype(given)
        for call in facts.inner:
            dtype = call.layer.output_dtype(call.facts, dtype, place)
        return dtype
