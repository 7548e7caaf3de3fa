"""The class that a value is of, as a value: what `type(x)` and `x.__class__` are."""

from __future__ import annotations

from shapecalc.frontends.python.derived import program_class
from shapecalc.frontends.python.program_values import Class
from shapecalc.frontends.python.values import LibraryName, Value, may_be_anything
from shapecalc.graph.model import Network
from shapecalc.graph.sequential import Sequential
from shapecalc.layers.layer import Layer

_LAYERS = "keras.layers."
_PLAIN = (bool, int, float, str, list, tuple, dict, set, bytes)


def class_of(value: Value) -> Value | None:
    """The class of a value; None where that is not known."""
    own = program_class(value)
    if own is not None:
        return own
    if isinstance(value, Layer):
        if "cls" in value.__dict__:
            return value.__dict__["cls"]
        if type(value) is Sequential:
            return LibraryName("keras.models.Sequential")
        return None if isinstance(value, Network) else _class_of_layer(value)
    if isinstance(value, _PLAIN):
        return LibraryName(type(value).__name__)
    return None


def _class_of_layer(layer: Layer) -> LibraryName | None:
    from shapecalc.layers import rule_for

    path = _LAYERS + type(layer).__name__
    return LibraryName(path) if rule_for(path) is type(layer) else None


def name_of_class(cls: LibraryName) -> str | None:
    """What a class of Keras's layers calls itself, whatever name it was reached by."""
    if not cls.path.startswith(_LAYERS):
        return None
    from shapecalc.layers import rule_for

    rule = rule_for(cls.path)
    return None if rule is None else rule.__name__


def are_one(one: Value, other: Value) -> bool | None:
    """Whether two classes, or names of a library, are the same: `MaxPool2D` is `MaxPooling2D`.

    Returns:
        None where that is not known, or where one of the values is neither.
    """
    if isinstance(one, LibraryName) and isinstance(other, LibraryName):
        if one == other:
            return True
        name = name_of_class(one)
        return name is not None and name == name_of_class(other)
    if isinstance(one, Class) and isinstance(other, Class):
        return one is other
    if isinstance(one, (Class, LibraryName)) and isinstance(other, (Class, LibraryName)):
        # A class of the program is none of a library; but a name may be of any value.
        return None if may_be_anything(one) or may_be_anything(other) else False
    return None


__all__ = ["are_one", "class_of", "name_of_class"]
