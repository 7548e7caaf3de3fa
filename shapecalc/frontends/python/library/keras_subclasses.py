"""Classes of the program that derive from Keras's layers and models: what they inherit."""

from __future__ import annotations

from typing import Any

from shapecalc.frontends.python.inheriting import build_kept, call_kept
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.registry import methods, models
from shapecalc.frontends.python.program_layers import ProgramLayer, ProgramObject
from shapecalc.frontends.python.program_values import Class
from shapecalc.frontends.python.subclassing import (
    add_weight,
    build_model,
    initialize,
    make_program_layer,
    set_program_attribute,
)
from shapecalc.frontends.python.values import Value
from shapecalc.layers.layer import Layer

LIBRARIES = ("subclass of keras",)


@models(
    "subclass of keras.layers.Layer",
    "subclass of keras.layers.Wrapper",
    "subclass of keras.models.Model",
    "subclass of keras.models.Sequential",
    unknowns=True,
)
def program_layer(
    run: Interpreter,
    cls: Class,
    base: str,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    node: Any,
) -> Value:
    return make_program_layer(run, cls, base, args, kwargs, node)


@methods(ProgramObject, "super.__init__", unknowns=True)
def super_init(run: Interpreter, layer: ProgramObject, /, *args: Value, **kwargs: Value) -> None:
    initialize(run, layer, *args, **kwargs)


@methods(ProgramLayer, "super.build", unknowns=True)
def super_build(run: Interpreter, layer: ProgramLayer, /, *args: Value, **kwargs: Value) -> None:
    build_kept(layer, args[0] if args else kwargs.get("input_shape"))
    return


@methods(ProgramObject, "super.call", unknowns=True)
def super_call(run: Interpreter, layer: ProgramObject, /, *args: Value, **kwargs: Value) -> Value:
    return call_kept(run, layer, args, kwargs)


@methods(ProgramObject, "super.__call__", unknowns=True)
def super_dunder_call(
    run: Interpreter, layer: ProgramObject, /, *args: Value, **kwargs: Value
) -> Value:
    return run.call(layer, args, kwargs)


@methods(ProgramObject, "super.__setattr__", unknowns=True)
def super_setattr(run: Interpreter, layer: ProgramObject, name: str, value: Value) -> None:
    set_program_attribute(run, layer, name, value)


@methods(ProgramObject, "super.get_config", unknowns=True)
def super_get_config(layer: ProgramObject) -> Value:
    return {"name": layer.name, "trainable": layer.trainable, "dtype": layer.dtype_policy.name}


@methods(Layer, "add_weight", "add_variable", unknowns=True)
def layer_add_weight(run: Interpreter, layer: Layer, *args: Value, **kwargs: Value) -> Value:
    return add_weight(run, layer, *args, **kwargs)


@methods(ProgramLayer, "build", unknowns=True)
def program_build(run: Interpreter, layer: ProgramLayer, shape: Value = None) -> None:
    build_model(run, layer, shape)
