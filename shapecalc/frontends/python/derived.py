"""Objects of the program's classes that derive from Python's own types.

They are what they derive from: a dict that the program has given methods is a dict here too, and
keeps beside its items the class and the attributes that the program has set.
"""

from __future__ import annotations

from typing import Any

from shapecalc.frontends.python.program_values import Class, Instance
from shapecalc.frontends.python.values import Value


class Derived:
    """What all of them have.

    Attributes:
        cls: the class of the program.
        attributes: what is set on the object.
    """

    cls: Class | None = None
    attributes: dict[str, Value]


class DerivedDict(Derived, dict[Any, Value]):
    """An object of a class that derives from `dict`."""

    def copy(self) -> DerivedDict:
        """A shallow copy, of the same class."""
        other: DerivedDict = derive(DerivedDict(self), self.cls, dict(self.attributes))
        return other


class DerivedList(Derived, list[Value]):
    """An object of a class that derives from `list`."""


class DerivedSet(Derived, set[Value]):
    """An object of a class that derives from `set`."""


class DerivedTuple(Derived, tuple[Value, ...]):
    """An object of a class that derives from `tuple`, such as a named tuple."""


class DerivedInt(Derived, int):
    """An object of a class that derives from `int`, such as a member of an `IntEnum`."""


class DerivedFloat(Derived, float):
    """An object of a class that derives from `float`."""


class DerivedStr(Derived, str):
    """An object of a class that derives from `str`."""


# By the name of Python's type, what its derived objects are.
TYPES: dict[str, type[Any]] = {
    "dict": DerivedDict, "list": DerivedList, "set": DerivedSet, "tuple": DerivedTuple,
    "int": DerivedInt, "float": DerivedFloat, "str": DerivedStr,
}  # fmt: skip


def derive(value: Any, cls: Class | None, attributes: dict[str, Value] | None = None) -> Any:
    """Make a value of one of `TYPES` an object of a class."""
    value.cls = cls
    value.attributes = {} if attributes is None else attributes
    return value


def is_nothing_else(value: Value) -> bool:
    """Whether it is known of an object of the program all that its class and bases give it."""
    cls = program_class(value)
    return cls is not None and cls.unfollowed() is None


def program_class(value: Value) -> Class | None:
    """The class of the program that a value is an object of (a layer apart), or None."""
    return value.cls if isinstance(value, (Instance, Derived)) else None


def defines(value: Value, name: str) -> bool:
    """Whether the program's class of an object defines a method."""
    cls = program_class(value)
    return cls is not None and cls.lookup(name) is not None
