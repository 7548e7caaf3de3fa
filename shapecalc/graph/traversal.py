"""The layer calls between inputs and outputs, in the order in which Keras lists layers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from shapecalc.graph.tensor import LayerCall, Tensor
from shapecalc.layers.input import is_input
from shapecalc.layers.layer import Layer
from shapecalc.rules.refusal import GraphFault


def collect_calls(outputs: Sequence[Tensor], inputs: Sequence[Tensor]) -> list[LayerCall]:
    """Every call that `outputs` depend on, down to `inputs`; each after those it needs.

    Raises:
        GraphFault: a path ends at an entry that is not among `inputs`.
    """
    stop = {id(t) for t in inputs}
    order: list[LayerCall] = []
    done: set[int] = set()
    # A stack of our own: a network may be deeper than Python's recursion allows.
    stack: list[tuple[Tensor, bool]] = [(t, False) for t in reversed(outputs)]
    while stack:
        tensor, ready = stack.pop()
        call = tensor.call
        if call is None or (id(call) in done and not ready):
            continue
        if ready:
            if id(call) not in done:
                done.add(id(call))
                order.append(call)
            continue
        # An entry that is called on something is refused, and begins nothing.
        if id(tensor) not in stop and is_input(call.layer) and not call.inputs:
            raise GraphFault(
                f"the outputs depend on {call.layer.name}, which is not among the model's inputs",
                argument="inputs",
                made=call.span or call.layer.span,
            )
        stack.append((tensor, True))
        if id(tensor) not in stop:
            stack.extend((t, False) for t in reversed(call.inputs))
    return order


def layers_by_depth(
    calls: Iterable[LayerCall], inputs: Sequence[Tensor], outputs: Sequence[Tensor]
) -> list[Layer]:
    """The layers of `calls`, farthest from the outputs first, as Keras's `model.layers`.

    Args:
        calls: each after those it needs.
        inputs: the tensors at which the network begins; nothing before them counts.
        outputs: the tensors at which it ends.
    """
    ordered = list(calls)
    stop = {id(t) for t in inputs}
    met = _order_met(ordered, stop, outputs)
    by_id = {id(call.layer): call.layer for call in ordered}
    layer_depth, _ = _depths(ordered, stop)
    for tensor in inputs:
        if tensor.call is not None and id(tensor.call.layer) not in layer_depth:
            key = id(tensor.call.layer)
            layer_depth[key], by_id[key], met[key] = 0, tensor.call.layer, -1
    keys = sorted(layer_depth, key=lambda k: (-layer_depth[k], met[k]))
    return [by_id[k] for k in keys]


def execution_order(calls: Iterable[LayerCall], inputs: Sequence[Tensor]) -> list[LayerCall]:
    """Calls in the order in which Keras runs them, those farthest from the outputs first.

    Args:
        calls: each after those it needs.
        inputs: the tensors at which the network begins.
    """
    ordered = list(calls)
    _, depths = _depths(ordered, {id(t) for t in inputs})
    by_id = {id(call): call for call in ordered}
    keys = sorted((k for k in depths if k in by_id), key=lambda k: -depths[k])
    return [by_id[k] for k in keys]


def _depths(ordered: list[LayerCall], stop: set[int]) -> tuple[dict[int, int], dict[int, int]]:
    """How far each layer, and each call, is from the outputs."""
    call_depth: dict[int, int] = {}
    layer_depth: dict[int, int] = {}
    for call in reversed(ordered):
        key = id(call.layer)
        depth = max(call_depth.get(id(call), 0), layer_depth.get(key, 0))
        layer_depth[key] = call_depth[id(call)] = depth
        if any(id(t) in stop for t in call.outputs):
            continue
        for tensor in call.inputs:
            if tensor.call is not None:
                before = call_depth.get(id(tensor.call), 0)
                call_depth[id(tensor.call)] = max(depth + 1, before)
    return layer_depth, call_depth


def _order_met(
    ordered: list[LayerCall], stop: set[int], outputs: Sequence[Tensor]
) -> dict[int, int]:
    """The order in which a walk back from the outputs meets each layer (parents first met)."""
    met: dict[int, int] = {}
    members = {id(c) for c in ordered}
    seen: set[int] = set()
    stack = [t.call for t in reversed(outputs) if t.call is not None]
    while stack:
        call = stack.pop()
        if id(call) in seen or id(call) not in members:
            continue
        seen.add(id(call))
        met.setdefault(id(call.layer), len(met))
        if not any(id(t) in stop for t in call.outputs):
            stack.extend(t.call for t in reversed(call.inputs) if t.call is not None)
    return met
