"""What is known of a value that goes into a layer or a model.

A name of a library that is not modelled, or an object of one, may be anything: a rule that took it
for what it looks like here would refuse what Keras accepts.
"""

from __future__ import annotations

from typing import Any

from shapecalc.dims import Shape
from shapecalc.frontends.python.call_arguments import map_arguments
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.program_values import Class, Instance, Module
from shapecalc.frontends.python.values import (
    LibraryName,
    LibraryObject,
    Native,
    NativeMethod,
    Value,
    definite,
    describe,
    may_be_anything,
    rest_of,
)
from shapecalc.graph.model import Network
from shapecalc.graph.sequential import Sequential
from shapecalc.graph.tensor import Tensor
from shapecalc.layers.layer import Layer
from shapecalc.rules import argument
from shapecalc.rules.facts import Facts
from shapecalc.rules.session import current_session
from shapecalc.rules.unknown import UndecidedError, Unknown, Unranked
from shapecalc.source import Span


class Unfollowed(Layer):
    """Stands in a stack for what could not be followed: nothing behind it has a sure shape."""

    class_name = "?"
    reason = argument.inert("")

    def infer(self, x: Shape) -> Facts:
        """Nothing is known.

        Raises:
            UndecidedError: always.
        """
        raise UndecidedError(Unknown(str(self.reason)))

    @classmethod
    def _automatic_name(cls) -> str:
        return current_session().unique_name("unknown")


def add_unfollowed(model: Network, reason: str, span: Span | None = None) -> None:
    """Say that layers are missing from a model's end, which could not be followed.

    Args:
        model: the model.
        reason: why.
        span: where the program adds them, if that is known.
    """
    if isinstance(model, Sequential):
        layer = Unfollowed(reason=reason)
        layer.__dict__["span"] = span
        model.add(layer)
    else:
        model.incomplete = model.incomplete or reason


def is_incomplete(model: Network) -> bool:
    """Whether a model may have layers that are not known."""
    return model.incomplete is not None or any(
        isinstance(layer, Unfollowed) for layer in model.layers
    )


_OPAQUE = (LibraryName, LibraryObject, Instance, Module, Native, NativeMethod)
_MAX_DEPTH = 8


def certain(run: Interpreter, value: Value, span: Span | None = None, depth: int = 0) -> Value:
    """A value with an unknown in place of each part that only a library knows."""
    if may_be_anything(value):
        return definite(value, span or run.here())
    if isinstance(value, _OPAQUE) and not _is_layer_class(value):
        return Unknown(f"the value of {_words(value)}", span or run.here())
    if _is_unexplained(value):
        return Unknown(value.shape.reason, span or run.here())
    if _is_number_of_data(value):
        return Unknown("a number that only the data knows", span or run.here())
    if type(value) is dict and len(value) <= 1000:
        rest = rest_of(value)
        if rest is not None:
            return Unknown(rest.reason, rest.span)
        known = {k: certain(run, part, span, depth + 1) for k, part in value.items()}
        return value if all(known[k] is part for k, part in value.items()) else known
    if depth < _MAX_DEPTH and type(value) in (list, tuple) and len(value) <= 1000:
        parts = [certain(run, part, span, depth + 1) for part in value]
        if any(a is not b for a, b in zip(parts, value, strict=True)):
            return type(value)(parts)
    return value


def _is_unexplained(value: Value) -> bool:
    """Whether a value is what a function yields that is not modelled: a tensor, or anything."""
    data = isinstance(value, Tensor) and not value.symbolic
    return data and isinstance(value.shape, Unranked)


def _is_number_of_data(value: Value) -> bool:
    return isinstance(value, Tensor) and not value.symbolic and value.shape == ()


def _is_layer_class(value: Value) -> bool:
    """Whether a value is a class of layers, which is none of what a rule takes."""
    if not isinstance(value, LibraryName):
        return False
    from shapecalc.layers import rule_for

    return rule_for(value.path) is not None


def _words(value: Any) -> str:
    return value.path if isinstance(value, (LibraryName, LibraryObject)) else describe(value)


def certain_arguments(
    run: Interpreter,
    rule: type[Layer],
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    spans: dict[str, Span],
) -> tuple[tuple[Value, ...], dict[str, Value]]:
    """The arguments of a layer; activations and the like may stay what they are."""

    def looked_at(name: str, value: Value) -> Value:
        argument = rule.arguments.get(rule.older.get(name, name))
        looked_into = name in _SAID_BY_VALUE or (argument is not None and argument.bears)
        if looked_into or _is_unexplained(value) or _is_number_of_data(value):
            return certain(run, value, spans.get(name))
        return definite(value)

    return map_arguments(rule, args, kwargs, looked_at)


# Arguments of every layer whose value is looked at.
_SAID_BY_VALUE = frozenset(
    {"name", "trainable", "input_shape", "input_dim", "batch_input_shape", "input_length"}
)


def surely_no_layer(value: Value) -> bool:
    """Whether Keras would refuse a value where a layer is needed."""
    if isinstance(value, LibraryName):
        return _is_layer_class(value)
    if isinstance(value, Instance):
        return all(base == "object" for base in value.cls.library_bases())
    if isinstance(value, Class):
        return True
    return not isinstance(value, _OPAQUE)


def surely_no_tensor(value: Value) -> bool:
    """Whether Keras would refuse a value where tensors are needed."""
    if isinstance(value, (list, tuple)):
        return all(surely_no_tensor(v) for v in value)
    if isinstance(value, dict):
        return all(surely_no_tensor(v) for v in value.values())
    return not isinstance(value, (*_OPAQUE, Unknown))
