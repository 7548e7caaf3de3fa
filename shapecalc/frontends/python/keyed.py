"""Dicts and sets of which not all keys are known."""

from __future__ import annotations

from typing import Any

from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.values import (
    OTHERS,
    LibraryName,
    NativeMethod,
    Rest,
    Value,
    bounded,
    describe,
    rest_of,
)
from shapecalc.rules.unknown import UndecidedError, Unknown


def add_unknown(run: Interpreter, container: Any, added: Unknown) -> None:
    """Say that a dict or set may have got keys that are not known.

    What stands for them is new each time, so that the lengths before and after are not taken for
    the same.

    Args:
        run: the run.
        container: the dict or set.
        added: why the key is not known.
    """
    run.touch(container)
    rest = Rest(added.reason, added.span)
    if isinstance(container, dict):
        container[OTHERS] = rest
        return
    before = rest_of(container)
    if before is not None:
        container.remove(before)
    container.add(rest)


def lose_unknown(run: Interpreter, container: Any, lost: Unknown) -> None:
    """Say that a dict or set may have lost any of its keys."""
    run.touch(container)
    container.clear()
    add_unknown(run, container, lost)


def add_member(run: Interpreter, members: set[Value], item: Value) -> None:
    """Put a value into a set."""
    if isinstance(item, Unknown):
        add_unknown(run, members, item)
        return
    run.touch(members)
    try:
        members.add(item)
    except UndecidedError as undecided:
        add_unknown(run, members, undecided.unknown)
        return
    _renew(run, members)


def put(run: Interpreter, items: dict[Any, Value], key: Value, value: Value) -> None:
    """Put a value into a dict."""
    run.touch(items)
    value = bounded(value)
    if isinstance(key, Unknown):
        # Any item may be the one that changed.
        for known in items:
            items[known] = key
        add_unknown(run, items, key)
        return
    if key not in items:
        _renew(run, items)
    items[key] = value


def _renew(run: Interpreter, container: Any) -> None:
    """Let another length be another one."""
    rest = rest_of(container)
    if rest is not None:
        add_unknown(run, container, rest)


def views(items: dict[Any, Value]) -> list[tuple[Value, Value]]:
    """The keys and values of a dict, with one pair for those that are not known."""
    known = [(key, value) for key, value in items.items() if key is not OTHERS]
    rest = rest_of(items)
    if rest is None:
        return known
    end = Rest(rest.reason, rest.span)
    return [*known, (end, end)]


_ADDING = frozenset({"add", "update", "append", "extend", "insert", "setdefault"})


def hand_out(run: Interpreter, function: Value, values: tuple[Value, ...]) -> None:
    """Forget what containers hold whose methods are given to code that is not followed.

    `frame["words"].apply(vocabulary.update)` adds to the vocabulary. What Python itself has, such
    as `map`, calls them.
    """
    if isinstance(function, LibraryName) and "." not in function.path:
        return
    for value in values:
        if isinstance(value, NativeMethod) and value.name in _ADDING:
            added = run.unknown(f"what {describe(function)} does with `{value.name}`")
            if isinstance(value.receiver, (dict, set)):
                add_unknown(run, value.receiver, added)
            elif isinstance(value.receiver, list) and rest_of(value.receiver) is None:
                run.touch(value.receiver)
                value.receiver.append(Rest(added.reason, added.span))


def common_members(one: set[Value], other: set[Value], reason: Unknown) -> set[Value]:
    """What is known of a set that is one or the other."""
    sure = {m for m in one & other if type(m) is not Rest}
    return sure | {Rest(reason.reason, reason.span)}
