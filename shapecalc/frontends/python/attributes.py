"""Attributes: reading and writing them, by the kind of value."""

from __future__ import annotations

from functools import partial
from typing import Any

from shapecalc.dims import Symbolic
from shapecalc.frontends.python.conditions import ATTRIBUTE, bare, derive
from shapecalc.frontends.python.derived import Derived, defines, program_class
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.modules import canonical
from shapecalc.frontends.python.partial_texts import PartialText
from shapecalc.frontends.python.program_values import (
    BoundMethod,
    Class,
    Descriptor,
    Function,
    Instance,
    Module,
    Super,
)
from shapecalc.frontends.python.recording import name_model
from shapecalc.frontends.python.values import (
    DataShape,
    LibraryName,
    LibraryObject,
    Native,
    NativeMethod,
    Raised,
    SomeLayer,
    Value,
    describe,
)
from shapecalc.graph.model import Network
from shapecalc.graph.tensor import Tensor
from shapecalc.layers.layer import Layer
from shapecalc.rules.unknown import Unknown

MAX_PATH = 200

_NATIVE = (str, bytes, list, dict, tuple, set, frozenset, int, float, range, Symbolic)


def get_attribute(run: Interpreter, value: Value, name: str) -> Value:
    """`value.name`.

    Raises:
        Raised: an AttributeError, where the value is known to have none of that name.
    """
    if isinstance(value, Unknown):
        return _of_unknown(value, name)
    if isinstance(value, LibraryName):
        return _of_library(value, name)
    if isinstance(value, Instance):
        return instance_attribute(run, value, value.cls, value.attributes, name)
    if isinstance(value, Class):
        return _of_class(run, value, name)
    if isinstance(value, Super):
        return _of_super(run, value, name)
    if isinstance(value, Module):
        from shapecalc.frontends.python.imports import missing

        return value.scope.names[name] if name in value.scope.names else missing(run, value, name)
    if isinstance(value, Function):
        return _of_function(run, value, name)
    if isinstance(value, LibraryObject) and name in value.attributes:
        return value.attributes[name]
    if isinstance(value, Layer) and "cls" in value.__dict__:
        from shapecalc.frontends.python.program_layers import program_attribute

        return program_attribute(run, value, name)  # type: ignore[arg-type]
    if isinstance(value, (Layer, Tensor, LibraryObject, slice)):
        from shapecalc.frontends.python.library.dispatch import attribute_of

        return attribute_of(run, value, name)
    if isinstance(value, _NATIVE):
        return _of_builtin(run, value, name)
    if value is None:
        raise Raised("AttributeError", f"None has no attribute '{name}'")
    from shapecalc.frontends.python.library.dispatch import attribute_of

    return attribute_of(run, value, name)


def _of_builtin(run: Interpreter, value: Value, name: str) -> Value:
    """An attribute of a value of one of Python's own types, or of a class that derives from one."""
    cls = program_class(value)
    if cls is not None:
        return instance_attribute(run, value, cls, value.attributes, name)
    return NativeMethod(value, name)


_CHANGING_WEIGHTS = frozenset({"add_weight", "enable_lora", "quantize"})


def _of_unknown(value: Unknown, name: str) -> Value:
    if name == "shape":
        return DataShape(value)
    if isinstance(value, SomeLayer) and name in _CHANGING_WEIGHTS:
        value.doubt()
    if isinstance(value, PartialText) and name in ("startswith", "endswith"):
        return NativeMethod(value, name)
    return derive(ATTRIBUTE, value, name)


def _of_function(run: Interpreter, value: Function, name: str) -> Value:
    if name in value.attributes:
        return value.attributes[name]
    if name in ("__name__", "__qualname__"):
        return value.name
    if name == "__module__":
        return value.scope.module.names.get("__name__", "__main__")
    return run.unknown(f"the attribute `{name}` of a function")


def _of_library(value: LibraryName, name: str) -> Value:
    from shapecalc.frontends.python.library.registry import constant_of

    if len(value.path) > MAX_PATH:
        return Unknown("an attribute of an attribute of … of a library")
    if name in ("__name__", "__qualname__"):
        from shapecalc.frontends.python.classes import name_of_class

        word = name_of_class(value)
        if word is not None:
            return word
    path = canonical(f"{value.path}.{name}")
    return constant_of(path, LibraryName(path))


def instance_attribute(
    run: Interpreter, receiver: Value, cls: Class, attributes: dict[str, Value], name: str
) -> Value:
    """An attribute of an object of a class of the program."""
    found = cls.lookup(name)
    member = None if found is None else found[0]
    if isinstance(member, Descriptor) and member.kind == "property":
        return run.call(BoundMethod(receiver, member.function))
    if name in attributes:
        return attributes[name]
    if isinstance(member, Descriptor) and member.kind == "cached_property":
        run.touch(attributes)
        attributes[name] = run.call(BoundMethod(receiver, member.function))
        return attributes[name]
    if defines(member, "__get__"):
        return run.call(run.attribute(member, "__get__"), (receiver, cls))
    if found is not None:
        return bind_to(receiver, cls, member)
    if name == "__class__":
        return cls
    if name == "__dict__":
        return attributes
    if isinstance(receiver, Derived) and hasattr(type(receiver), name):
        return NativeMethod(receiver, name)
    getter = cls.lookup("__getattr__")
    if getter is not None:
        return run.call(BoundMethod(receiver, getter[0]), (name,))
    inherited = cls.unfollowed()
    if inherited is not None:
        return run.unknown(f"the attribute `{name}`, which {inherited} may define")
    raise Raised("AttributeError", f"'{cls.name}' object has no attribute '{name}'")


