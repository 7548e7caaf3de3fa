"""Python's functions that ask what a value is, and that reach its attributes by name."""

from __future__ import annotations

from shapecalc.dims import Symbolic
from shapecalc.frontends.python.classes import class_of
from shapecalc.frontends.python.conditions import derive
from shapecalc.frontends.python.derived import program_class
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.registry import CONSTANTS, methods, models
from shapecalc.frontends.python.program_values import (
    BoundMethod,
    Class,
    Descriptor,
    Function,
    Instance,
)
from shapecalc.frontends.python.values import (
    LibraryName,
    LibraryObject,
    Native,
    NativeMethod,
    Raised,
    Value,
    describe,
)
from shapecalc.graph.tensor import Tensor
from shapecalc.layers.layer import Layer
from shapecalc.rules.unknown import Unknown

LIBRARIES = ("", "object")

CONSTANTS["__name__"] = "__main__"


@models("isinstance", unknowns=True)
def isinstance_(run: Interpreter, value: Value, types: Value) -> Value:
    if isinstance(value, Unknown) or isinstance(types, Unknown):
        return derive("isinstance", value, types)
    options = types if isinstance(types, tuple) else (types,)
    answers = [_is_a(value, option) for option in options]
    if True in answers:
        return True
    return run.unknown("the type of a value") if None in answers else False


_PYTHON_TYPES = {
    "int": int, "float": float, "str": str, "bool": bool, "list": list, "tuple": tuple,
    "dict": dict, "set": set, "bytes": bytes, "frozenset": frozenset, "range": range,
    "complex": complex, "slice": slice,
}  # fmt: skip


def _is_a(value: Value, option: Value) -> bool | None:
    if isinstance(option, Class):
        cls = getattr(value, "cls", None) or value.__dict__.get("cls") if hasattr(
            value, "__dict__") or hasattr(value, "cls") else None  # fmt: skip
        return isinstance(cls, Class) and option in cls.mro
    if not isinstance(option, LibraryName):
        return None
    if option.path in _PYTHON_TYPES:
        if isinstance(value, Symbolic):
            return option.path == "int"
        return isinstance(value, _PYTHON_TYPES[option.path])
    if option.path == "object":
        return True
    if option.path.startswith(_ABSTRACT):
        return _is_of_kind(value, option.path.rpartition(".")[2])
    if isinstance(value, Layer):
        return _is_layer_of(value, option.path)
    if isinstance(value, (int, float, str, bool, list, tuple, dict, type(None))):
        return False
    if isinstance(value, Tensor):
        return "Tensor" in option.path or None
    if isinstance(value, LibraryObject):
        return True if value.path == option.path else None
    return None


_ABSTRACT = ("collections.abc.", "collections.Iterable", "collections.Sequence", "typing.")


def _is_of_kind(value: Value, kind: str) -> bool | None:
    """Whether one of Python's own values has what an abstract class of Python asks for."""
    if not isinstance(value, (type(None), int, float, str, *_PYTHON_TYPES.values())):
        return True if kind == "Callable" and isinstance(value, (Function, Class)) else None
    from collections import abc

    wanted = getattr(
        abc, {"List": "MutableSequence", "Dict": "MutableMapping"}.get(kind, kind), None
    )
    return isinstance(value, wanted) if isinstance(wanted, type) else None


def _is_layer_of(value: Layer, path: str) -> bool | None:
    from shapecalc.graph.model import Network
    from shapecalc.layers import rule_for

    if path in ("keras.layers.Layer", "keras.Operation"):
        return True
    if path == "keras.models.Model":
        return isinstance(value, Network)
    if path == "keras.models.Sequential":
        return getattr(value, "kind", "") == "sequential"
    rule = rule_for(path)
    if rule is None:
        return None
    return isinstance(value, rule) or isinstance(value.__dict__.get("kept"), rule)


@models("issubclass", unknowns=True)
def issubclass_(run: Interpreter, cls: Value, option: Value) -> Value:
    if isinstance(cls, Class) and isinstance(option, (Class, LibraryName)):
        return option in cls.mro
    return run.unknown("whether a class derives from another")


@models("callable", unknowns=True)
def callable_(run: Interpreter, value: Value) -> Value:
    if isinstance(value, Unknown):
        return derive("callable", value)
    if isinstance(value, Instance):
        return value.cls.lookup("__call__") is not None
    return isinstance(
        value, (Function, Class, LibraryName, Layer, NativeMethod, BoundMethod, Native)
    )


@models("type", unknowns=True)
def type_(run: Interpreter, value: Value, *rest: Value) -> Value:
    cls = None if rest else class_of(value)
    return run.unknown(f"the type of {describe(value)}") if cls is None else cls


@models("getattr", unknowns=True)
def getattr_(run: Interpreter, value: Value, name: Value, *default: Value) -> Value:
    if not isinstance(name, str):
        return run.unknown("an attribute of an unknown name")
    try:
        return run.attribute(value, name)
    except Raised as raised:
        if default and raised.kind == "AttributeError":
            return default[0]
        raise


@models("hasattr", unknowns=True)
def hasattr_(run: Interpreter, value: Value, name: Value) -> Value:
    if not isinstance(name, str):
        return run.unknown("an attribute of an unknown name")
    if isinstance(value, (list, tuple, str, int, float, dict, set)):
        return hasattr(value, name)
    try:
        result = run.attribute(value, name)
    except Raised:
        return False
    return derive("hasattr", value, name) if isinstance(result, Unknown) else True


@models("setattr", unknowns=True)
def setattr_(run: Interpreter, value: Value, name: Value, new: Value) -> Value:
    from shapecalc.frontends.python.attributes import set_attribute

    if isinstance(name, str):
        set_attribute(run, value, name, new)
    return None


@models("object.__setattr__", unknowns=True)
def set_as_object(run: Interpreter, value: Value, name: Value, new: Value) -> None:
    from shapecalc.frontends.python.attributes import set_as_object_does, set_attribute

    if isinstance(name, str):
        (set_attribute if program_class(value) is None else set_as_object_does)(
            run, value, name, new
        )


@models("property", unknowns=True)
def property_(fget: Value = None, fset: Value = None, *rest: Value, **kwargs: Value) -> Value:
    return Descriptor("property", fget, fset)


@methods(Descriptor, "setter", unknowns=True)
def property_setter(value: Descriptor, function: Value) -> Value:
    return Descriptor(value.kind, value.function, function)


@methods(Descriptor, "getter", unknowns=True)
def property_getter(value: Descriptor, function: Value) -> Value:
    return Descriptor(value.kind, function, value.setter)


@methods(Descriptor, "deleter", unknowns=True)
def property_deleter(value: Descriptor, function: Value) -> Value:
    return value


@models("staticmethod", unknowns=True)
def staticmethod_(run: Interpreter, function: Value) -> Value:
    return Descriptor("staticmethod", function)


@models("classmethod", unknowns=True)
def classmethod_(run: Interpreter, function: Value) -> Value:
    return Descriptor("classmethod", function)
