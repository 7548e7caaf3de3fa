"""`collections`, `copy`, and names of `types` and `typing`."""

from __future__ import annotations

from functools import partial
from typing import Any

from shapecalc.dims import Symbolic
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.keyed import lose_unknown
from shapecalc.frontends.python.library.registry import (
    CONSTANTS,
    METHODS,
    Entry,
    methods,
    models,
)
from shapecalc.frontends.python.program_values import Class, Function, Instance, made_class
from shapecalc.frontends.python.values import LibraryName, Value, describe, rest_of
from shapecalc.rules.unknown import Unknown

LIBRARIES = ("collections", "copy", "types", "typing")

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
    if maxlen is not None:
        return run.unknown("what is left in a queue of bounded length")
    return run.iterate(items)


@models("collections.Counter", unknowns=True)
def counter(run: Interpreter, *args: Value) -> Value:
    return run.unknown("a count of what the data holds")


@models("types.SimpleNamespace", unknowns=True)
def simple_namespace(given: Value = None, /, **attributes: Value) -> Value:
    cls = made_class("SimpleNamespace", ())
    return Instance(cls, {**given, **attributes} if isinstance(given, dict) else attributes)


_PLAIN = (int, float, complex, str, bytes, bool, range, type(None), Symbolic, Function, Class)
_MAX_DEPTH = 20


@models("copy.copy", unknowns=True)
def copy(run: Interpreter, value: Value) -> Value:
    if isinstance(value, (list, dict, set)):
        return value.copy()
    if isinstance(value, Instance) and not value.cls.lookup("__copy__"):
        return Instance(value.cls, dict(value.attributes))
    if isinstance(value, (*_PLAIN, tuple, LibraryName)):
        return value
    return run.unknown(f"a copy of {describe(value)}")


@models("copy.deepcopy", unknowns=True)
def deep_copy(run: Interpreter, value: Value, *memo: Value) -> Value:
    return _deep_copy(run, value, {}, 0)


def _deep_copy(run: Interpreter, value: Value, made: dict[int, Value], depth: int) -> Value:
    """A copy of a value and of all within; what is met twice is copied once."""
    if isinstance(value, (*_PLAIN, LibraryName)):
        return value
    if id(value) in made:
        return made[id(value)]
    if isinstance(value, Unknown) or depth > _MAX_DEPTH:
        return value if isinstance(value, Unknown) else run.unknown("a copy of what is nested deep")
    inner = partial(_deep_copy, run, made=made, depth=depth + 1)
    if type(value) is tuple:
        return tuple(map(inner, value))
    if isinstance(value, (list, dict)):
        other = made[id(value)] = value.copy()
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            other[key] = inner(item)
        return other
    if isinstance(value, Instance) and not value.cls.lookup("__deepcopy__"):
        instance = made[id(value)] = Instance(value.cls)
        for name, item in value.attributes.items():
            instance.attributes[name] = inner(item)
        return instance
    if type(value) is set:
        return value.copy()
    return run.unknown(f"a copy of {describe(value)}")


@methods(dict, "fromkeys", unknowns=True)
def from_keys(run: Interpreter, value: Value, keys: Value, default: Value = None) -> Value:
    items = run.iterate(keys)
    return items if isinstance(items, Unknown) else dict.fromkeys(items, default)


@methods(list, "appendleft", unknowns=True)
def append_left(run: Interpreter, value: list[Value], item: Value) -> None:
    run.touch(value)
    value.insert(0, item)


@methods(dict, "move_to_end", unknowns=True)
def move_to_end(run: Interpreter, value: dict[Any, Value], key: Value, last: Value = True) -> None:
    if key not in value or not isinstance(last, bool) or rest_of(value) is not None:
        lose_unknown(run, value, run.unknown("the order of a dict"))
        return
    run.touch(value)
    items = {key: value.pop(key)}
    if last:
        value.update(items)
        return
    items.update(value)
    value.clear()
    value.update(items)


@methods(dict, "popitem", unknowns=True)
def pop_item(run: Interpreter, value: dict[Any, Value]) -> Value:
    if not value or rest_of(value) is not None:
        unknown = run.unknown("the last item of a dict")
        lose_unknown(run, value, unknown)
        return unknown
    run.touch(value)
    return value.popitem()


METHODS[list, "popleft"] = Entry(lambda value: value.pop(0), unknowns=True)
