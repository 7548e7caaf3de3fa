"""Iterating: what items a value has, and loops over them."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from shapecalc.frontends.python.derived import defines
from shapecalc.frontends.python.interpreter import MAX_ITEMS, Interpreter
from shapecalc.frontends.python.values import (
    DataStream,
    Iterator,
    KnownArray,
    Raised,
    Rest,
    Value,
    rest_of,
)
from shapecalc.graph.tensor import Tensor
from shapecalc.rules.unknown import Unknown, Unranked


class Counting(Unknown):
    """A `range` whose end is not known.

    Attributes:
        first: the number that it begins with.
    """

    __slots__ = ("first",)

    def __init__(self, unknown: Unknown, first: int) -> None:
        super().__init__(unknown.reason, unknown.span)
        self.first = first


class Sampled(Unknown):
    """An iterable of unknown length, of which a comprehension has taken one item to see."""

    __slots__ = ()


def items_of(run: Interpreter, value: Value) -> list[Value] | Unknown:
    """The items of an iterable, or an unknown with its reason.

    Raises:
        Raised: the program iterates over what can't be iterated.
    """
    if isinstance(value, Unknown):
        return value
    if defines(value, "__iter__"):
        return run.iterate(run.call(run.attribute(value, "__iter__")))
    return builtin_items(run, value)


def builtin_items(run: Interpreter, value: Value) -> list[Value] | Unknown:
    """The items of an iterable as Python's own types and libraries have them.

    Raises:
        Raised: the program iterates over what can't be iterated.
    """
    if isinstance(value, range):
        if len(value) > MAX_ITEMS:
            return run.unknown(f"a loop over more than {MAX_ITEMS:,} items")
        return list(value)
    rest = rest_of(value)
    if rest is not None:
        return Unknown(rest.reason, rest.span)
    if isinstance(value, (list, tuple, str, dict)):
        run.account(len(value))
        return list(value)
    if isinstance(value, (set, frozenset)):
        if all(type(item) is int for item in value):
            return list(value)
        # The order of other sets is the process's own; sorted is one that it may have.
        return sorted(value, key=repr)
    if isinstance(value, bytes):
        return list(value)
    if isinstance(value, Iterator):
        return take_rest(run, value)
    if isinstance(value, KnownArray):
        return list(value.items)
    if isinstance(value, Tensor):
        return _rows_of(run, value)
    if isinstance(value, (int, float)) or value is None:
        raise Raised("TypeError", f"'{type(value).__name__}' object is not iterable")
    from shapecalc.frontends.python.library.dispatch import iterate_method

    return iterate_method(run, value)


def take_rest(run: Interpreter, iterator: Iterator) -> list[Value] | Unknown:
    """All items that are left in an iterator, which has none after it."""
    state = _started(run, iterator)
    if state["endless"]:
        return run.unknown("the items of an iterator without end")
    items: list[Value] = state["items"]
    rest = rest_of(items)
    if rest is not None:
        return Unknown(rest.reason, rest.span)
    run.touch(state)
    state["items"] = []
    return items


def take_next(run: Interpreter, iterator: Iterator) -> Value:
    """The next item of an iterator.

    Raises:
        Raised: a StopIteration, where there is none.
    """
    state = _started(run, iterator)
    items: list[Value] = state["items"]
    if items and type(items[0]) is Rest:
        return Unknown(items[0].reason, items[0].span)
    if items:
        run.touch(state)
        state["items"] = items[1:]
        return items[0]
    if state["endless"]:
        return run.unknown("an item far into an iterator without end")
    raise Raised("StopIteration")


def _started(run: Interpreter, iterator: Iterator) -> dict[str, Any]:
    state = iterator.state
    if state["items"] is None:
        assert iterator.produce is not None
        run.touch(state)
        # A generator that asks for its own items finds none.
        state["items"] = []
        state["items"], state["endless"] = iterator.produce()
    return state


def _rows_of(run: Interpreter, tensor: Tensor) -> list[Value] | Unknown:
    from shapecalc.frontends.python.operators import get_item

    if isinstance(tensor.shape, Unranked) or not tensor.shape:
        return run.unknown("the items of a tensor of unknown shape")
    length = tensor.shape[0]
    if not isinstance(length, int) or length > 1000:
        return run.unknown("the items of a tensor whose first axis is not a small number")
    return [get_item(run, tensor, i, run.node) for i in range(length)]


def one_item(run: Interpreter, value: Value) -> Value:
    """An item of data whose items are all alike, however many they are; None of anything else."""
    from shapecalc.frontends.python.operators import get_item

    if isinstance(value, DataStream):
        return value.element
    if isinstance(value, Iterator):
        return _item_of_all(value)
    data = isinstance(value, Tensor) and not value.symbolic
    if data and isinstance(value.shape, tuple) and value.shape:
        place = Tensor((), "int64")
        return get_item(run, value, place, run.node)
    return None


def _item_of_all(iterator: Iterator) -> Value:
    """What a generator without end hands out, where that looks the same each time; else None."""
    state = iterator.state
    items: list[Value] = state["items"] or []
    alike = bool(state["endless"]) and len({repr(_shapes_of(item)) for item in items}) == 1
    return items[0] if alike and rest_of(items) is None else None


def _shapes_of(item: Value) -> Value:
    """The shapes of the arrays of an item, nested as they are; of anything else its type."""
    if isinstance(item, (tuple, list)):
        return [_shapes_of(part) for part in item]
    return (item.shape, item.dtype) if isinstance(item, Tensor) else type(item)


def comprehension_items(
    run: Interpreter,
    generators: list[ast.comprehension],
    first: Value,
    collect: Callable[[], None],
) -> Unknown | None:
    """Run `collect` for each combination of the generators' items.

    Returns:
        The unknown that stands in the way, or None; a `Rest` where what was collected is followed
        by an unknown number of items; a `Sampled` where an item was only tried.
    """
    from shapecalc.frontends.python.loops import takes_a_sample
    from shapecalc.frontends.python.statements import assign

    start = run.steps

    def walk(position: int, iterable: Value) -> Unknown | None:
        items = run.iterate(iterable)
        generator = generators[position]
        if isinstance(items, Unknown):
            item = one_item(run, iterable)

            def once() -> None:
                known = Unknown(items.reason, items.span) if item is None else item
                assign(run, generator.target, known)
                collect()

            if position + 1 < len(generators):
                return Unknown(items.reason, items.span)
            kind = Rest if takes_a_sample(run, once) else Sampled
            return kind(items.reason, items.span)
        for item in items:
            if run.is_idle_since(start):
                return run.unknown("a comprehension that is not followed to its end")
            run.steps += 1
            if run.steps & 255 == 0:
                run.check_limits()
            assign(run, generator.target, item)
            kept = _passes(run, generator.ifs)
            if isinstance(kept, Unknown):
                return kept
            if not kept:
                continue
            if position + 1 == len(generators):
                collect()
            else:
                inner = walk(position + 1, run.evaluate(generators[position + 1].iter))
                if inner is not None:
                    return inner
        return None

    return walk(0, first)


def _passes(run: Interpreter, tests: list[ast.expr]) -> bool | Unknown:
    for test in tests:
        value = run.evaluate(test)
        truth = run.truth(value)
        if truth is None:
            return value if isinstance(value, Unknown) else run.unknown("a filter on data", test)
        if not truth:
            return False
    return True


def unpack(run: Interpreter, value: Value, count: int, star: int | None) -> list[Any]:
    """The values that `count` targets get, the one at `star` collecting the rest.

    Raises:
        Raised: the lengths don't match.
    """
    if star is None:
        from shapecalc.frontends.python.unpacking import refuse_unpacking

        refused = refuse_unpacking(run, value, count)
        if refused is not None:
            return refused
    items = run.iterate(value)
    if isinstance(items, Unknown):
        return [Unknown(items.reason, items.span) for _ in range(count)]
    if star is None:
        if len(items) != count:
            raise Raised("ValueError", f"{len(items)} values to unpack into {count} names")
        return items
    after = count - star - 1
    if len(items) < count - 1:
        raise Raised("ValueError", f"{len(items)} values to unpack into {count} names")
    end = len(items) - after
    return [*items[:star], items[star:end], *items[end:]]
