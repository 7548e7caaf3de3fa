"""Python's builtin functions."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import Symbolic, maximum, minimum, total
from shapecalc.frontends.python.conditions import bare, junction
from shapecalc.frontends.python.derived import Derived, defines
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.iteration import Counting, take_next
from shapecalc.frontends.python.keyed import put
from shapecalc.frontends.python.library.dispatch import run_entry
from shapecalc.frontends.python.library.registry import CONSTANTS, METHODS, Entry, models
from shapecalc.frontends.python.operators import apply_tensor_operator, as_key
from shapecalc.frontends.python.partial_texts import PartialText
from shapecalc.frontends.python.program_values import Instance
from shapecalc.frontends.python.values import (
    DataStream,
    Iterator,
    LibraryObject,
    Raised,
    Value,
    describe,
    first_unknown,
    rest_of,
)
from shapecalc.graph.tensor import Tensor
from shapecalc.rules.unknown import Unknown

LIBRARIES = ("",)

# The greatest of many lengths that are not known takes comparing each with all others.
MAX_SYMBOLS = 32

CONSTANTS["__name__"] = "__main__"


@models("print", "breakpoint", "input", "open", unknowns=True)
def output(run: Interpreter, *args: Value, **kwargs: Value) -> Value:
    return run.unknown("what a person or a file answers")


@models("len", unknowns=True)
def length(run: Interpreter, value: Value, *, node: Any = None) -> Value:
    if defines(value, "__len__"):
        return run.call(run.attribute(value, "__len__"))
    rest = rest_of(value)
    if rest is not None and isinstance(value, (dict, set)) and node is not None:
        return run.lengths.of(rest, "len", node)
    if rest is not None and node is not None:
        return run.lengths.of(rest, ("len", len(value), rest.changes), node)
    if rest is not None:
        return Unknown(rest.reason, rest.span)
    if isinstance(value, (str, bytes, list, tuple, dict, set, frozenset, range)):
        return len(value)
    if isinstance(value, Tensor) and isinstance(value.shape, tuple) and value.shape:
        first = value.shape[0]
        return first if value.symbolic or node is None else run.lengths.named(first, node)
    if isinstance(value, Unknown):
        return value if node is None else run.lengths.of(value, "len", node)
    for cls in type(value).__mro__:
        entry = METHODS.get((cls, "__len__"))
        if entry is not None:
            made = run_entry(run, entry, "len", (value,), {}, None)
            return made if node is None else run.lengths.named(made, node)
    return run.unknown(f"the length of {describe(value)}")


@models("range", unknowns=True)
def range_(run: Interpreter, *bounds: Value) -> Value:
    if all(isinstance(b, int) for b in bounds):
        return range(*bounds)
    if any(isinstance(b, (float, str, list, tuple, dict)) or b is None for b in bounds):
        raise Raised("TypeError", "range() takes integers")
    unknown = first_unknown(bounds)
    if unknown is None:
        unknown = run.unknown("a range whose bounds are not numbers")
    first = bounds[0] if len(bounds) > 1 else 0
    return Counting(unknown, first) if isinstance(first, int) else unknown


@models("int", unknowns=True)
def int_(run: Interpreter, value: Value = 0, base: Value = 10) -> Value:
    if isinstance(value, (Unknown, Symbolic)):
        return value
    if isinstance(value, str):
        if len(value) > 1000:
            return run.unknown("a number of more than 1,000 digits")
        return or_raise(lambda: int(value, base) if base != 10 else int(value))
    if defines(value, "__int__"):
        return run.call(run.attribute(value, "__int__"))
    if isinstance(value, (int, float)):
        return or_raise(lambda: int(value))
    return run.unknown(f"int() of {describe(value)}")


@models("float", unknowns=True)
def float_(run: Interpreter, value: Value = 0.0) -> Value:
    if isinstance(value, (int, float, str)):
        return or_raise(lambda: float(value))
    return value if isinstance(value, Unknown) else run.unknown(f"float() of {describe(value)}")


def or_raise(action: Any) -> Value:
    try:
        return action()
    except (ValueError, OverflowError, TypeError) as error:
        raise Raised(type(error).__name__, str(error)) from None


@models("repr", "ascii", unknowns=True)
def repr_(run: Interpreter, value: Value) -> Value:
    if type(value) in (int, float, bool, str, type(None)):
        return repr(value) if not isinstance(value, str) or value.isascii() else run.unknown(
            "the text of a text")  # fmt: skip
    return bare(value) if isinstance(value, Unknown) else run.unknown(
        f"the text of {describe(value)}")  # fmt: skip


@models("str", unknowns=True)
def str_(run: Interpreter, value: Value = "") -> Value:
    if defines(value, "__str__"):
        return run.call(run.attribute(value, "__str__"))
    if isinstance(value, Derived):
        return run.unknown(f"the text of {describe(value)}")
    if isinstance(value, (int, float, str, bool, type(None))):
        return str(value)
    if isinstance(value, (list, tuple, dict)) and first_unknown([value]) is None:
        plain = (int, float, str, bool, type(None))
        items = value.values() if isinstance(value, dict) else value
        if all(isinstance(v, plain) for v in items):
            return str(value)
    if isinstance(value, PartialText):
        return value
    return bare(value) if isinstance(value, Unknown) else run.unknown(
        f"the text of {describe(value)}")  # fmt: skip


@models("bool", unknowns=True)
def bool_(run: Interpreter, value: Value = False) -> Value:
    truth = run.truth(value)
    return junction((value,), every=True) if truth is None else truth


@models("list", unknowns=True)
def list_(run: Interpreter, value: Value = ()) -> Value:
    return run.iterate(value)


@models("tuple", unknowns=True)
def tuple_(run: Interpreter, value: Value = ()) -> Value:
    items = run.iterate(value)
    return items if isinstance(items, Unknown) else tuple(items)


@models("set", "frozenset", unknowns=True)
def set_(run: Interpreter, value: Value = ()) -> Value:
    items = run.iterate(value)
    return items if isinstance(items, Unknown) else set(items)


@models("dict", unknowns=True)
def dict_(run: Interpreter, value: Value = None, /, **kwargs: Value) -> Value:
    if value is None or isinstance(value, dict):
        return {**(value or {}), **kwargs}
    items = run.iterate(value)
    if isinstance(items, Unknown):
        return items
    result: dict[Any, Value] = {}
    for item in items:
        pair = run.iterate(item)
        if isinstance(pair, Unknown):
            return pair
        key, result_value = pair
        put(run, result, as_key(key), result_value)
    return {**result, **kwargs}


@models("enumerate", unknowns=True)
def enumerate_(run: Interpreter, iterable: Value, start: Value = 0) -> Value:
    items = run.iterate(iterable)
    if isinstance(items, Unknown):
        return items
    return Iterator([(i + start, v) for i, v in enumerate(items)])


@models("zip", unknowns=True)
def zip_(run: Interpreter, *iterables: Value, strict: Value = False) -> Value:
    if iterables and all(isinstance(iterable, DataStream) for iterable in iterables):
        return DataStream("generator", tuple(stream.element for stream in iterables))
    rows = _rows(run, iterables)
    return rows if isinstance(rows, Unknown) else Iterator(rows)


def _rows(run: Interpreter, iterables: tuple[Value, ...]) -> list[Value] | Unknown:
    columns = []
    for iterable in iterables:
        items = run.iterate(iterable)
        if isinstance(items, Unknown):
            return items
        columns.append(items)
    return list(zip(*columns, strict=False))


@models("reversed", unknowns=True)
def reversed_(run: Interpreter, value: Value) -> Value:
    items = run.iterate(value)
    return items if isinstance(items, Unknown) else Iterator(items[::-1])


@models("sorted", unknowns=True)
def sorted_(run: Interpreter, value: Value, *, key: Value = None, reverse: Value = False) -> Value:
    items = run.iterate(value)
    return items if isinstance(items, Unknown) else sort_items(run, items, key, reverse)


def sort_items(run: Interpreter, items: list[Value], key: Value, reverse: Value) -> Value:
    """The items in order, where their keys can be compared."""
    keys = items if key is None else [run.call(key, (v,)) for v in items]
    unknown = first_unknown(keys)
    if unknown is not None:
        return unknown
    order = sorted(range(len(items)), key=lambda i: keys[i], reverse=bool(reverse))
    return [items[i] for i in order]


@models("map", unknowns=True)
def map_(run: Interpreter, function: Value, *iterables: Value) -> Value:
    rows = _rows(run, iterables)
    if isinstance(rows, Unknown):
        return rows
    return Iterator([run.call(function, row) for row in rows])


@models("filter", unknowns=True)
def filter_(run: Interpreter, function: Value, iterable: Value) -> Value:
    items = run.iterate(iterable)
    if isinstance(items, Unknown):
        return items
    kept = []
    for item in items:
        truth = run.truth(item if function is None else run.call(function, (item,)))
        if truth is None:
            return run.unknown("a filter on data")
        if truth:
            kept.append(item)
    return Iterator(kept)


@models("sum", unknowns=True)
def sum_(run: Interpreter, iterable: Value, start: Value = 0) -> Value:
    import ast

    from shapecalc.frontends.python.operators import apply_binary

    items = run.iterate(iterable)
    if isinstance(items, Unknown):
        return items
    if start == 0 and all(isinstance(i, (int, Symbolic)) for i in items):
        return total(items)
    result = start
    for item in items:
        result = apply_binary(run, ast.Add(), result, item, run.node)
    return result


@models("min", unknowns=True)
def min_(run: Interpreter, *args: Value, key: Value = None, default: Value = None) -> Value:
    return _extreme(run, args, key, default, largest=False)


@models("max", unknowns=True)
def max_(run: Interpreter, *args: Value, key: Value = None, default: Value = None) -> Value:
    return _extreme(run, args, key, default, largest=True)


def _extreme(
    run: Interpreter, args: tuple[Value, ...], key: Value, default: Value, *, largest: bool
) -> Value:
    items = run.iterate(args[0]) if len(args) == 1 else list(args)
    if isinstance(items, Unknown):
        return items
    if not items:
        return default
    unknown = first_unknown(items)
    if unknown is not None:
        return unknown
    symbols = sum(isinstance(i, Symbolic) for i in items)
    if symbols > MAX_SYMBOLS:
        return run.unknown("the greatest or least of many lengths that are not known")
    if key is None and symbols:
        result = items[0]
        for item in items[1:]:
            result = maximum(result, item) if largest else minimum(result, item)
        return result
    ordered = sort_items(run, items, key, False)
    return ordered if isinstance(ordered, Unknown) else ordered[-1 if largest else 0]


@models("any", unknowns=True)
def any_(run: Interpreter, iterable: Value) -> Value:
    return _decide(run, iterable, stop_at=True)


@models("all", unknowns=True)
def all_(run: Interpreter, iterable: Value) -> Value:
    return _decide(run, iterable, stop_at=False)


def _decide(run: Interpreter, iterable: Value, *, stop_at: bool) -> Value:
    items = run.iterate(iterable)
    if isinstance(items, Unknown):
        return items
    truths = [run.truth(i) for i in items]
    if stop_at in truths:
        return stop_at
    return run.unknown("a condition on data") if None in truths else not stop_at


@models("pow", unknowns=True)
def power(run: Interpreter, base: Value, exp: Value, mod: Value = None) -> Value:
    import ast

    from shapecalc.frontends.python.operators import apply_binary

    made = apply_binary(run, ast.Pow(), base, exp, run.node)
    return made if mod is None else apply_binary(run, ast.Mod(), made, mod, run.node)


@models("abs", "round", "divmod", "chr", "ord", "hex", "bin", "oct", "hash", "complex")
def plain_function(run: Interpreter, *args: Value) -> Value:
    return run.unknown("a builtin function")


def _register_plain() -> None:
    """Functions that may run as they are on plain numbers and short texts."""
    import builtins

    from shapecalc.frontends.python.library.registry import FUNCTIONS

    for name in ("abs", "round", "divmod", "chr", "ord", "hex", "bin", "oct", "complex"):
        FUNCTIONS[name] = Entry(_plain(getattr(builtins, name)), unknowns=False)


def _plain(function: Any) -> Any:
    def model(run: Interpreter, *args: Value) -> Value:
        if all(isinstance(a, (int, float, str, complex)) for a in args):
            return or_raise(lambda: function(*args))
        if function is abs and args and isinstance(args[0], Tensor):
            return apply_tensor_operator(run, "abs", args[0], None)
        return run.unknown(f"{function.__name__}() of an object")

    return model


_register_plain()


@models("iter", unknowns=True)
def iter_(run: Interpreter, value: Value, *rest: Value) -> Value:
    if isinstance(value, (Iterator, DataStream)):
        return value
    items = run.unknown("calls up to a sentinel") if rest else run.iterate(value)
    return items if isinstance(items, Unknown) else Iterator(items)


@models("next", unknowns=True)
def next_(run: Interpreter, value: Value, *default: Value) -> Value:
    if isinstance(value, Iterator):
        try:
            return take_next(run, value)
        except Raised as raised:
            if default and raised.kind == "StopIteration":
                return default[0]
            raise
    if isinstance(value, DataStream):
        return value.element
    if defines(value, "__next__"):
        return run.call(run.attribute(value, "__next__"))
    return value if isinstance(value, Unknown) else run.unknown(f"the next of {describe(value)}")


@models("slice", unknowns=True)
def slice_(*parts: Value) -> Value:
    return slice(*parts)


@models("object", unknowns=True)
def object_() -> Value:
    return LibraryObject("object")


@models("vars", unknowns=True)
def vars_(run: Interpreter, value: Value = None) -> Value:
    if isinstance(value, Instance):
        return value.attributes
    return run.unknown("what is known only when the program runs")
