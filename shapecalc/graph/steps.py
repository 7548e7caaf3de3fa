"""How the layers of one model follow each other, as the checks of its architecture see it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from shapecalc.graph.model import Network
from shapecalc.graph.tensor import LayerCall, Tensor
from shapecalc.layers.input import is_input
from shapecalc.layers.layer import Layer
from shapecalc.source import Span


class Step:
    """One use of a layer in a model.

    Attributes:
        layer: the layer; a model within the model is one step.
        call: its call; None in a stack of layers whose input is not known yet.
        before: the steps that make its inputs; those that stand outside the model are left out.
        after: the steps that take its outputs.
        ends: whether one of its outputs is one of the model's.
    """

    __slots__ = ("after", "before", "call", "ends", "layer")

    def __init__(self, layer: Layer, call: LayerCall | None = None) -> None:
        self.layer = layer
        self.call = call
        self.before: list[Step] = []
        self.after: list[Step] = []
        self.ends = False

    @property
    def only_before(self) -> Step | None:
        """The step that makes its one input, which nothing else takes; None where there is none."""
        if len(self.before) != 1 or (self.call is not None and len(self.call.inputs) != 1):
            return None
        before = self.before[0]
        return before if len(before.after) == 1 and not before.ends else None

    def behind(self, *passed: str, relabelling: bool = False) -> Step | None:
        """The nearest step before it in an unbranched row, but for those that are passed over.

        Args:
            passed: the names of classes of layers that are passed over.
            relabelling: whether layers are passed over that at inference only relabel units.
        """
        step = self.only_before
        while step is not None and ((relabelling and step.layer.relabels) or step.kind in passed):
            step = step.only_before
        return step

    @property
    def kind(self) -> str:
        """The name of the layer's class in Keras."""
        return type(self.layer).__name__

    def argument(self, name: str) -> Any:
        """What an argument of the layer is, given or by default; None where it has none such."""
        return getattr(self.layer, name, None) if name in self.layer.arguments else None

    def span(self, *arguments: str) -> Span | None:
        """Where the first of these arguments of the layer stands that is given, or else the layer.

        A layer is at fault where it is made, even if it is called elsewhere.
        """
        spans = self.layer.__dict__.get("argument_spans") or {}
        found = next((spans[name] for name in arguments if name in spans), None)
        return found or self.layer.span or (self.call.span if self.call is not None else None)


def steps_of(model: Network) -> list[Step]:
    """The steps of a model, each after those it needs; empty where nothing is known of them."""
    calls = model.calls
    return _joined(model, calls) if calls else _row(model)


def _joined(model: Network, calls: Sequence[LayerCall]) -> list[Step]:
    steps = [Step(call.layer, call) for call in calls]
    makers = {id(tensor): step for step in steps if step.call for tensor in step.call.outputs}
    for step in steps:
        assert step.call is not None
        for tensor in step.call.inputs:
            maker = makers.get(id(tensor))
            if maker is not None:
                step.before.append(maker)
                maker.after.append(step)
    for tensor in model.outputs:
        if id(tensor) in makers:
            makers[id(tensor)].ends = True
    return steps


def _row(model: Network) -> list[Step]:
    """The layers of a stack that is not built yet, one on the other."""
    if model.kind != "sequential":
        return []
    steps = [Step(layer) for layer in model.layers]
    for one, other in pairwise(steps):
        one.after.append(other)
        other.before.append(one)
    if steps:
        steps[-1].ends = True
    return steps


def first_step(model: Network, own: Tensor) -> Step | None:
    """The one step that takes an input of a model; None where there are several, or none."""
    steps = steps_of(model)
    for step in steps:
        if is_input(step.layer) and step.call and any(t is own for t in step.call.outputs):
            return step.after[0] if len(step.after) == 1 else None
    takers = [s for s in steps if s.call is not None and any(t is own for t in s.call.inputs)]
    return takers[0] if len(takers) == 1 else None
