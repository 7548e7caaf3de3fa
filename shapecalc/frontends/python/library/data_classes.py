"""`dataclasses` and `enum`."""

from __future__ import annotations

from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.containers import fill_record
from shapecalc.frontends.python.library.registry import models
from shapecalc.frontends.python.program_values import Class, Instance
from shapecalc.frontends.python.values import LibraryName, LibraryObject, Native, Value

LIBRARIES = ("dataclasses", "enum")


@models("dataclasses.dataclass", unknowns=True)
def dataclass(run: Interpreter, cls: Value = None, /, **options: Value) -> Value:
    if cls is None:
        return Native("dataclass", lambda inner: make_dataclass(run, inner))
    return make_dataclass(run, cls)


def make_dataclass(run: Interpreter, cls: Value) -> Value:
    """Give a class the constructor that its annotated fields describe."""
    if not isinstance(cls, Class):
        return cls
    fields: list[str] = []
    defaults: dict[str, Value] = {}
    for base in reversed(cls.mro):
        if not isinstance(base, Class):
            continue
        for name in base.namespace.get("__annotations__", {}):
            if name not in fields:
                fields.append(name)
            if name in base.namespace:
                defaults[name] = base.namespace[name]

    def initialize(instance: Instance, *args: Value, **kwargs: Value) -> None:
        own = {name: _default(run, value) for name, value in defaults.items()}
        fill_record(instance, fields, own, args, kwargs)
        if cls.lookup("__post_init__"):
            run.call(run.attribute(instance, "__post_init__"))

    if "__init__" not in cls.namespace:
        cls.namespace["__init__"] = Native("__init__", initialize)
    return cls


def _default(run: Interpreter, value: Value) -> Value:
    if isinstance(value, LibraryObject) and value.path == "dataclasses.field":
        if "default" in value.kwargs:
            return value.kwargs["default"]
        if "default_factory" in value.kwargs:
            return run.call(value.kwargs["default_factory"])
        return run.unknown("a field without a default")
    return value


@models("dataclasses.field", unknowns=True)
def field(**kwargs: Value) -> Value:
    return LibraryObject("dataclasses.field", (), kwargs)


@models("dataclasses.replace", unknowns=True)
def replace(run: Interpreter, value: Value, **changes: Value) -> Value:
    if not isinstance(value, Instance):
        return run.unknown("a changed copy")
    other = Instance(value.cls)
    other.attributes.update({**value.attributes, **changes})
    return other


@models("dataclasses.asdict", unknowns=True)
def asdict(run: Interpreter, value: Value) -> Value:
    return dict(value.attributes) if isinstance(value, Instance) else run.unknown("a dict")


@models("enum.auto", unknowns=True)
def auto(run: Interpreter) -> Value:
    return run.unknown("an automatic value")


@models("subclass of enum.Enum", "subclass of enum.IntEnum", "subclass of enum.StrEnum",
        unknowns=True)  # fmt: skip
def enum_member(
    run: Interpreter, cls: Class, base: str, args: tuple[Value, ...], *rest: Value
) -> Value:
    for name, value in cls.namespace.items():
        if args and not name.startswith("_") and value == args[0]:
            return enum_value(cls, name, value)
    return run.unknown(f"a member of {cls.name}")


def enum_value(cls: Class, name: str, value: Value) -> Value:
    """A member of an enumeration."""
    member = Instance(cls)
    member.attributes.update({"name": name, "value": value})
    return member


__all__ = ["LibraryName", "make_dataclass"]
