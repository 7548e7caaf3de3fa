"""Networks that begin inside another one: they get input layers of their own."""

from __future__ import annotations

from typing import Any

from shapecalc.graph.tensor import LayerCall, Tensor, input_tensor, map_tensors, tensors_of
from shapecalc.graph.traversal import collect_calls
from shapecalc.layers.input import InputLayer, is_input
from shapecalc.rules.refusal import GraphFault
from shapecalc.rules.unknown import Unknown, Unranked


def start_at_inputs(inputs: Any, outputs: Any) -> tuple[Any, Any]:
    """Give a network that begins inside another one input layers of its own, as Keras does."""
    inner = [t for t in tensors_of(inputs) if t.call is None or not is_input(t.call.layer)]
    if not inner:
        return inputs, outputs
    flat_inputs = list(tensors_of(inputs))
    for tensor in tensors_of(outputs):
        if any(tensor is t for t in flat_inputs):
            maker = tensor.call.layer.name if tensor.call is not None else "a tensor"
            raise GraphFault(
                f"the output of {maker} is among the model's inputs and outputs, and the model "
                "begins behind its input layer: Keras cannot connect it",
                argument="outputs",
            )
    calls = collect_calls(list(tensors_of(outputs)), flat_inputs)
    new: dict[int, Tensor] = {}
    for tensor in flat_inputs:
        if any(tensor is t for t in inner):
            # Keras names it after the tensor, so that no count of names goes up.
            maker = tensor.call.layer.name if tensor.call is not None else "input"
            new[id(tensor)] = input_like(tensor, f"{maker}_{len(new)}CLONE")
        else:
            new[id(tensor)] = tensor
    starts = {id(t) for t in flat_inputs}
    for call in calls:
        if any(id(t) in starts for t in call.outputs):
            continue
        args, options = map_tensors(lambda t: new.get(id(t), t), call.arguments)
        copy = LayerCall(call.layer, (args, options))
        copy.facts, copy.unknown, copy.span = call.facts, call.unknown, call.span
        copy.assumptions = call.assumptions
        copy.outputs = tuple(Tensor(t.shape, t.dtype, copy, t.index) for t in call.outputs)
        for old, made in zip(call.outputs, copy.outputs, strict=True):
            new.setdefault(id(old), made)
    return (
        map_tensors(lambda t: new[id(t)], inputs),
        map_tensors(lambda t: new.get(id(t), t), outputs),
    )


def input_like(tensor: Tensor, name: str | None = None) -> Tensor:
    """A new input's tensor that is like another tensor."""
    shape = tensor.shape
    layer = InputLayer(
        batch_shape=Unknown(shape.reason) if isinstance(shape, Unranked) else shape,
        dtype=tensor.dtype,
        name=name,
    )
    return input_tensor(layer)
