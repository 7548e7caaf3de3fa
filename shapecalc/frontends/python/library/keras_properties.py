"""What layers, models and tensors have: their attributes and methods."""

from __future__ import annotations

from typing import Any

from shapecalc.frontends.python.call_arguments import argument_spans
from shapecalc.frontends.python.certainty import (
    is_incomplete,
)
from shapecalc.frontends.python.classes import class_of
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.registry import (
    methods,
    models,
    properties,
)
from shapecalc.frontends.python.masks import HAND_ON, mask_made_by, mask_of
from shapecalc.frontends.python.values import (
    LibraryName,
    SomeLayer,
    Value,
    first_unknown,
)
from shapecalc.graph.model import Network
from shapecalc.graph.tensor import Tensor
from shapecalc.layers.input import is_input
from shapecalc.layers.layer import Layer
from shapecalc.rules.refusal import MissingInput, Refusal
from shapecalc.rules.session import current_session
from shapecalc.rules.unknown import UndecidedError, Unknown, Unranked

LIBRARIES = ("keras",)


@models("keras.activations.linear", unknowns=True)
def linear(x: Value) -> Value:
    return x


# --- what models and layers have ---------------------------------------------------------------


@properties(Layer, "__class__")
def class_of_layer(layer: Layer) -> Value:
    cls = class_of(layer)
    return Unknown(f"the class of {layer.name}") if cls is None else cls


@properties(Network, "layers")
def layers_of(model: Network) -> Value:
    return list(model.layers)


@methods(Network, "get_layer", unknowns=True)
def get_layer(
    run: Interpreter, model: Network, name: Value = None, index: Value = None, *, node: Any = None
) -> Value:
    unknown = first_unknown((name, index))
    if unknown is not None:
        return SomeLayer(unknown, model)
    try:
        return model.get_layer(name, index)
    except UndecidedError as undecided:
        return SomeLayer(undecided.unknown, model)
    except Refusal as refusal:
        if is_incomplete(model):
            return run.unknown("a layer of a model that is not fully known", node)
        spans = argument_spans(run, None, node, ("name", "index"))
        run.refuse(refusal, run.span(node), arguments=spans, subject="get_layer")
        return run.unknown("the layer is refused", node)


def _states_its_ends(layer: Layer) -> bool:
    """Whether a layer is a graph from inputs to outputs; another one has those of its calls."""
    if not isinstance(layer, Network) or not layer.built:
        return False
    return layer.kind != "subclass" or layer.__dict__["_functional"] is not None


@properties(Layer, "output")
def output_of(run: Interpreter, layer: Layer) -> Value:
    if _states_its_ends(layer):
        return layer.output_structure  # type: ignore[attr-defined]
    inbound = layer.__dict__["inbound"]
    if not inbound:
        return run.unknown(f"{layer.name} has not been called")
    outputs = inbound[0].outputs
    return outputs[0] if len(outputs) == 1 else list(outputs)


@properties(Layer, "input")
def input_of(run: Interpreter, layer: Layer) -> Value:
    if _states_its_ends(layer):
        return layer.input_structure  # type: ignore[attr-defined]
    inbound = layer.__dict__["inbound"]
    if not inbound:
        return run.unknown(f"{layer.name} has not been called")
    inputs = inbound[0].inputs or inbound[0].outputs
    return inputs[0] if len(inputs) == 1 else list(inputs)


@properties(Tensor, "_keras_mask")
def keras_mask(run: Interpreter, tensor: Tensor) -> Value:
    return _within_a_call(run, mask_of(tensor))


@methods(Layer, "compute_mask", unknowns=True)
def compute_mask(run: Interpreter, layer: Layer, inputs: Value, mask: Value = None) -> Value:
    found = _NO_MASK
    if isinstance(inputs, Tensor) and type(layer).__name__ in ("Embedding", "Masking"):
        found = mask_made_by(layer, (inputs,))
    elif type(layer).__name__ in HAND_ON:
        found = mask
    return run.unknown("a mask") if found is _NO_MASK else _within_a_call(run, found)


_NO_MASK: Any = object()


def _within_a_call(run: Interpreter, mask: Value) -> Value:
    """A mask where a layer's code computes with it; in a graph it is a tensor that is not shown."""
    in_graph = isinstance(mask, Tensor) and current_session().tracer is None
    return run.unknown("a mask") if in_graph else mask


@methods(Layer, "vocabulary_size", unknowns=True)
def vocabulary_size(run: Interpreter, layer: Layer) -> Value:
    count = getattr(layer, "count_words", None)
    return run.unknown("the words of a layer") if count is None else count()


@properties(Network, "inputs")
def inputs_of(model: Network) -> Value:
    return list(model.inputs)


