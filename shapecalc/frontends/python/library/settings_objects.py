"""Settings by attribute: the `ConfigDict` of ml_collections, and its like."""

from __future__ import annotations

from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.registry import methods, models
from shapecalc.frontends.python.values import LibraryObject, Value, rest_of

LIBRARIES = ("easydict", "ml_collections", "munch")

_MAX_DEPTH = 20


class Settings(LibraryObject):
    """A dict whose items are attributes, too."""

    __slots__ = ()


def _settings(path: str, given: Value, depth: int = 0) -> Value:
    """What a dict becomes, and each dict within it."""
    if not isinstance(given, dict) or depth > _MAX_DEPTH or rest_of(given) is not None:
        return given
    made = Settings(path)
    made.attributes.update({k: _settings(path, v, depth + 1) for k, v in given.items()})
    return made


@models("easydict.EasyDict", "ml_collections.ConfigDict", "ml_collections.config_dict.ConfigDict",
        "munch.Munch", unknowns=True)  # fmt: skip
def settings(run: Interpreter, given: Value = None, /, **items: Value) -> Value:
    if given is not None and (not isinstance(given, dict) or rest_of(given) is not None):
        return run.unknown("settings that are not known")
    return _settings("ml_collections.ConfigDict", {**(given or {}), **items})


@methods(Settings, "lock", "unlock", unknowns=True)
def itself(found: Settings) -> Value:
    return found


@methods(Settings, "__getitem__", "get", unknowns=True)
def item(run: Interpreter, found: Settings, name: Value, default: Value = None) -> Value:
    if isinstance(name, str) and name in found.attributes:
        return found.attributes[name]
    return run.unknown("an item of settings, by a key that is not known")


@methods(Settings, "__setitem__", unknowns=True)
def set_item(run: Interpreter, found: Settings, name: Value, value: Value) -> None:
    run.touch(found.attributes)
    if isinstance(name, str):
        found.attributes[name] = value
    else:
        found.attributes.clear()
