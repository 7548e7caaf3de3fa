"""The methods of Python's builtin types."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from shapecalc.frontends.python.conditions import derive
from shapecalc.frontends.python.growing import add_to_rest, lose_item
from shapecalc.frontends.python.interpreter import MAX_ITEMS, Interpreter
from shapecalc.frontends.python.keyed import add_member, add_unknown, lose_unknown, put, views
from shapecalc.frontends.python.library.builtin_functions import dict_, or_raise, sort_items
from shapecalc.frontends.python.library.registry import METHODS, Entry, methods
from shapecalc.frontends.python.partial_texts import PartialText, fill_braces
from shapecalc.frontends.python.values import (
    Raised,
    Rest,
    Value,
    bounded,
    first_unknown,
    rest_of,
)
from shapecalc.rules.unknown import Unknown

LIBRARIES = ("",)

_STR = """capitalize casefold count endswith find index isalnum isalpha isdecimal isdigit islower
isnumeric isspace istitle isupper lower lstrip partition removeprefix removesuffix rfind rindex
rpartition rsplit rstrip split splitlines startswith strip swapcase title upper encode""".split()


def _plain_method(name: str, receiver: type) -> Any:
    method = getattr(receiver, name)

    def model(value: Value, *args: Value, **kwargs: Value) -> Value:
        return or_raise(lambda: method(value, *args, **kwargs))

    return model


def _set_method(name: str) -> Any:
    method = getattr(set, name)

    def model(run: Interpreter, value: set[Value], *others: Value) -> Value:
        items = [run.iterate(other) for other in others]
        unknown = first_unknown(items)
        rest = rest_of(value) if unknown is None else unknown
        if rest is not None:
            return Unknown(rest.reason, rest.span)
        return or_raise(lambda: method(value, *items))

    return model


for _name in _STR:
    METHODS[str, _name] = Entry(_plain_method(_name, str), unknowns=False)
for _name in ("index", "count"):
    METHODS[tuple, _name] = Entry(_plain_method(_name, tuple), unknowns=False)
    METHODS[list, _name] = Entry(_plain_method(_name, list), unknowns=False)
for _name in ("bit_length", "bit_count", "is_integer", "hex", "conjugate"):
    METHODS[int, _name] = Entry((lambda n: lambda v: getattr(v, n)())(_name), unknowns=False)
    METHODS[float, _name] = METHODS[int, _name]
for _name in ("union", "intersection", "difference", "issubset", "issuperset", "isdisjoint"):
    METHODS[set, _name] = Entry(_set_method(_name), unknowns=False)


@methods(int, "item", "numpy", "tolist")
@methods(float, "item", "numpy", "tolist")
def number(value: float) -> Value:
    """A number of a library's, which is a number here, as one of Python's."""
    return value


@methods(str, "join")
def str_join(run: Interpreter, value: str, items: Value) -> Value:
    texts = run.iterate(items)
    if isinstance(texts, Unknown):
        return texts
    if not all(isinstance(t, str) for t in texts):
        unknown = first_unknown(texts)
        return unknown if unknown is not None else run.unknown("a text of what is no text")
    if sum(map(len, texts)) + len(value) * len(texts) > MAX_ITEMS * 10:
        return run.unknown("a text that is too long to follow")
    return value.join(texts)


@methods(str, "replace")
def str_replace(run: Interpreter, value: str, old: str, new: str, count: int = -1) -> Value:
    if len(value) * max(len(new), 1) > MAX_ITEMS * 10:
        return run.unknown("a text that is too long to follow")
    return value.replace(old, new, count)


@methods(str, "format", unknowns=True)
def str_format(run: Interpreter, value: str, /, *args: Value, **kwargs: Value) -> Value:
    plain = (int, float, str, bool, type(None))
    values = (*args, *kwargs.values())
    unknown = first_unknown(values)
    if unknown is not None:
        return fill_braces(value, unknown)
    digits = "".join(c if c.isdigit() else " " for c in value).split()
    # A width may be an argument itself, where fields stand within fields.
    nested = "{" in "".join(f.partition(":")[2] for f in value.split("}"))
    if nested or any(len(d) > 3 for d in digits) or not all(isinstance(v, plain) for v in values):
        return fill_braces(value, run.unknown("a formatted text"))
    if "." in value.replace("}.", "").replace(" .", "") and "{" in value and "!" in value:
        return fill_braces(value, run.unknown("a formatted text"))
    return or_raise(lambda: value.format(*args, **kwargs))


@methods(PartialText, "startswith", unknowns=True)
def starts_with(run: Interpreter, value: PartialText, prefix: Value) -> Value:
    return _any_of(value.starts_with, prefix, value)


@methods(PartialText, "endswith", unknowns=True)
def ends_with(run: Interpreter, value: PartialText, suffix: Value) -> Value:
    return _any_of(value.ends_with, suffix, value)


def _any_of(decide: Callable[[str], bool | None], wanted: Value, text: PartialText) -> Value:
    wanted = wanted if isinstance(wanted, tuple) else (wanted,)
    found = [decide(one) if isinstance(one, str) else None for one in wanted]
    if True in found:
        return True
    return derive(decide.__name__, text, wanted) if None in found else False


def _padding(name: str) -> Any:
    def model(run: Interpreter, value: str, width: Value, *rest: Value) -> Value:
        if not isinstance(width, int) or width > 1000:
            return run.unknown("a padded text")
        return or_raise(lambda: getattr(value, name)(width, *rest))

    return model


for _name in ("zfill", "ljust", "rjust", "center"):
    METHODS[str, _name] = Entry(_padding(_name), unknowns=False)


@methods(list, "append", unknowns=True)
def list_append(run: Interpreter, value: list[Value], item: Value) -> None:
    item = bounded(item)
    known = rest_of(value)
    if known is None:
        run.touch(value)
        too_long = len(value) >= MAX_ITEMS
        value.append(Rest("a list that is too long to follow") if too_long else item)
        return
    known.changes += 1
    rest = add_to_rest(value, item)
    if rest is not None:
        run.touch(value)
        value[-1] = rest


@methods(list, "extend", unknowns=True)
def list_extend(run: Interpreter, value: list[Value], items: Value) -> None:
    if rest_of(value) is not None:
        lose_item(run, value)
        return
    more = run.iterate(items)
    run.touch(value)
    if not isinstance(more, Unknown) and len(value) + len(more) > MAX_ITEMS:
        value.append(Rest("a list that is too long to follow", run.here()))
        return
    value.extend([Rest(more.reason, more.span)] if isinstance(more, Unknown) else more)


@methods(list, "insert", unknowns=True)
def list_insert(run: Interpreter, value: list[Value], place: Value, item: Value) -> None:
    run.touch(value)
    item = bounded(item)
    if rest_of(value) is not None:
        lose_item(run, value)
    sure = len(value) - (rest_of(value) is not None)
    if isinstance(place, int) and 0 <= place <= sure:
        value.insert(place, item)
    else:
        # Somewhere behind what is known of the list's begin.
        first = 0 if isinstance(place, Unknown) else max(sure + place, 0)
        value[first:] = [Rest("where an item is put into a list is not known", run.here())]


@methods(list, "pop", unknowns=True)
def list_pop(run: Interpreter, value: list[Value], place: Value = -1) -> Value:
    run.touch(value)
    rest = rest_of(value)
    if isinstance(place, Unknown):
        value[:] = [place] * max(len(value) - 1, 0) if rest is None else [
            Rest(place.reason, place.span)]  # fmt: skip
        return place
    if rest is not None and (place < 0 or place >= len(value) - 1):
        rest.changes += 1
        return Unknown(rest.reason, rest.span)
    return _or_raise_index(lambda: value.pop(place))


def _or_raise_index(action: Any) -> Value:
    try:
        return action()
    except (IndexError, KeyError) as error:
        raise Raised(type(error).__name__, str(error)) from None


@methods(list, "remove", unknowns=True)
def list_remove(run: Interpreter, value: list[Value], item: Value) -> None:
    run.touch(value)
    for place, member in enumerate(value):
        if member is item or member == item:
            del value[place]
            return
    raise Raised("ValueError", "list.remove(x): x not in list")


@methods(list, "sort", unknowns=True)
def list_sort(
    run: Interpreter, value: list[Value], *, key: Value = None, reverse: Value = False
) -> None:
    run.touch(value)
    rest = rest_of(value)
    if rest is not None:
        value[:] = [rest]
        return
    ordered = sort_items(run, value, key, reverse)
    value[:] = [ordered] * len(value) if isinstance(ordered, Unknown) else ordered


@methods(list, "reverse", unknowns=True)
def list_reverse(run: Interpreter, value: list[Value]) -> None:
    run.touch(value)
    rest = rest_of(value)
    value[:] = value[::-1] if rest is None else [rest]


@methods(list, "copy", unknowns=True)
@methods(dict, "copy", unknowns=True)
@methods(set, "copy", unknowns=True)
def copy(value: Any) -> Value:
    return value.copy()


@methods(list, "clear", unknowns=True)
@methods(dict, "clear", unknowns=True)
@methods(set, "clear", unknowns=True)
def clear(run: Interpreter, value: Any) -> None:
    run.touch(value)
    value.clear()


@methods(dict, "get", unknowns=True)
def dict_get(run: Interpreter, value: dict[Any, Value], key: Value, default: Value = None) -> Value:
    if isinstance(key, Unknown):
        return key
    rest = rest_of(value)
    if rest is not None and key not in value:
        return Unknown(rest.reason, rest.span)
    return value.get(key, default)


@methods(dict, "keys", unknowns=True)
def dict_keys(value: dict[Any, Value]) -> Value:
    return [key for key, _ in views(value)]


@methods(dict, "values", unknowns=True)
def dict_values(value: dict[Any, Value]) -> Value:
    return [item for _, item in views(value)]


@methods(dict, "items", unknowns=True)
def dict_items(value: dict[Any, Value]) -> Value:
    pairs = views(value)
    return pairs if rest_of(value) is None else [*pairs[:-1], pairs[-1][0]]


@methods(dict, "update", unknowns=True)
def dict_update(
    run: Interpreter, value: dict[Any, Value], other: Value = None, /, **kwargs: Value
) -> None:
    more = None if other is None else dict_(run, other)
    if isinstance(more, dict):
        for key, item in views(more):
            put(run, value, key, item)
    elif more is not None:
        put(run, value, more if isinstance(more, Unknown) else run.unknown("an update"), None)
    for key, item in kwargs.items():
        put(run, value, key, item)


@methods(dict, "setdefault", unknowns=True)
def dict_setdefault(
    run: Interpreter, value: dict[Any, Value], key: Value, default: Value = None
) -> Value:
    if isinstance(key, Unknown):
        add_unknown(run, value, key)
        return key
    rest = rest_of(value)
    if rest is not None and key not in value:
        put(run, value, key, Unknown(rest.reason, rest.span))
    run.touch(value)
    return value.setdefault(key, default)


@methods(dict, "pop", unknowns=True)
def dict_pop(run: Interpreter, value: dict[Any, Value], key: Value, *default: Value) -> Value:
    if isinstance(key, Unknown):
        lose_unknown(run, value, key)
        return key
    rest = rest_of(value)
    if rest is not None:
        add_unknown(run, value, rest)
        return value.pop(key, Unknown(rest.reason, rest.span))
    run.touch(value)
    return _or_raise_index(lambda: value.pop(key, *default))


@methods(set, "add", unknowns=True)
def set_add(run: Interpreter, value: set[Value], item: Value) -> None:
    add_member(run, value, item)


@methods(set, "discard", "remove", unknowns=True)
def set_discard(run: Interpreter, value: set[Value], item: Value) -> None:
    if isinstance(item, Unknown):
        lose_unknown(run, value, item)
        return
    run.touch(value)
    value.discard(item)


@methods(set, "update", unknowns=True)
def set_update(run: Interpreter, value: set[Value], items: Value) -> None:
    more = run.iterate(items)
    for item in [more] if isinstance(more, Unknown) else more:
        add_member(run, value, item)
