"""`dataclasses`: classes with the constructor that their annotated fields describe."""

from __future__ import annotations

import ast
from typing import Any

from shapecalc.frontends.python.comparisons import apply_compare
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.registry import models
from shapecalc.frontends.python.program_values import Class, Instance
from shapecalc.frontends.python.values import LibraryObject, Native, Raised, Value
from shapecalc.rules.unknown import Unknown

LIBRARIES = ("dataclasses",)

_FIELD = "dataclasses.field"
_MAX_DEPTH = 20


@models("dataclasses.dataclass", unknowns=True)
def dataclass(run: Interpreter, cls: Value = None, /, **options: Value) -> Value:
    if cls is None:
        return Native("dataclass", lambda inner: make_dataclass(run, inner, options))
    return make_dataclass(run, cls, options)


def make_dataclass(run: Interpreter, cls: Value, options: dict[str, Value]) -> Value:
    """Give a class what its annotated fields describe.

    Args:
        run: the run.
        cls: the class.
        options: those of `dataclasses.dataclass`.
    """
    if not isinstance(cls, Class):
        return cls
    fields: dict[str, Value] = {}
    # Whether a field is handed on to `__post_init__`.
    passed: dict[str, bool] = {}
    for base in reversed(cls.mro):
        if isinstance(base, Class):
            for name, annotation in base.namespace.get("__annotations__", {}).items():
                if not any(_speaks_of(annotation, word) for word in ("ClassVar", "KW_ONLY")):
                    fields[name] = base.namespace.get(name, LibraryObject(_FIELD))
                    passed[name] = _speaks_of(annotation, "InitVar")
    cls.namespace["__dataclass_fields__"] = fields

    def initialize(instance: Instance, *args: Value, **kwargs: Value) -> None:
        _fill(run, instance, fields, args, kwargs, bool(options.get("kw_only")))
        if cls.lookup("__post_init__"):
            handed = tuple(
                instance.attributes.get(n) for n, is_passed in passed.items() if is_passed
            )
            run.call(run.attribute(instance, "__post_init__"), handed)

    def equal(one: Instance, other: Value) -> Value:
        if not isinstance(other, Instance) or other.cls is not one.cls:
            return False
        mine, theirs = (tuple(v.attributes.get(n) for n in fields) for v in (one, other))
        return apply_compare(run, ast.Eq(), mine, theirs, run.node)

    made: dict[str, Any] = {"__init__": initialize, "__eq__": equal}
    for name, function in made.items():
        wanted = options.get(name.strip("_"), True)
        if name not in cls.namespace and wanted is True:
            cls.namespace[name] = Native(name, function, is_method=True)
    return cls


def _speaks_of(annotation: ast.expr | None, word: str) -> bool:
    """Whether an annotation is `typing.<word>`, maybe of something."""
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        return word in annotation.value
    if isinstance(annotation, ast.Subscript):
        annotation = annotation.value
    return word == getattr(annotation, "attr", getattr(annotation, "id", None))


def _fill(
    run: Interpreter,
    instance: Instance,
    fields: dict[str, Value],
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    by_keyword: bool,
) -> None:
    """Give an object its fields.

    Raises:
        Raised: a TypeError, where one is missing or too many are given.
    """
    asked = [name for name, field in fields.items() if _option(field, "init", True) is not False]
    placed = [] if by_keyword else [n for n in asked if not _option(fields[n], "kw_only", False)]
    if len(args) > len(placed):
        raise Raised("TypeError", f"{instance.cls.name}() takes {len(placed)} arguments")
    given = {**dict(zip(placed, args, strict=False)), **kwargs}
    unasked = next((name for name in given if name not in asked), None)
    if unasked is not None:
        raise Raised("TypeError", f"{instance.cls.name}() has no argument '{unasked}'")
    for name, field in fields.items():
        value = given[name] if name in given else _default(run, field)
        if value is not _MISSING:
            instance.attributes[name] = value
        elif name in asked:
            raise Raised("TypeError", f"{instance.cls.name}() needs the argument '{name}'")


_MISSING: Any = object()


def _is_field(value: Value) -> bool:
    return isinstance(value, LibraryObject) and value.path == _FIELD


def _option(field: Value, name: str, otherwise: Value) -> Value:
    return field.kwargs.get(name, otherwise) if _is_field(field) else otherwise


def _default(run: Interpreter, field: Value) -> Value:
    if not _is_field(field):
        return field
    if "default_factory" in field.kwargs:
        return run.call(field.kwargs["default_factory"])
    return field.kwargs.get("default", _MISSING)


@models(_FIELD, unknowns=True)
def field(**kwargs: Value) -> Value:
    return LibraryObject(_FIELD, (), kwargs)


@models("dataclasses.replace", unknowns=True)
def replace(run: Interpreter, value: Value, **changes: Value) -> Value:
    fields = _fields_of(value)
    if fields is None:
        return run.unknown("a changed copy")
    asked = [name for name, f in fields.items() if _option(f, "init", True) is not False]
    before = {name: value.attributes[name] for name in asked if name in value.attributes}
    return run.call(value.cls, (), {**before, **changes})


@models("dataclasses.asdict", unknowns=True)
def asdict(run: Interpreter, value: Value) -> Value:
    return run.unknown("a dict") if _fields_of(value) is None else _as_data(value, dict, 0)


@models("dataclasses.astuple", unknowns=True)
def astuple(run: Interpreter, value: Value) -> Value:
    return run.unknown("a tuple") if _fields_of(value) is None else _as_data(value, tuple, 0)


@models("dataclasses.fields", unknowns=True)
def fields_(run: Interpreter, value: Value) -> Value:
    fields = _fields_of(value)
    if fields is None:
        return run.unknown("the fields of a class")
    made = [LibraryObject("dataclasses.Field") for _ in fields]
    for one, name in zip(made, fields, strict=True):
        one.attributes["name"] = name
    return tuple(made)


@models("dataclasses.is_dataclass", unknowns=True)
def is_dataclass(run: Interpreter, value: Value) -> Value:
    return value if isinstance(value, Unknown) else _fields_of(value) is not None


def _fields_of(value: Value) -> dict[str, Value] | None:
    cls = value if isinstance(value, Class) else getattr(value, "cls", None)
    found = cls.lookup("__dataclass_fields__") if isinstance(cls, Class) else None
    return None if found is None else found[0]


def _as_data(value: Value, kind: type, depth: int) -> Value:
    """Data classes within data classes, lists, tuples and dicts as dicts or tuples."""
    fields = _fields_of(value) if isinstance(value, Instance) else None
    if depth > _MAX_DEPTH:
        return value
    if fields is not None:
        items = {n: _as_data(value.attributes.get(n), kind, depth + 1) for n in fields}
        return items if kind is dict else tuple(items.values())
    if type(value) in (list, tuple):
        return type(value)(_as_data(item, kind, depth + 1) for item in value)
    if type(value) is dict:
        return {key: _as_data(item, kind, depth + 1) for key, item in value.items()}
    return value
