"""Attributes: reading and writing them, by the kind of value."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import Symbolic
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.modules import canonical
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
        if name in value.attributes:
            return value.attributes[name]
        if name in ("__name__", "__qualname__"):
            return value.name
        return run.unknown(f"the attribute `{name}` of a function")
    if isinstance(value, LibraryObject) and name in value.attributes:
        return value.attributes[name]
    if isinstance(value, Layer) and "cls" in value.__dict__:
        from shapecalc.frontends.python.program_layers import program_attribute

        return program_attribute(run, value, name)  # type: ignore[arg-type]
    if isinstance(value, (Layer, Tensor, LibraryObject, slice)):
        from shapecalc.frontends.python.library.dispatch import attribute_of

        return attribute_of(run, value, name)
    if isinstance(value, _NATIVE):
        return NativeMethod(value, name)
    if value is None:
        raise Raised("AttributeError", f"None has no attribute '{name}'")
    from shapecalc.frontends.python.library.dispatch import attribute_of

    return attribute_of(run, value, name)


_CHANGING_WEIGHTS = frozenset({"add_weight", "enable_lora", "quantize"})


def _of_unknown(value: Unknown, name: str) -> Value:
    if name == "shape":
        return DataShape(value)
    if isinstance(value, SomeLayer) and name in _CHANGING_WEIGHTS:
        value.doubt()
    return Unknown(value.reason, value.span)


def _of_library(value: LibraryName, name: str) -> Value:
    from shapecalc.frontends.python.library.registry import constant_of

    if len(value.path) > MAX_PATH:
        return Unknown("an attribute of an attribute of … of a library")
    path = canonical(f"{value.path}.{name}")
    return constant_of(path, LibraryName(path))


def instance_attribute(
    run: Interpreter, receiver: Value, cls: Class, attributes: dict[str, Value], name: str
) -> Value:
    """An attribute of an object of a class of the program."""
    found = cls.lookup(name)
    if found is not None and isinstance(found[0], Descriptor) and found[0].kind == "property":
        return run.call(BoundMethod(receiver, found[0].function))
    if name in attributes:
        return attributes[name]
    if found is not None:
        return bind_to(receiver, cls, found[0])
    if name == "__class__":
        return cls
    if name == "__dict__":
        return attributes
    getter = cls.lookup("__getattr__")
    if getter is not None:
        return run.call(BoundMethod(receiver, getter[0]), (name,))
    if cls.library_bases() and cls.library_bases() != ["object"]:
        return run.unknown(f"the attribute `{name}`, which {cls.library_bases()[0]} may define")
    raise Raised("AttributeError", f"'{cls.name}' object has no attribute '{name}'")


def bind_to(receiver: Value, cls: Class, member: Value) -> Value:
    """What a class member is when it is read through an object."""
    if isinstance(member, Function):
        return BoundMethod(receiver, member)
    if isinstance(member, Native) and member.name == "__init__":
        return Native("__init__", lambda *a, **k: member.call(receiver, *a, **k))
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
        if any(b != "object" for b in cls.library_bases()):
            return run.unknown(f"the attribute `{name}` of {cls.name}")
        raise Raised("AttributeError", f"type object '{cls.name}' has no attribute '{name}'")
    member = found[0]
    if _is_enum_member(cls, name, member):
        from shapecalc.frontends.python.library.data_classes import enum_value

        return enum_value(cls, name, member)
    if isinstance(member, Descriptor) and member.kind == "classmethod":
        return BoundMethod(cls, member.function)
    if isinstance(member, Descriptor):
        return member.function
    return member


def _is_enum_member(cls: Class, name: str, member: Value) -> bool:
    """Whether a class attribute is a member of an enumeration, an object with name and value."""
    enums = ("enum.Enum", "enum.Flag")
    plain = isinstance(member, (int, float, str, tuple)) and not name.startswith("_")
    return plain and any(base in enums for base in cls.library_bases())


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
    from shapecalc.frontends.python.library.dispatch import super_attribute

    return super_attribute(run, receiver, name)


def set_attribute(run: Interpreter, value: Value, name: str, new: Value) -> None:
    """`value.name = new`."""
    if isinstance(new, Network):
        name_model(run, new, name)
    if isinstance(value, SomeLayer) and name == "trainable":
        value.doubt()
    if isinstance(value, Instance):
        found = value.cls.lookup("__setattr__")
        if found is not None and isinstance(found[0], Function):
            run.call(BoundMethod(value, found[0]), (name, new))
            return
        setter = value.cls.lookup(name)
        if setter is not None and isinstance(setter[0], Descriptor):
            write = getattr(setter[0], "setter", None)
            if write is not None:
                run.call(BoundMethod(value, write), (new,))
                return
        run.touch(value.attributes)
        value.attributes[name] = new
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


__all__ = ["bind_to", "describe", "get_attribute", "instance_attribute", "set_attribute"]
