"""`collections`, `copy`, `dataclasses`, `enum`, `typing` and their like."""

from __future__ import annotations

import ast
from collections import Counter, OrderedDict, defaultdict
from typing import Any

from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.registry import (
    CONSTANTS,
    METHODS,
    Entry,
    methods,
    models,
)
from shapecalc.frontends.python.program_values import Class, Instance
from shapecalc.frontends.python.values import LibraryName, Native, Raised, Value
from shapecalc.rules.unknown import Unknown

LIBRARIES = ("collections", "copy", "typing")

CONSTANTS["typing.TYPE_CHECKING"] = False


class DefaultDict(dict[Any, Value]):
    """A dict with a default; `copy` keeps it."""

    default_factory: Value = None

    def copy(self) -> DefaultDict:
        """A shallow copy with the same default."""
        other = DefaultDict(self)
        other.default_factory = self.default_factory
        return other


@models("collections.defaultdict", unknowns=True)
def default_dict(run: Interpreter, factory: Value = None, *args: Value, **kwargs: Value) -> Value:
    result = DefaultDict()
    result.default_factory = factory
    for source in args:
        if isinstance(source, dict):
            result.update(source)
    result.update(kwargs)
    return result


@models("collections.OrderedDict", unknowns=True)
def ordered_dict(run: Interpreter, *args: Value, **kwargs: Value) -> Value:
    return run.call(LibraryName("dict"), args, kwargs)


@models("collections.deque", unknowns=True)
def deque(run: Interpreter, items: Value = (), maxlen: Value = None) -> Value:
    return run.iterate(items)


@models("collections.Counter", unknowns=True)
def counter(run: Interpreter, *args: Value) -> Value:
    return run.unknown("a count of what the data holds")


@models("collections.namedtuple", "typing.NamedTuple", unknowns=True)
def namedtuple(
    run: Interpreter, name: Value, fields: Value = (), *rest: Value, **kwargs: Value
) -> Value:
    if isinstance(fields, str):
        fields = fields.replace(",", " ").split()
    names = run.iterate(fields)
    if isinstance(names, Unknown):
        return names
    names = [n[0] if isinstance(n, tuple) else n for n in names]
    return record_class(run, str(name), names, dict.fromkeys(()))


def record_class(
    run: Interpreter, name: str, fields: list[str], defaults: dict[str, Value]
) -> Value:
    """A class whose objects hold the given fields."""
    node = ast.ClassDef(name=name, bases=[], keywords=[], body=[], decorator_list=[])
    cls = Class(name, (LibraryName("object"),), {}, node)

    def make(*args: Value, **kwargs: Value) -> Value:
        instance = Instance(cls)
        fill_record(instance, fields, defaults, args, kwargs)
        return instance

    return Native(name, make)


def fill_record(
    instance: Instance,
    fields: list[str],
    defaults: dict[str, Value],
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
) -> None:
    """Give an object its fields.

    Raises:
        Raised: a TypeError, where one is missing.
    """
    given = {**dict(zip(fields, args, strict=False)), **kwargs}
    for field in fields:
        if field in given:
            instance.attributes[field] = given[field]
        elif field in defaults:
            instance.attributes[field] = defaults[field]
        else:
            raise Raised("TypeError", f"{instance.cls.name}() needs the argument '{field}'")


@models("copy.copy", "copy.deepcopy", unknowns=True)
def copy(run: Interpreter, value: Value, *rest: Value) -> Value:
    if isinstance(value, (list, dict, set)):
        return _deep_copy(value, 0)
    if isinstance(value, (int, float, str, bool, tuple, type(None))):
        return value
    return run.unknown("a copy of an object")


def _deep_copy(value: Value, depth: int) -> Value:
    if depth > 20:
        return value
    if isinstance(value, list):
        return [_deep_copy(v, depth + 1) for v in value]
    if isinstance(value, dict):
        other = value.copy()
        for key, item in value.items():
            other[key] = _deep_copy(item, depth + 1)
        return other
    return value


@methods(dict, "fromkeys", unknowns=True)
def from_keys(run: Interpreter, value: Value, keys: Value, default: Value = None) -> Value:
    items = run.iterate(keys)
    return items if isinstance(items, Unknown) else dict.fromkeys(items, default)


@methods(list, "appendleft", unknowns=True)
def append_left(run: Interpreter, value: list[Value], item: Value) -> None:
    run.touch(value)
    value.insert(0, item)


METHODS[list, "popleft"] = Entry(lambda value: value.pop(0), unknowns=True)

__all__ = ["Counter", "OrderedDict", "defaultdict", "fill_record", "record_class"]
