"""`functools`, `itertools` and `operator`."""

from __future__ import annotations

import ast
import itertools
from typing import Any

from shapecalc.frontends.python.comparisons import apply_compare
from shapecalc.frontends.python.interpreter import MAX_ITEMS, Interpreter
from shapecalc.frontends.python.library.registry import FUNCTIONS, Entry, models
from shapecalc.frontends.python.operators import apply_binary, get_item
from shapecalc.frontends.python.values import Iterator, LibraryName, Native, Value, describe
from shapecalc.rules.unknown import Unknown

LIBRARIES = ("functools", "itertools", "operator")


class Partial(Native):
    """`functools.partial(function, …)`; its parts can be read."""

    __slots__ = ("args", "function", "kwargs")

    def __init__(
        self, run: Interpreter, function: Value, args: tuple[Value, ...], kwargs: dict[str, Value]
    ) -> None:
        super().__init__(
            f"partial of {describe(function)}",
            lambda *more, **words: run.call(
                function, (*args, *more), {**kwargs, **words}, run.call_node
            ),
        )
        self.function = function
        self.args = args
        self.kwargs = kwargs


@models("functools.partial", unknowns=True)
def partial(run: Interpreter, function: Value, /, *args: Value, **kwargs: Value) -> Value:
    if isinstance(function, Unknown):
        return function
    return Partial(run, function, args, kwargs)


@models("functools.reduce", unknowns=True)
def reduce(run: Interpreter, function: Value, iterable: Value, *initial: Value) -> Value:
    items = run.iterate(iterable)
    if isinstance(items, Unknown):
        return items
    values = [*initial, *items]
    if not values:
        return run.unknown("reduce() of nothing")
    result = values[0]
    for value in values[1:]:
        result = run.call(function, (result, value))
    return result


def _iterator(function: Any) -> Any:
    def model(run: Interpreter, *args: Value, **kwargs: Value) -> Value:
        columns: list[Any] = []
        for arg in args:
            if isinstance(arg, int):
                columns.append(arg)
                continue
            items = run.iterate(arg)
            if isinstance(items, Unknown):
                return items
            columns.append(items)
        made = list(itertools.islice(function(*columns, **kwargs), MAX_ITEMS + 1))
        if len(made) > MAX_ITEMS:
            return run.unknown(f"an iterator of more than {MAX_ITEMS:,} items")
        return Iterator(made)

    return model


for _name in ("chain", "product", "combinations", "permutations", "zip_longest", "pairwise"):
    FUNCTIONS[f"itertools.{_name}"] = Entry(_iterator(getattr(itertools, _name)), unknowns=True)


@models("itertools.chain.from_iterable", unknowns=True)
def chain_from_iterable(run: Interpreter, iterables: Value) -> Value:
    outer = run.iterate(iterables)
    if isinstance(outer, Unknown):
        return outer
    result: list[Value] = []
    for inner in outer:
        items = run.iterate(inner)
        if isinstance(items, Unknown):
            return items
        result.extend(items)
    return Iterator(result)


@models("itertools.repeat", unknowns=True)
def repeat(run: Interpreter, value: Value, times: Value = None) -> Value:
    if isinstance(times, int) and times <= MAX_ITEMS:
        return Iterator([value] * times)
    return run.unknown("an endless iterator")


@models("itertools.accumulate", unknowns=True)
def accumulate(run: Interpreter, iterable: Value, function: Value = None) -> Value:
    items = run.iterate(iterable)
    if isinstance(items, Unknown):
        return items
    results = items[:1]
    for item in items[1:]:
        last = results[-1]
        results.append(
            apply_binary(run, ast.Add(), last, item, run.node)
            if function is None
            else run.call(function, (last, item))
        )
    return Iterator(results)


@models("itertools.islice", unknowns=True)
def islice(run: Interpreter, iterable: Value, *bounds: Value) -> Value:
    items = run.iterate(iterable)
    if isinstance(items, Unknown):
        return items
    return Iterator(list(itertools.islice(items, *bounds)))


