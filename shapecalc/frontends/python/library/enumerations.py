"""`enum`: members are objects with a name and a value, numbers or texts where the class says so."""

from __future__ import annotations

import ast
from typing import Any

from shapecalc.frontends.python.derived import TYPES, derive
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.registry import methods, models
from shapecalc.frontends.python.program_values import Class, Descriptor, Function, Instance
from shapecalc.frontends.python.values import LibraryObject, Native, Raised, Value
from shapecalc.rules.unknown import Unknown

LIBRARIES = ("enum",)

_AUTO = "enum.auto"
_FLAGS = ("enum.Flag", "enum.IntFlag")
_ENUMS = ("enum.Enum", "enum.IntEnum", "enum.StrEnum", *_FLAGS)


@models(_AUTO, unknowns=True)
def auto() -> Value:
    return LibraryObject(_AUTO)


@models(*(f"definition of {base}" for base in _ENUMS), unknowns=True)
def define_members(run: Interpreter, cls: Class) -> None:
    """Make the members of an enumeration of what its body defines."""
    if "__members__" in cls.namespace:
        return
    members: dict[str, Value] = {}
    values: list[Value] = []
    for name, value in list(cls.namespace.items()):
        if name.startswith("_") or isinstance(value, (Function, Descriptor, Native, Class)):
            continue
        if isinstance(value, LibraryObject) and value.path == _AUTO:
            value = _next_value(run, cls, name, values)
        same = [m for m, v in zip(members.values(), values, strict=True) if _equal(v, value)]
        member = same[0] if same else _member(run, cls, name, value)
        members[name] = cls.namespace[name] = member
        values.append(value)
    cls.namespace["__members__"] = members


def _equal(one: Value, other: Value) -> bool:
    return isinstance(one, (int, float, str, tuple)) and type(one) is type(other) and one == other


def _next_value(run: Interpreter, cls: Class, name: str, values: list[Value]) -> Value:
    """What `auto()` stands for, after the values before it."""
    bases = cls.library_bases()
    numbers = [v for v in values if isinstance(v, int)]
    if cls.lookup("_generate_next_value_") or len(numbers) < len(values):
        return run.unknown("an automatic value")
    if "enum.StrEnum" in bases:
        return name.lower()
    greatest = max(numbers, default=0)
    return 1 << greatest.bit_length() if set(_FLAGS) & set(bases) else greatest + 1


def _member(run: Interpreter, cls: Class, name: str, value: Value) -> Value:
    attributes = {"name": name, "_name_": name, "value": value, "_value_": value}
    kinds = {"enum.IntEnum": "int", "enum.IntFlag": "int", "enum.StrEnum": "str"}
    bases = [kinds.get(base, base) for base in cls.library_bases()]
    kind: Any = next((TYPES[base] for base in bases if base in ("int", "float", "str")), None)
    if isinstance(value, Unknown) or cls.lookup("__new__"):
        return run.unknown(f"the member {name} of {cls.name}")
    if kind is not None:
        made = or_unknown(run, kind, value)
        return made if isinstance(made, Unknown) else derive(made, cls, attributes)
    member = Instance(cls, attributes)
    if cls.lookup("__init__"):
        run.call(run.attribute(member, "__init__"), value if type(value) is tuple else (value,))
    return member


def or_unknown(run: Interpreter, kind: Any, value: Value) -> Value:
    try:
        return kind(value)
    except (TypeError, ValueError):
        return run.unknown("a member of an enumeration")


@models(*(f"subclass of {base}" for base in _ENUMS), unknowns=True)
def member_of_value(
    run: Interpreter,
    cls: Class,
    base: str,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    node: ast.expr | None,
) -> Value:
    """`Kind(value)`.

    Raises:
        Raised: a ValueError, where no member has that value.
    """
    members = members_of(cls) or {}
    unsure = not args or isinstance(args[0], Unknown) or cls.lookup("_missing_")
    for member in members.values():
        if isinstance(member, Unknown):
            unsure = True
        elif args and (member is args[0] or _equal(member.attributes["value"], args[0])):
            return member
    if unsure or set(_FLAGS) & set(cls.library_bases()):
        return run.unknown(f"a member of {cls.name}", node)
    raise Raised("ValueError", f"no member of {cls.name} has this value")


def members_of(cls: Class) -> dict[str, Value] | None:
    """The members of an enumeration by name, aliases included; None of another class."""
    found = cls.lookup("__members__")
    return None if found is None else found[0]


@methods(Class, "__iter__", unknowns=True)
def members(run: Interpreter, cls: Class) -> Value:
    found = members_of(cls)
    if found is None:
        return run.unknown(f"the items of {cls.name}")
    return list({id(member): member for member in found.values()}.values())


@methods(Class, "__len__", unknowns=True)
def count(run: Interpreter, cls: Class) -> Value:
    found = members(run, cls)
    return found if isinstance(found, Unknown) else len(found)


@methods(Class, "__getitem__", unknowns=True)
def member_of_name(run: Interpreter, cls: Class, name: Value) -> Value:
    found = members_of(cls)
    if found is None or not isinstance(name, str):
        return run.unknown(f"an item of {cls.name}")
    if name not in found:
        raise Raised("KeyError", repr(name))
    return found[name]
