"""Layers and models that the program defines: their own code is traced."""

from __future__ import annotations

import ast

from shapecalc.dims import Dim, Symbolic
from shapecalc.frontends.python.attributes import get_attribute, setter_of
from shapecalc.frontends.python.calls import call_function
from shapecalc.frontends.python.certainty import add_unfollowed, certain
from shapecalc.frontends.python.dtypes import dtype_value
from shapecalc.frontends.python.inheriting import keep
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.program_layers import (
    NAMELESS,
    ProgramLayer,
    ProgramObject,
    ProgramSequential,
)
from shapecalc.frontends.python.program_values import BoundMethod, Class, Function
from shapecalc.frontends.python.recording import record_model
from shapecalc.frontends.python.tracking import tracked_in
from shapecalc.frontends.python.values import Value, describe, first_unknown
from shapecalc.frontends.python.variables import KerasVariable
from shapecalc.graph.tensor import Tensor, tensors_of
from shapecalc.layers.layer import Layer
from shapecalc.rules.dtype_policy import dtype_name, policy_of
from shapecalc.rules.facts import STATE, Weight
from shapecalc.rules.unknown import Unknown, Unranked, unknown_dim


def make_program_layer(
    run: Interpreter,
    cls: Class,
    base: str,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    node: ast.expr | None,
) -> Value:
    """An object of a class that derives from a Keras layer or model."""
    run.effect()
    kind = ProgramSequential if base == "keras.models.Sequential" else ProgramLayer
    layer = kind(run, cls, base)
    layer.__dict__["span"] = run.span(node) or run.here()
    if layer.__dict__["is_model"]:
        record_model(run, layer, node)
    initializer = cls.lookup("__init__")
    if initializer is not None and isinstance(initializer[0], Function):
        call_function(run, initializer[0], (layer, *args), kwargs, receiver=layer)
    else:
        initialize(run, layer, *args, **kwargs)
    if layer.name == NAMELESS:
        layer.set_name(None)
    return layer


def initialize(run: Interpreter, layer: ProgramObject, /, *args: Value, **kwargs: Value) -> None:
    """`super().__init__(…)` of a program's layer or model: what Keras's base class does."""
    if isinstance(layer, ProgramSequential):
        given = {**dict(zip(("layers", "trainable", "name"), args, strict=False)), **kwargs}
        _take_settings(layer, given)
        _stack_up(run, layer, given.get("layers"))
        return
    if isinstance(layer, ProgramLayer) and layer.__dict__["is_model"]:
        older = {"input": "inputs", "output": "outputs"}
        kwargs = {older.get(k, k): v for k, v in kwargs.items()}
        given = {**dict(zip(("inputs", "outputs", "name"), args, strict=False)), **kwargs}
        unknown = first_unknown((given.get("inputs"), given.get("outputs")))
        if unknown is not None:
            layer.incomplete = unknown.reason
        elif list(tensors_of(given.get("outputs"))) and list(tensors_of(given.get("inputs"))):
            from shapecalc.graph.model import Functional

            layer.become_functional(Functional(given["inputs"], given["outputs"], name="inner"))
    _take_settings(layer, kwargs)
    if layer.__dict__["base"] == "keras.layers.Wrapper":
        wrapped = args[0] if args else kwargs.get("layer")
        set_program_attribute(run, layer, "layer", wrapped)
    else:
        keep(run, layer, args, kwargs)


def initialize_behind(
    run: Interpreter, layer: ProgramObject, /, *args: Value, **kwargs: Value
) -> None:
    """`super(Conv2D, self).__init__(…)`: what the class behind one of Keras's does.

    That of a convolution takes what the convolution does, and its rank. No other is known.
    """
    if kwargs.pop("rank", None) is not None:
        initialize(run, layer, *args, **kwargs)
        return
    _take_settings(layer, kwargs)
    if layer.__dict__["cls"].lookup("build") is None:
        layer.incomplete = "what is behind a class of Keras is not known"


def _take_settings(layer: ProgramObject, given: dict[str, Value]) -> None:
    layer.set_name(given.get("name"))
    if isinstance(given.get("trainable"), bool):
        layer.__dict__["_trainable"] = given["trainable"]
    if given.get("dtype") is not None:
        layer.__dict__["dtype_policy"] = policy_of(dtype_value(given["dtype"]))