@models("itertools.count", unknowns=True)
def count(run: Interpreter, start: Value = 0, step: Value = 1) -> Value:
    if not isinstance(start, int) or not isinstance(step, int):
        return run.unknown("an endless iterator")
    # As far as any sensible program goes.
    iterator = Iterator(list(range(start, start + step * _MOST_COUNTED, step)) if step else None)
    iterator.state["endless"] = True
    return iterator


@models("itertools.cycle", unknowns=True)
def cycle(run: Interpreter, iterable: Value) -> Value:
    items = run.iterate(iterable)
    if isinstance(items, Unknown) or not items:
        return items if isinstance(items, Unknown) else Iterator([])
    iterator = Iterator((items * (_MOST_COUNTED // len(items) + 1))[:_MOST_COUNTED])
    iterator.state["endless"] = True
    return iterator


@models("itertools.groupby", unknowns=True)
def group_by(run: Interpreter, iterable: Value, key: Value = None) -> Value:
    items = run.iterate(iterable)
    if isinstance(items, Unknown):
        return items
    groups: list[tuple[Value, list[Value]]] = []
    for item in items:
        one = item if key is None else run.call(key, (item,))
        if isinstance(one, Unknown) or not isinstance(one, (int, float, str, tuple, type(None))):
            return run.unknown("groups by what is not known")
        if not groups or groups[-1][0] != one:
            groups.append((one, []))
        groups[-1][1].append(item)
    return Iterator([(one, Iterator(group)) for one, group in groups])


@models("itertools.takewhile", unknowns=True)
def take_while(run: Interpreter, function: Value, iterable: Value) -> Value:
    return _split(run, function, iterable, first=True)


@models("itertools.dropwhile", unknowns=True)
def drop_while(run: Interpreter, function: Value, iterable: Value) -> Value:
    return _split(run, function, iterable, first=False)


def _split(run: Interpreter, function: Value, iterable: Value, *, first: bool) -> Value:
    """The items before the first that a function does not hold of, or those from there."""
    endless = isinstance(iterable, Iterator) and iterable.state["endless"]
    items = iterable.state["items"] if endless else run.iterate(iterable)
    if isinstance(items, Unknown):
        return items
    for place, item in enumerate(items):
        truth = run.truth(run.call(function, (item,)))
        if truth is None:
            return run.unknown("items up to a condition on data")
        if not truth:
            return Iterator(items[:place] if first else items[place:])
    if endless:
        return run.unknown("the items of an iterator without end")
    return Iterator(items if first else [])


_MOST_COUNTED = 1_000

_BINARY = {
    "add": ast.Add, "sub": ast.Sub, "mul": ast.Mult, "truediv": ast.Div,
    "floordiv": ast.FloorDiv, "mod": ast.Mod, "pow": ast.Pow, "matmul": ast.MatMult,
}  # fmt: skip
_COMPARE = {
    "eq": ast.Eq, "ne": ast.NotEq, "lt": ast.Lt, "le": ast.LtE, "gt": ast.Gt, "ge": ast.GtE,
}  # fmt: skip


def _binary(op: type[ast.operator]) -> Any:
    return lambda run, a, b: apply_binary(run, op(), a, b, run.node)


def _compare(op: type[ast.cmpop]) -> Any:
    return lambda run, a, b: apply_compare(run, op(), a, b, run.node)


for _name, _op in _BINARY.items():
    FUNCTIONS[f"operator.{_name}"] = Entry(_binary(_op), unknowns=True)
for _name, _cmp in _COMPARE.items():
    FUNCTIONS[f"operator.{_name}"] = Entry(_compare(_cmp), unknowns=True)


@models("operator.itemgetter", unknowns=True)
def itemgetter(run: Interpreter, *keys: Value) -> Value:
    def get(value: Value) -> Value:
        found = tuple(get_item(run, value, key, run.node) for key in keys)
        return found[0] if len(found) == 1 else found

    return Native("itemgetter", get)


@models("operator.attrgetter", unknowns=True)
def attrgetter(run: Interpreter, name: Value) -> Value:
    return Native("attrgetter", lambda value: run.attribute(value, name))


__all__ = ["LibraryName", "Partial"]
