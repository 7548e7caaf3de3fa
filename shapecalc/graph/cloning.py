"""Copies of models: new layers of the same configuration, with weights of their own."""

from __future__ import annotations

from typing import Any

from shapecalc.graph.model import Functional, Network
from shapecalc.graph.sequential import Sequential
from shapecalc.graph.tensor import Tensor, call_layer, input_tensor, map_tensors
from shapecalc.layers.input import is_input
from shapecalc.layers.layer import Layer


def clone_layer(layer: Layer) -> Layer:
    """A layer of the same configuration and name that has not been called yet."""
    if isinstance(layer, Network):
        return clone_model(layer)
    copy = object.__new__(type(layer))
    state = dict(layer.__dict__)
    state["inbound"] = []
    if state.get("_weights"):
        state["_weights"] = None
    for name, value in state.items():
        if isinstance(value, Layer):
            state[name] = clone_layer(value)
    copy.__dict__.update(state)
    return copy


def clone_model(model: Network) -> Network:
    """A model of new layers; a model that only its own code describes is returned as it is."""
    if isinstance(model, Sequential):
        return _clone_sequential(model)
    if isinstance(model, Functional):
        return _clone_functional(model)
    return model


def _clone_sequential(model: Sequential) -> Sequential:
    entry = model.calls[0].layer if model.calls and is_input(model.calls[0].layer) else None
    layers = ([entry] if entry is not None else []) + model.layers
    copy = Sequential([clone_layer(layer) for layer in layers], name=model.name)
    copy.incomplete = model.incomplete
    copy.__dict__["_trainable"] = model.trainable
    return copy


def _clone_functional(model: Functional) -> Functional:
    layers: dict[int, Layer] = {}
    made: dict[int, Tensor] = {}

    def twin(layer: Layer) -> Layer:
        return layers.setdefault(id(layer), clone_layer(layer))

    for call in model.calls:
        layer = layers.get(id(call.layer)) or twin(call.layer)
        if is_input(call.layer):
            outputs: Any = input_tensor(layer)
        else:
            args, options = map_tensors(lambda t: made.get(id(t), t), call.arguments)
            outputs = call_layer(layer, args, options, span=call.span)
        _pair(call.outputs, outputs, made)
    copy = Functional(
        map_tensors(lambda t: made[id(t)], model.input_structure),
        map_tensors(lambda t: made.get(id(t), t), model.output_structure),
        name=model.name,
    )
    copy.incomplete = model.incomplete or copy.incomplete
    copy.__dict__["_trainable"] = model.trainable
    return copy


def _pair(old: tuple[Tensor, ...], new: Any, made: dict[int, Tensor]) -> None:
    from shapecalc.graph.tensor import tensors_of

    for a, b in zip(old, tensors_of(new), strict=False):
        made[id(a)] = b