@properties(Network, "outputs")
def outputs_of(model: Network) -> Value:
    return list(model.outputs)


def shape_value(shape: Any) -> Value:
    """A shape as the program sees it: None for the batch axis and for free axes."""
    if isinstance(shape, Unranked):
        return Unknown(shape.reason)
    return tuple(
        None if getattr(d, "kind", "") in ("batch", "free") else
        Unknown(d.reason or "a length") if getattr(d, "kind", "") == "unknown" else d
        for d in shape
    )  # fmt: skip


@properties(Layer, "output_shape")
def output_shape_of(run: Interpreter, layer: Layer) -> Value:
    value = output_of(run, layer)
    return shape_value(value.shape) if isinstance(value, Tensor) else value


@properties(Layer, "input_shape")
def input_shape_of(run: Interpreter, layer: Layer) -> Value:
    value = input_of(run, layer)
    return shape_value(value.shape) if isinstance(value, Tensor) else value


@properties(Layer, "name")
def name_of(layer: Layer) -> Value:
    return layer.name


@properties(Layer, "trainable")
def trainable_of(layer: Layer) -> Value:
    return layer.trainable


@properties(Layer, "built")
def built_of(layer: Layer) -> Value:
    return layer.built if isinstance(layer, Network) else layer.weights is not None


@methods(Network, "summary", "save_weights", "load_weights", unknowns=True)
@methods(Layer, "set_weights", unknowns=True)
def without_bearing(run: Interpreter, model: Layer, *args: Value, **kwargs: Value) -> None:
    return None


@methods(Network, "export", "to_json", "to_yaml", unknowns=True)
@methods(Layer, "get_weights", "get_config", unknowns=True)
def result_of_running(run: Interpreter, model: Layer, *args: Value, **kwargs: Value) -> Value:
    return run.unknown("what is known only when the network runs")


@methods(Layer, "count_params")
def count_params(run: Interpreter, layer: Layer, *, node: Any = None) -> Value:
    from shapecalc.dims import total
    from shapecalc.graph.summary import weights_of

    if isinstance(layer, Network) and layer.kind != "subclass" and not layer.built:
        refusal = MissingInput(f"{layer.name} has no input shape yet, and so no params")
        run.refuse(refusal, run.span(node), subject="count_params")
        return run.unknown("the params of a model without an input shape")
    return total(w.size for w, _ in weights_of(layer))


# --- tensors -----------------------------------------------------------------------------------


@properties(Tensor, "shape", "_keras_shape", "_shape_val")
def tensor_shape(run: Interpreter, tensor: Tensor) -> Value:
    seen = shape_value(tensor.shape)
    if tensor.symbolic or isinstance(tensor.shape, Unranked):
        return seen
    # A length of data that is not known gets the name by which the program asks for it.
    return tuple(
        dim if isinstance(shown, Unknown) else shown
        for dim, shown in zip(tensor.shape, seen, strict=True)
    )


@properties(Tensor, "dtype")
def tensor_dtype(tensor: Tensor) -> Value:
    return tensor.dtype


@properties(Tensor, "ndim")
def tensor_rank(run: Interpreter, tensor: Tensor) -> Value:
    if isinstance(tensor.shape, Unranked):
        return run.unknown(tensor.shape.reason)
    return len(tensor.shape)


@methods(Tensor, "get_shape")
def tensor_get_shape(run: Interpreter, tensor: Tensor) -> Value:
    return shape_value(tensor.shape)


@methods(tuple, "as_list", "with_rank_at_least")
def shape_as_list(shape: tuple[Value, ...], *rest: Value) -> Value:
    return list(shape)


@models("keras.activations.get", "keras.activations.deserialize", unknowns=True)
def get_activation(run: Interpreter, identifier: Value = None) -> Value:
    if isinstance(identifier, str):
        return LibraryName(f"keras.activations.{identifier}")
    return LibraryName("keras.activations.linear") if identifier is None else identifier


@models("keras.backend.is_keras_tensor", "keras.utils.is_keras_tensor", unknowns=True)
def is_keras_tensor(run: Interpreter, value: Value) -> Value:
    return isinstance(value, Tensor) and value.symbolic


@models("keras.utils.get_source_inputs", "keras.ops.operation_utils.get_source_inputs",
        unknowns=True)  # fmt: skip
def source_inputs(run: Interpreter, tensor: Value) -> Value:
    """The inputs that a tensor is computed from."""
    found: dict[int, Tensor] = {}
    stack = [tensor] if isinstance(tensor, Tensor) else []
    seen: set[int] = set()
    while stack:
        call = stack.pop().call
        if call is None or id(call) in seen:
            continue
        seen.add(id(call))
        if is_input(call.layer):
            found[id(call)] = call.outputs[0]
        stack.extend(call.inputs)
    return list(found.values())
