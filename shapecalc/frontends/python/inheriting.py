"""Layers of the program that derive from one of Keras's: that one does what they don't replace.

Such a layer keeps a layer of Keras's own, which has its arguments. Where the program's class has
no `call`, and where it hands on to `super().call`, that one is called.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from shapecalc.frontends.python.certainty import certain_arguments
from shapecalc.frontends.python.convolving import (
    CONVOLUTION,
    convolution_of,
    convolve,
    is_convolution,
    replaces_convolution,
)
from shapecalc.frontends.python.dtypes import dtype_value
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.values import Value
from shapecalc.graph.tensor import Tensor, call_layer, tensors_of
from shapecalc.layers.layer import Layer
from shapecalc.rules.refusal import Refusal
from shapecalc.rules.unknown import UndecidedError, Unknown


def rule_behind(base: str) -> type[Layer] | None:
    """The rule of the Keras layer that a class derives from; None for the bases of all layers."""
    from shapecalc.layers import rule_for

    return rule_for(base) if base.startswith("keras.layers.") else None


def keep(run: Interpreter, layer: Any, args: tuple[Value, ...], kwargs: dict[str, Value]) -> None:
    """Make the layer of Keras's own that a layer of the program starts from.

    Args:
        run: the run.
        layer: the layer of the program.
        args: what `super().__init__` is given by position.
        kwargs: what it is given by name.
    """
    rule = rule_behind(layer.__dict__["base"])
    if rule is None:
        return
    kwargs = {**kwargs, "name": layer.name}
    args, kwargs = certain_arguments(run, rule, args, kwargs, {})
    if "dtype" in kwargs:
        kwargs["dtype"] = dtype_value(kwargs["dtype"])
    try:
        args, kwargs = rule.from_keras_1(args, kwargs)
        kept = _made(rule, args, kwargs, layer.__dict__["cls"].lookup("build") is not None)
    except UndecidedError as undecided:
        layer.incomplete = undecided.unknown.reason
    except Refusal as refusal:
        run.refuse(refusal, run.here(), subject=rule.__name__)
        layer.incomplete = f"{rule.__name__} is refused"
    else:
        kept.__dict__["span"] = layer.__dict__["span"]
        layer.__dict__["kept"] = kept
        layer.__dict__["input_shape_argument"] = kept.__dict__["input_shape_argument"]


def _made(
    rule: type[Layer], args: tuple[Value, ...], kwargs: dict[str, Value], builds: bool
) -> Layer:
    """The layer of a rule; one that makes its own weights may leave out what the rule's need.

    Raises:
        Refusal: Keras would refuse the arguments.
        UndecidedError: they are not known.
    """
    try:
        return rule(*args, **kwargs)
    except Refusal as refusal:
        word = refusal.argument
        if not builds or word is None or kwargs.get(word, word) is not None:
            raise
        return rule(*args, **{**kwargs, word: Unknown(f"`{word}` is None")})


def kept_by(layer: Layer) -> Layer | None:
    """The layer of Keras's own that a layer of the program starts from, or None."""
    kept: Layer | None = layer.__dict__.get("kept")
    return kept


def build_kept(layer: Layer, shape: Value) -> None:
    """Give the layer of Keras's own its weights, for inputs of a shape."""
    kept = kept_by(layer)
    if kept is None or kept.weights is not None or not isinstance(shape, tuple):
        return
    try:
        kept.build_with(kept.facts(shape))
    except UndecidedError as undecided:
        layer.incomplete = undecided.unknown.reason
    except (Refusal, TypeError, ValueError):
        # It is told where the layer is called; a shape that the program makes up may be anything.
        return


def call_kept(
    run: Interpreter, layer: Layer, args: tuple[Value, ...], kwargs: dict[str, Value]
) -> Value:
    """What the layer of Keras's own makes of the inputs."""
    kept = kept_by(layer)
    if kept is None or not args or next(tensors_of((args, kwargs)), None) is None:
        return run.unknown("the inherited `call`")
    if replaces_convolution(layer, kept):
        build_kept(layer, args[0].shape if isinstance(args[0], Tensor) else None)
        return convolve(run, layer, kept, args[0], partial(inherited_attribute, layer))
    return call_layer(kept, args, kwargs, span=run.here())


def inherited_attribute(layer: Layer, name: str) -> Value:
    """An argument, a weight or a step of the layer of Keras's own; None if it has none such."""
    from shapecalc.frontends.python.library.dispatch import argument_value

    kept = kept_by(layer)
    if kept is None:
        return None
    if name == CONVOLUTION and is_convolution(kept):
        return convolution_of(layer.__dict__["run"], kept)
    if name in kept.arguments:
        return argument_value(kept, name)
    for weight in kept.weights or ():
        if weight.name == name:
            return Tensor(weight.shape, weight.dtype or "float32", of_weights=True)
    return None
