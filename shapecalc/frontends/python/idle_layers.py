"""Layers of which a program makes nothing, beside the model that they were to be part of."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import TYPE_CHECKING

from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.graph.idle import IdleLayer
from shapecalc.graph.model import Network
from shapecalc.graph.operation import is_operation
from shapecalc.graph.program import ModelRecord
from shapecalc.graph.tensor import LayerCall, Tensor
from shapecalc.layers.input import is_input
from shapecalc.layers.layer import Layer, layers_within
from shapecalc.source import Span

if TYPE_CHECKING:
    from shapecalc.frontends.python.unread_results import Unread

# Of an input so many calls away it is not looked for.
_MOST_CALLS = 10_000


def list_idle_layers(run: Interpreter, made: Iterable[Layer]) -> None:
    """List what a run has made of layers that no output of its models depends on.

    Only what the text shows to be read nowhere is listed: any other tensor may go into a loss, be
    looked at, or be part of a model in another file.

    Args:
        run: the run, at its end.
        made: the layers that it has made.
    """
    records = [r for r in run.program.models if r.model.incomplete is None and r.origin is None]
    if not records:
        return
    idle = _apart(made, records)
    if not idle:
        return
    from shapecalc.frontends.python.unread_results import unread_results

    unread = {run.source.span(one.node): one for one in unread_results(run.tree)}
    for layer, call in idle:
        span = layer.span if call is None else call.span
        one = unread.get(span) if span is not None else None
        if one is None or span is None or (one.attribute is None) is (call is None):
            continue
        record = _holding(layer, records) if call is None else _beside(call, records)
        if record is not None and (call is None or _stands_before(span, one, record)):
            function = getattr(one.scope, "name", None)
            run.program.idle.append(
                IdleLayer(layer, record.model, span, attribute=one.attribute, function=function)
            )


def _apart(
    made: Iterable[Layer], records: list[ModelRecord]
) -> list[tuple[Layer, LayerCall | None]]:
    """The layers that are called once, and not within a model, or that are never called."""
    within = {id(call) for record in records for call in record.model.calls}
    apart: list[tuple[Layer, LayerCall | None]] = []
    for layer in made:
        calls: list[LayerCall] = layer.__dict__["inbound"]
        if len(calls) > 1 or is_operation(layer) or is_input(layer) or isinstance(layer, Network):
            continue
        if not any(id(call) in within or call.refusal is not None for call in calls):
            apart.append((layer, calls[0] if calls else None))
    return apart


def _beside(call: LayerCall, records: list[ModelRecord]) -> ModelRecord | None:
    """The first functional model whose inputs are what a call depends on, and nothing else is."""
    for record in records:
        ends = {id(tensor) for tensor in record.model.inputs}
        if record.model.kind == "functional" and _depends_only_on(call, ends):
            return record
    return None


def _depends_only_on(call: LayerCall, ends: set[int]) -> bool:
    stack: list[Tensor] = list(call.inputs)
    seen: set[int] = set()
    met = False
    while stack and len(seen) < _MOST_CALLS:
        tensor = stack.pop()
        if id(tensor) in ends:
            met = True
        elif tensor.call is None or is_input(tensor.call.layer):
            return False
        elif id(tensor.call) not in seen:
            seen.add(id(tensor.call))
            stack.extend(tensor.call.inputs)
    return met and not stack


def _holding(layer: Layer, records: list[ModelRecord]) -> ModelRecord | None:
    """The first model of the program's own that has a layer among its own."""
    for record in records:
        model = record.model
        own = model.kind == "subclass" and model.built
        if own and any(layer is other for _, other in layers_within(model)):
            return record
    return None


def _stands_before(span: Span, one: Unread, record: ModelRecord) -> bool:
    """Whether a call stands before the model is made, where both stand in the same function.

    What stands behind it, or in another cell of a notebook, is there to be looked at.
    """
    place = record.span
    if isinstance(one.scope, ast.Module):
        return place.cell == span.cell and span.line < place.line
    first = one.scope.lineno  # type: ignore[attr-defined]
    last = one.scope.end_lineno  # type: ignore[attr-defined]
    return not first <= place.line <= last or span.line < place.line