def _stack_up(run: Interpreter, model: ProgramSequential, layers: Value) -> None:
    """Put the layers of a constructor's list on a stack, by the `add` that its class has."""
    items = [] if layers is None else run.iterate(layers)
    if isinstance(items, Unknown):
        run.gap("unknown", items.reason, items.span)
        add_unfollowed(model, items.reason)
        return
    for item in items:
        run.call(get_attribute(run, model, "add"), (item,), {"rebuild": False})
    if items:
        model.rebuild()


def add_weight(run: Interpreter, layer: Layer, *args: Value, **kwargs: Value) -> Value:
    """`self.add_weight(…)`, as Keras 3 and Keras 2 order its arguments."""
    run.effect()
    names = ["shape", "initializer", "dtype", "trainable"]
    if args and (isinstance(args[0], str) or args[0] is None):
        names = ["name", "shape", "dtype", "initializer"]
    given = {**dict(zip(names, args, strict=False)), **kwargs}
    shape = given.get("shape", ())
    name = given.get("name")
    if isinstance(shape, int):
        shape = (shape,)
    trainable = given.get("trainable", True)
    dims = weight_shape(run, shape)
    dtype = given.get("dtype")
    kept = layer.dtype if dtype is None else dtype_name(dtype_value(dtype))
    if isinstance(layer, ProgramObject) and dims is not None:
        label = name if isinstance(name, str) else "variable"
        layer.add_own_weight(
            Weight(label, dims, role=STATE, trainable=run.truth(trainable) is not False, dtype=kept)
        )
    elif isinstance(layer, ProgramObject):
        layer.incomplete = "a weight whose shape is not known"
    found = dims if dims is not None else Unranked("a weight whose shape is not known")
    # Within `call`, Keras hands out weights in the dtype that the layer computes in.
    return Tensor(found, layer.received_dtype(kept), of_weights=True)


def weight_shape(run: Interpreter, shape: Value) -> tuple[Dim, ...] | None:
    """The shape of a weight; an axis that is unknown makes an unknown dim."""
    if isinstance(shape, Unknown):
        return None
    items = run.iterate(shape)
    if isinstance(items, Unknown):
        return None
    dims: list[Dim] = []
    for item in items:
        if isinstance(item, Unknown):
            dims.append(unknown_dim(item.reason))
        elif item is None:
            dims.append(unknown_dim("a weight needs the length of an axis that is None"))
        elif isinstance(item, float) and item.is_integer():
            dims.append(int(item))
        elif isinstance(item, (int, Symbolic)):
            dims.append(item)
        else:
            dims.append(unknown_dim(f"a weight whose length is {describe(item)}"))
    return tuple(dims)


def build_model(run: Interpreter, layer: ProgramLayer, shape: Value) -> None:
    """`model.build(shape)`: a call on a tensor of that shape."""
    from shapecalc.frontends.python.construction import call_layer_value
    from shapecalc.layers.input import InputLayer

    shape = certain(run, shape)
    unknown = first_unknown([shape])
    if unknown is not None or not isinstance(shape, (tuple, list)):
        return
    nested = bool(shape) and isinstance(shape[0], (tuple, list))
    tensors = [
        Tensor(InputLayer(batch_shape=tuple(s)).__dict__["output_shape"])
        for s in (shape if nested else [shape])
    ]
    call_layer_value(run, layer, (tensors if nested else tensors[0],), {}, None)


def set_program_attribute(run: Interpreter, layer: ProgramObject, name: str, value: Value) -> None:
    """`layer.name = value`; Keras goes on tracking a layer that is replaced."""
    write = setter_of(layer.__dict__["cls"], name)
    if write is not None:
        run.call(BoundMethod(layer, write), (value,))
        return
    for variable in tracked_in(value, KerasVariable):
        weight = variable.weight()
        if id(variable) in layer.__dict__["_variables"]:
            continue
        layer.__dict__["_variables"][id(variable)] = variable
        if weight is None:
            layer.incomplete = "a variable whose shape is not known"
        else:
            layer.add_own_weight(weight)
    run.touch(layer.__dict__["attributes"])
    old = layer.__dict__["attributes"].get(name)
    if old is not None and next(tracked_in(old, Layer), None) is not None and old is not value:
        layer.__dict__["_replaced"].append(old)
    layer.__dict__["attributes"][name] = value
