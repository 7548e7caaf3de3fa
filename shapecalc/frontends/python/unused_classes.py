"""Classes that the file makes no object of, and that make models in their methods."""

from __future__ import annotations

import ast
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from shapecalc.frontends.python.calls import instantiate
from shapecalc.frontends.python.control import Signal
from shapecalc.frontends.python.entry_points import arguments_for, defined_by
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.program_values import BoundMethod, Class, Function
from shapecalc.frontends.python.values import Raised, Value
from shapecalc.rules.unknown import UndecidedError

_MODELS = frozenset({"Model", "Sequential"})


def unused_classes(run: Interpreter) -> list[Class]:
    """The module's own classes, in order, that make models and of which nothing makes an object."""
    return [
        value
        for value in run.module.names.values()
        if isinstance(value, Class) and _is_own(run, value) and _methods(value)
    ]


def _is_own(run: Interpreter, cls: Class) -> bool:
    """Whether a class is of the module and unused; those of Keras's own kinds are layers."""
    if any(base.startswith("keras.") for base in cls.library_bases()):
        return False
    members = (getattr(value, "function", value) for value in cls.namespace.values())
    own = [member for member in members if isinstance(member, Function)]
    return bool(own) and all(
        function.scope.module is run.module and id(function.node) not in run.called
        for function in own
    )


def _methods(cls: Class) -> list[str]:
    """The methods that make models, by what they call."""
    return [
        name
        for name, value in cls.namespace.items()
        if isinstance(value, Function) and any(map(_makes_a_model, ast.walk(value.node)))
    ]


def _makes_a_model(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    called = node.func
    word = called.id if isinstance(called, ast.Name) else getattr(called, "attr", None)
    return word in _MODELS


def use(run: Interpreter, node: ast.AST, *, told: bool = False) -> Callable[[], Value]:
    """What makes an object of a class, and calls its methods that make models.

    Args:
        run: the run.
        node: defines the class.
        told: whether a caller tells what is None by default.

    Raises:
        LimitReached: the run has not come so far.
    """
    return partial(_use, run, defined_by(run, node), told=told)


def _use(run: Interpreter, cls: Class, *, told: bool) -> Value:
    """Make an object with parameters as variables, and call its methods that make models."""
    before = run.called
    run.called = set(before)
    try:
        initializer = cls.lookup("__init__")
        known = initializer is not None and isinstance(initializer[0], Function)
        args, kwargs = (
            arguments_for(initializer[0], skipped=True, told=told)  # type: ignore[index]
            if known
            else ((), {})
        )
        made = instantiate(run, cls, args, kwargs, None)
        for name in _methods(cls):
            _call(run, made, name, told=told)
    finally:
        run.called = before
    return made


def _call(run: Interpreter, made: Value, name: str, *, told: bool) -> None:
    """Call a method that the object's making has not called; what it lacks may come later."""
    with suppress(Raised, Signal, UndecidedError):
        method = run.attribute(made, name)
        bound = isinstance(method, BoundMethod)
        function = method.function if bound else method
        if isinstance(function, Function) and id(function.node) not in run.called:
            run.call(method, *arguments_for(function, skipped=bound, told=told))
