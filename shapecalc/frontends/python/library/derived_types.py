"""Classes of the program that derive from Python's own types, and named tuples."""

from __future__ import annotations

import ast
from typing import Any

from shapecalc.frontends.python.derived import (
    TYPES,
    DerivedDict,
    DerivedTuple,
    defines,
    derive,
)
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.iteration import builtin_items
from shapecalc.frontends.python.keyed import add_unknown
from shapecalc.frontends.python.library.registry import methods, models
from shapecalc.frontends.python.operators import builtin_item
from shapecalc.frontends.python.program_values import Class, made_class
from shapecalc.frontends.python.statements import set_builtin_item
from shapecalc.frontends.python.values import LibraryName, NativeMethod, Raised, Rest, Value
from shapecalc.rules.unknown import Unknown

LIBRARIES = ("", "collections", "typing")


@models(*(f"subclass of {name}" for name in TYPES), "subclass of collections.OrderedDict",
        unknowns=True)  # fmt: skip
def derived_object(
    run: Interpreter,
    cls: Class,
    base: str,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    node: ast.expr | None,
) -> Value:
    """An object of a class that derives from one of Python's types."""
    kind = TYPES.get(base, DerivedDict)
    if issubclass(kind, (dict, list, set)):
        made = derive(kind(), cls)
        own = run.attribute(made, "__init__") if defines(made, "__init__") else None
        run.call(own or NativeMethod(made, "__init__"), args, kwargs, node)
        return made
    if cls.lookup("__new__"):
        return run.unknown(f"what {cls.name}() makes", node)
    value = run.call(LibraryName(base), args, kwargs, node)
    if isinstance(value, Unknown):
        return value
    made = derive(kind(value), cls)
    if defines(made, "__init__"):
        run.call(run.attribute(made, "__init__"), args, kwargs, node)
    return made


# --- what their classes reach by `super()`, or by the type's name --------------------------------


@methods(dict, "__init__", unknowns=True)
def start_dict(run: Interpreter, value: dict[Any, Value], *args: Value, **kwargs: Value) -> None:
    run.call(NativeMethod(value, "update"), args, kwargs)


@methods(list, "__init__", unknowns=True)
@methods(set, "__init__", unknowns=True)
def start_items(run: Interpreter, value: Any, *args: Value) -> None:
    for items in args:
        found = builtin_items(run, items)
        run.touch(value)
        if isinstance(value, list):
            value.extend([Rest(found.reason)] if isinstance(found, Unknown) else found)
        elif isinstance(found, Unknown):
            add_unknown(run, value, found)
        else:
            value.update(found)


@methods(dict, "__getitem__", unknowns=True)
@methods(list, "__getitem__", unknowns=True)
@methods(tuple, "__getitem__", unknowns=True)
def item(run: Interpreter, value: Any, index: Value) -> Value:
    return builtin_item(run, value, index, run.node)


@methods(dict, "__setitem__", unknowns=True)
@methods(list, "__setitem__", unknowns=True)
def set_item(run: Interpreter, value: Any, index: Value, new: Value) -> None:
    set_builtin_item(run, value, index, new)


@methods(dict, "__contains__", unknowns=True)
def contains(run: Interpreter, value: dict[Any, Value], key: Value) -> Value:
    return run.call(LibraryName("operator.contains"), (dict(value), key))


@methods(dict, "__iter__", unknowns=True)
@methods(list, "__iter__", unknowns=True)
@methods(tuple, "__iter__", unknowns=True)
def iterate(run: Interpreter, value: Any) -> Value:
    return builtin_items(run, value)


@methods(dict, "__len__", unknowns=True)
@methods(list, "__len__", unknowns=True)
@methods(tuple, "__len__", unknowns=True)
def length(run: Interpreter, value: Any) -> Value:
    items = builtin_items(run, value)
    return items if isinstance(items, Unknown) else len(items)


# --- named tuples ------------------------------------------------------------------------------


@models("collections.namedtuple", "typing.NamedTuple", unknowns=True)
def namedtuple(
    run: Interpreter,
    name: Value,
    fields: Value = (),
    *,
    defaults: Value = (),
    rename: Value = False,
    module: Value = None,
) -> Value:
    if isinstance(fields, str):
        fields = fields.replace(",", " ").split()
    names = run.iterate(fields)
    values = run.iterate(() if defaults is None else defaults)
    if isinstance(names, Unknown) or isinstance(values, Unknown):
        return run.unknown("a class whose fields are not known")
    names = [n[0] if isinstance(n, tuple) else n for n in names]
    if not isinstance(name, str) or not all(isinstance(n, str) for n in names):
        return run.unknown("a class whose fields are not known")
    last = names[len(names) - len(values) :]
    members = {"__annotations__": dict.fromkeys(names), **dict(zip(last, values, strict=False))}
    return made_class(name, (LibraryName("typing.NamedTuple"),), members)


@models("subclass of typing.NamedTuple", unknowns=True)
def named_tuple(
    run: Interpreter,
    cls: Class,
    base: str,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    node: ast.expr | None,
) -> Value:
    """An object of a class of named tuples.

    Raises:
        Raised: a TypeError, where a field is missing or too many are given.
    """
    holder = next(c for c in cls.mro if isinstance(c, Class) and "__annotations__" in c.namespace)
    fields = list(holder.namespace["__annotations__"])
    if len(args) > len(fields) or not set(kwargs) <= set(fields):
        raise Raised("TypeError", f"{cls.name}() has no such fields")
    given = {**dict(zip(fields, args, strict=False)), **kwargs}
    for name in fields:
        if name not in given and name not in holder.namespace:
            raise Raised("TypeError", f"{cls.name}() needs the argument '{name}'")
    values = {name: given.get(name, holder.namespace.get(name)) for name in fields}
    return derive(DerivedTuple(values.values()), cls, {**values, "_fields": tuple(fields)})


@methods(DerivedTuple, "_asdict", unknowns=True)
def as_dict(value: DerivedTuple) -> Value:
    return dict(zip(value.attributes.get("_fields", ()), value, strict=True))


@methods(DerivedTuple, "_replace", unknowns=True)
def replaced(run: Interpreter, value: DerivedTuple, **changes: Value) -> Value:
    return run.call(value.cls, (), {**as_dict(value), **changes})