def bind_to(receiver: Value, cls: Class, member: Value) -> Value:
    """What a class member is when it is read through an object."""
    if isinstance(member, Function):
        return BoundMethod(receiver, member)
    if isinstance(member, Native) and member.is_method:
        return Native(member.name, partial(member.call, receiver))
    if isinstance(member, Descriptor):
        if member.kind == "classmethod":
            return BoundMethod(cls, member.function)
        return member.function
    return member


def _of_class(run: Interpreter, cls: Class, name: str) -> Value:
    found = cls.lookup(name)
    if found is None:
        if name in ("__name__", "__qualname__"):
            return cls.name
        if cls.unfollowed() is not None:
            return run.unknown(f"the attribute `{name}` of {cls.name}")
        raise Raised("AttributeError", f"type object '{cls.name}' has no attribute '{name}'")
    member = found[0]
    if isinstance(member, Descriptor) and member.kind == "classmethod":
        return BoundMethod(cls, member.function)
    if isinstance(member, Descriptor):
        return member.function
    return member


def _of_super(run: Interpreter, value: Super, name: str) -> Value:
    receiver = value.receiver
    cls: Any = receiver if isinstance(receiver, Class) else getattr(receiver, "cls", None)
    if isinstance(receiver, Layer):
        cls = receiver.__dict__.get("cls")
    if isinstance(cls, Class) and value.after in cls.mro:
        found = cls.lookup(name, after=value.after)
        if found is not None:
            if isinstance(found[0], Descriptor) and found[0].kind == "property":
                return run.call(BoundMethod(receiver, found[0].function))
            return bind_to(receiver, cls, found[0])
    if isinstance(value.after, LibraryName) and name == "__init__":
        from shapecalc.frontends.python.program_layers import ProgramObject
        from shapecalc.frontends.python.subclassing import initialize_behind

        if isinstance(receiver, ProgramObject):
            return Native(name, partial(initialize_behind, run, receiver))
    from shapecalc.frontends.python.library.dispatch import super_attribute

    return super_attribute(run, receiver, name)


def setter_of(cls: Class, name: str) -> Value:
    """What writes a property of a class; None where `name` is none, or has nothing that does."""
    found = cls.lookup(name)
    member = None if found is None else found[0]
    return member.setter if isinstance(member, Descriptor) else None


def set_attribute(run: Interpreter, value: Value, name: str, new: Value) -> None:
    """`value.name = new`."""
    if isinstance(new, Network):
        name_model(run, new, name)
    if isinstance(value, SomeLayer) and name == "trainable":
        value.doubt()
    if isinstance(value, Unknown):
        run.assumptions.forget_parts()
    elif program_class(value) is not None:
        _set_on_object(run, value, name, new)
    elif isinstance(value, Class):
        run.touch(value.namespace)
        value.namespace[name] = new
    elif isinstance(value, Layer) and "cls" in value.__dict__ and name != "trainable":
        from shapecalc.frontends.python.subclassing import set_program_attribute

        set_program_attribute(run, value, name, new)  # type: ignore[arg-type]
    elif isinstance(value, Layer):
        from shapecalc.frontends.python.construction import set_layer_attribute

        set_layer_attribute(run, value, name, new)
    elif isinstance(value, Module):
        run.touch(value.scope.names)
        value.scope.names[name] = new
    elif isinstance(value, (LibraryObject, Function)):
        run.touch(value.attributes)
        value.attributes[name] = new


def _set_on_object(run: Interpreter, value: Value, name: str, new: Value) -> None:
    """`value.name = new` for an object of a class of the program."""
    found = value.cls.lookup("__setattr__")
    if found is not None:
        run.call(BoundMethod(value, found[0]), (name, new))
        return
    set_as_object_does(run, value, name, new)


def set_as_object_does(run: Interpreter, value: Value, name: str, new: Value) -> None:
    """`object.__setattr__(value, name, new)` for an object of a class of the program."""
    write = setter_of(value.cls, name)
    if write is not None:
        run.call(BoundMethod(value, write), (new,))
        return
    found = value.cls.lookup(name)
    if found is not None and defines(found[0], "__set__"):
        run.call(run.attribute(found[0], "__set__"), (value, new))
        return
    if name == "__dict__" and isinstance(new, dict):
        # `self.__dict__ = self` of a dict whose keys are attributes too.
        value.attributes = new
        return
    if found is not None and isinstance(found[0], Unknown):
        # It may be a property of the class, which makes of it what it likes.
        new = bare(found[0])
    run.touch(value.attributes)
    value.attributes[name] = new


__all__ = ["bind_to", "describe", "get_attribute", "instance_attribute", "set_attribute"]
