"""What older programs ask of `keras.backend` that is no arithmetic."""

from __future__ import annotations

from typing import Any

from shapecalc.frontends.python.calls import call_value
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.registry import models
from shapecalc.frontends.python.program_values import BoundMethod, Function
from shapecalc.frontends.python.values import Native, Value
from shapecalc.graph.tensor import Tensor, map_tensors
from shapecalc.rules.unknown import Unknown

LIBRARIES = ("keras.backend", "keras.config")


@models("keras.backend.epsilon", "keras.config.epsilon", "keras.backend.set_epsilon",
        "keras.config.set_epsilon", unknowns=True)  # fmt: skip
def epsilon(value: Value = 1e-7) -> Value:
    return value


@models("keras.backend.learning_phase", "keras.backend.set_learning_phase",
        "keras.backend.manual_variable_initialization", "keras.backend.get_session",
        "keras.backend.set_session", "keras.backend.set_value", "keras.backend.get_uid",
        unknowns=True)  # fmt: skip
def state_of_a_run(run: Interpreter, *args: Value, **kwargs: Value) -> Value:
    return run.unknown("what is only known when the program runs")


@models("keras.backend.in_train_phase", unknowns=True)
def in_train_phase(
    run: Interpreter, x: Value, alt: Value, training: Value = None, *, node: Any = None
) -> Value:
    """One of two values that are alike: what is seen in training."""
    return _made(run, alt if run.truth(training) is False else x)


@models("keras.backend.in_test_phase", unknowns=True)
def in_test_phase(
    run: Interpreter, x: Value, alt: Value, training: Value = None, *, node: Any = None
) -> Value:
    """One of two values that are alike: what is seen in use."""
    return _made(run, x)


def _made(run: Interpreter, value: Value) -> Value:
    """A value, or what the function makes that stands for it."""
    is_function = isinstance(value, (Function, BoundMethod, Native))
    return call_value(run, value, (), {}, None) if is_function else value


@models("keras.backend.is_sparse", unknowns=True)
def is_sparse(run: Interpreter, x: Value) -> Value:
    return False if isinstance(x, Tensor) else run.unknown("whether a value is sparse")


@models("keras.backend.cast_to_floatx", "keras.backend.print_tensor", unknowns=True)
def same_value(x: Value, *args: Value, **kwargs: Value) -> Value:
    return x


@models("keras.backend.function", unknowns=True)
def function(
    run: Interpreter, inputs: Value, outputs: Value = None, *args: Value, **kwargs: Value
) -> Value:
    """A function of arrays that computes what a network makes of them."""

    def compute(*arrays: Value, **options: Value) -> Value:
        if isinstance(outputs, Unknown):
            return Unknown(outputs.reason, outputs.span)
        return map_tensors(lambda tensor: Tensor(tensor.shape, tensor.dtype), outputs)

    return Native("keras.backend.function", compute)
