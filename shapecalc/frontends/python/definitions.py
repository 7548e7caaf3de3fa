"""Definitions of functions and classes: decorators, and what Python does when a class is made."""

from __future__ import annotations

import ast

from shapecalc.frontends.python.derived import defines
from shapecalc.frontends.python.environment import Scope
from shapecalc.frontends.python.expressions import make_function
from shapecalc.frontends.python.frames import Frame
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.dispatch import define_class
from shapecalc.frontends.python.nodes import statement
from shapecalc.frontends.python.program_values import BoundMethod, Class, Descriptor, Function
from shapecalc.frontends.python.values import LibraryObject, Value
from shapecalc.rules.unknown import Unknown


@statement(ast.FunctionDef, ast.AsyncFunctionDef)
def function_definition(run: Interpreter, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
    value: Value = make_function(run, node)
    for decorator in reversed(node.decorator_list):
        value = decorate(run, decorator, value)
    run.bind(node.name, value)


def decorate(run: Interpreter, node: ast.expr, value: Value) -> Value:
    """Apply a decorator; one that is unknown is looked through, and noted."""
    decorator = run.evaluate(node)
    result = decorator
    if not isinstance(decorator, (Unknown, LibraryObject)):
        result = run.call(decorator, (value,))
    if not isinstance(result, (Unknown, LibraryObject)):
        return result
    if isinstance(value, Function):
        value.looked_through = value.looked_through or run.span(node)
    return value


@statement(ast.ClassDef)
def class_definition(run: Interpreter, node: ast.ClassDef) -> None:
    bases = tuple(run.evaluate(b) for b in node.bases)
    scope = Scope(run.frame.scope, run.frame.scope.module, is_class=True)
    frame = Frame(scope, run.frame.function)
    with run.in_frame(frame):
        run.execute(node.body)
    cls = Class(node.name, bases, scope.names, node)
    for value in scope.names.values():
        own(value, cls)
    _finish_class(run, cls, node)
    result: Value = cls
    for decorator in reversed(node.decorator_list):
        result = decorate(run, decorator, result)
    run.bind(node.name, result)


def own(value: Value, cls: Class) -> None:
    """Tell a method which class defines it, for `super()`."""
    for function in (value, getattr(value, "function", None), getattr(value, "setter", None)):
        if isinstance(function, Function) and function.owner is None:
            function.owner = cls


# Metaclasses that change nothing of what a class has.
_PLAIN_METACLASSES = frozenset({"abc.ABCMeta", "enum.EnumMeta", "enum.EnumType", "type"})


def _finish_class(run: Interpreter, cls: Class, node: ast.ClassDef) -> None:
    """Do what Python and the bases do when a class's body has been run."""
    words = {k.arg: run.evaluate(k.value) for k in node.keywords if k.arg is not None}
    metaclass = words.pop("metaclass", None)
    if isinstance(metaclass, Class):
        cls.metaclass = metaclass
        if metaclass.lookup("__new__") or metaclass.lookup("__init__"):
            cls.altered = f"the metaclass {metaclass.name}"
    elif metaclass is not None and getattr(metaclass, "path", "") not in _PLAIN_METACLASSES:
        cls.altered = "a metaclass"
    define_class(run, cls)
    for name, value in list(cls.namespace.items()):
        if defines(value, "__set_name__"):
            run.call(run.attribute(value, "__set_name__"), (cls, name))
    hook = cls.lookup("__init_subclass__", after=cls)
    if hook is not None:
        function = hook[0].function if isinstance(hook[0], Descriptor) else hook[0]
        run.call(BoundMethod(cls, function), (), words)
