"""What is known of the numbers in an array that an operation computes from others."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable
from typing import Any

from shapecalc.dims import Shape
from shapecalc.graph.contents import Contents, Number
from shapecalc.graph.tensor import Tensor
from shapecalc.ops.op import OpRule
from shapecalc.rules.spec import TensorSpec

# Numbers beyond this say nothing that anybody asks for.
MAX_BOUND = 1e15
# So many numbers of a literal are looked at.
MAX_LOOKED_AT = 100_000

_TRUTH = Contents(0, 1, whole=True)
NOTHING = Contents()


def contents_of(value: Any) -> Contents:
    """What is known of the elements of an operand: an array, a number, nested lists of them."""
    if isinstance(value, Tensor):
        return value.contents or NOTHING
    if isinstance(value, (list, tuple)):
        return contents_of_literal(value) or NOTHING
    if isinstance(value, (bool, int, float)):
        return _of_numbers([value])
    return NOTHING


def contents_of_literal(value: Any) -> Contents | None:
    """What is known of the numbers in nested lists; None where they are not all known."""
    numbers: list[Number] = []
    arrays: list[Contents] = []
    waiting = [value]
    looked_at = 0
    while waiting:
        item = waiting.pop()
        looked_at += 1
        if looked_at > MAX_LOOKED_AT:
            return None
        if isinstance(item, (list, tuple)):
            waiting.extend(item[: MAX_LOOKED_AT + 1])
        elif isinstance(item, (bool, int, float)):
            numbers.append(item)
        elif isinstance(item, Tensor):
            arrays.append(item.contents or NOTHING)
        else:
            return None
    if numbers:
        arrays.append(_of_numbers(numbers))
    return _joined(arrays)


def _of_numbers(numbers: list[Number]) -> Contents:
    if not all(math.isfinite(n) for n in numbers if isinstance(n, float)):
        return NOTHING
    low, high = min(numbers), max(numbers)
    whole = all(n == int(n) for n in numbers)
    every = whole and high - low < MAX_LOOKED_AT and len(set(numbers)) == high - low + 1
    return _bounded(Contents(_plain(low), _plain(high), whole, all_occur=every))


def _plain(number: Number) -> Number:
    return int(number) if isinstance(number, bool) else number


def _joined(parts: list[Contents]) -> Contents | None:
    if not parts:
        return None
    result = parts[0]
    for part in parts[1:]:
        result = _with_occurring(result, part)
    return result


def _with_occurring(one: Contents, other: Contents) -> Contents:
    """The elements of both together: what occurs in the one occurs in all."""
    joined = one.join(other)
    every = any(
        part.all_occur and (part.low, part.high) == (joined.low, joined.high)
        for part in (one, other)
    )
    return joined._replace(all_occur=every and joined.whole)


def computed(
    rule: Callable[..., Any],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    result: TensorSpec,
) -> Contents | None:
    """What is known of an operation's output.

    Args:
        rule: the operation.
        args: its operands, as they are given.
        kwargs: those by keyword.
        result: the output's shape and dtype.
    """
    if not isinstance(rule, OpRule) or kwargs.get("out") is not None:
        return None
    moved = rule.moved(args, kwargs)
    if moved is not None:
        found = _joined([contents_of(operand) for operand in moved])
        return None if found is None else _after_moving(rule, args, kwargs, found, result.shape)
    if result.dtype == "bool":
        return _TRUTH
    name = rule.name.rpartition(".")[2]
    if name == "cast":
        return converted(contents_of(args[0]), result.dtype) if args else None
    if name == "one_hot":
        return _one_hot(args, kwargs, result)
    if name in _FILLED:
        return fitted(_FILLED[name], result.dtype)
    table: dict[str, Callable[..., Contents]] = _OF_TWO if len(args) == 2 else _OF_ONE
    compute = table.get(name)
    if compute is None or kwargs or len(args) not in (1, 2):
        return None
    return fitted(compute(*(contents_of(a) for a in args)), result.dtype)


def converted(contents: Contents, dtype: str) -> Contents:
    """What is known of numbers in another dtype; a fraction is cut off where it gets an int."""
    if "int" in dtype and not contents.whole:
        # Towards zero, so that the bounds hold when they are cut likewise.
        bounds = (contents.low, contents.high)
        low, high = (None if x is None else math.trunc(x) for x in bounds)
        contents = Contents(low, high, whole=True)
    return fitted(contents, dtype)


def _one_hot(args: tuple[Any, ...], kwargs: dict[str, Any], result: TensorSpec) -> Contents | None:
    """One-hot rows, where each label is known to be within the classes; others give zeros."""
    # Of an array that is not known, it is `Unranked`.
    shape: Any = result.shape
    depth = shape[-1] if isinstance(shape, tuple) and shape else None
    if len(args) > 2 or set(kwargs) - {"depth", "num_classes", "dtype", "axis", "name"}:
        return None
    labels = contents_of(args[0]) if args else NOTHING
    low, high = labels.low, labels.high
    within = isinstance(depth, int) and low is not None and high is not None
    sure = within and low >= 0 and high < depth and kwargs.get("axis", -1) == -1  # type: ignore[operator]
    return Contents(0, 1, whole=True, one_hot=bool(sure) and labels.whole)


def _after_moving(
    rule: OpRule, args: tuple[Any, ...], kwargs: dict[str, Any], found: Contents, shape: Shape
) -> Contents:
    rows = found.one_hot and keeps_rows(rule, args, kwargs, shape)
    every = rule.moves_every or _repeats_each(rule, args, kwargs)
    reached = found.reached and (every or _picks_places(rule, args))
    return found._replace(one_hot=rows, all_occur=found.all_occur and every, reached=reached)


def _picks_places(rule: OpRule, args: tuple[Any, ...]) -> bool:
    """Whether elements are picked by where they are, and not by what they are."""
    if rule.name.rpartition(".")[2] != "get_item":
        return False
    key = args[1] if isinstance(args[1], tuple) else (args[1],)
    return all(part is None or isinstance(part, (int, slice, type(...))) for part in key)


def _repeats_each(rule: OpRule, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool:
    """Whether an operation repeats each element of its operand, as often as the program says."""
    if rule.name.rpartition(".")[2] not in ("repeat", "tile"):
        return False
    times = args[1] if len(args) > 1 else kwargs.get("repeats", kwargs.get("reps"))
    return all(
        isinstance(n, int) and n > 0
        for n in (times if isinstance(times, (list, tuple)) else [times])
    )


def keeps_rows(rule: OpRule, args: tuple[Any, ...], kwargs: dict[str, Any], shape: Shape) -> bool:
    """Whether the last axis of an operation's output is one of its operand's, element by element.

    It looks at the everyday ways: rows are picked (`x[:100]`, `np.eye(3)[y]`) or joined.
    """
    name = rule.name.rpartition(".")[2]
    if name == "get_item":
        x, key = args[0], args[1]
        rank = len(x.shape) if isinstance(x.shape, tuple) else 0
        picks_rows = isinstance(key, (int, slice)) or _is_index(key)
        return rank >= 2 and picks_rows
    if name in ("concatenate", "vstack"):
        parts = args[0]
        alike = isinstance(parts, (list, tuple)) and all(isinstance(p, Tensor) for p in parts)
        ranks = {len(p.shape) for p in parts if isinstance(p.shape, tuple)} if alike else set()
        first = name == "vstack" or (len(args) == 1 and kwargs.get("axis", 0) == 0)
        return first and ranks == {len(shape)} and len(shape) >= 2
    return False


def _is_index(key: Any) -> bool:
    if isinstance(key, Tensor):
        return key.dtype != "bool" or (isinstance(key.shape, tuple) and len(key.shape) == 1)
    return isinstance(key, list)


# --- arithmetic --------------------------------------------------------------------------------


def fitted(contents: Contents, dtype: str) -> Contents:
    """Contents as a dtype holds them: integers wrap around, floats are rounded."""
    contents = _bounded(contents)
    low, high = contents.low, contents.high
    if low is None or high is None:
        # One bound alone says nothing of an integer that wraps around.
        return contents if dtype == "float64" else NOTHING
    if "int" in dtype:
        bits = int("".join(c for c in dtype if c.isdigit()))
        least, most = (
            (0, 2**bits - 1) if dtype[0] == "u" else (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)
        )
        fits = least <= low and high <= most
        return contents if fits and contents.whole else NOTHING
    if dtype == "float64":
        return contents
    if dtype == "float32":
        return contents._replace(low=_rounded_out(low, -1), high=_rounded_out(high, 1))
    if dtype == "bool":
        return _TRUTH
    return NOTHING


def _rounded_out(bound: Number, sign: int) -> Number:
    """A bound that holds for numbers of 32 bits too."""
    (single,) = struct.unpack("f", struct.pack("f", bound))
    return bound if single == bound else bound + sign * abs(bound) * 2**-20


def _bounded(contents: Contents) -> Contents:
    low, high = (
        None if x is None or not abs(x) < MAX_BOUND else x for x in (contents.low, contents.high)
    )
    if (low, high) == (contents.low, contents.high):
        return contents
    return Contents(low, high, contents.whole)


def _combined(one: Contents, other: Contents, function: Callable[[Any, Any], Any]) -> Contents:
    """The bounds of a function of two elements that is greatest and least at their bounds."""
    bounds = (one.low, one.high, other.low, other.high)
    if any(b is None for b in bounds):
        return NOTHING
    corners = [function(a, b) for a in (one.low, one.high) for b in (other.low, other.high)]
    return Contents(min(corners), max(corners), one.whole and other.whole)


def _is_number(contents: Contents) -> bool:
    return contents.low is not None and contents.low == contents.high


def _shifts(one: Contents, other: Contents, result: Contents) -> Contents:
    """What all occurs still does when a whole number is added."""
    shifted = (one.all_occur and _is_number(other)) or (other.all_occur and _is_number(one))
    reached = (one.reached and _is_number(other)) or (other.reached and _is_number(one))
    return result._replace(all_occur=shifted and result.whole, reached=reached)


def _add(one: Contents, other: Contents) -> Contents:
    return _shifts(one, other, _combined(one, other, lambda a, b: a + b))


def _subtract(one: Contents, other: Contents) -> Contents:
    return _shifts(one, other, _combined(one, other, lambda a, b: a - b))


def _scales(one: Contents, other: Contents, result: Contents) -> Contents:
    """What is scaled by a number above 0 goes as far as it went."""
    reached = one.reached and _is_number(other) and (other.low or 0) > 0
    return result._replace(reached=reached)


def _multiply(one: Contents, other: Contents) -> Contents:
    return _scales(one, other, _combined(one, other, lambda a, b: a * b))


def _divide(one: Contents, other: Contents) -> Contents:
    if other.low is None or other.high is None or other.low <= 0 <= other.high:
        return NOTHING
    return _scales(one, other, _combined(one, other, lambda a, b: a / b)._replace(whole=False))


def _floor_divide(one: Contents, other: Contents) -> Contents:
    if other.low is None or other.high is None or other.low <= 0:
        return NOTHING
    return _combined(one, other, lambda a, b: a // b)


def _mod(one: Contents, other: Contents) -> Contents:
    if other.low is None or other.high is None or other.low <= 0:
        return NOTHING
    whole = one.whole and other.whole
    return Contents(0, other.high - 1 if whole else other.high, whole)


def _negative(one: Contents) -> Contents:
    return one.scaled(-1) if one.low is not None and one.high is not None else NOTHING


def _absolute(one: Contents) -> Contents:
    if one.low is None or one.high is None:
        return Contents(low=0, whole=one.whole)
    least = 0 if one.low <= 0 <= one.high else min(abs(one.low), abs(one.high))
    return Contents(least, max(abs(one.low), abs(one.high)), one.whole)


def _same(one: Contents) -> Contents:
    return one


_OF_ONE: dict[str, Callable[[Contents], Contents]] = {
    "negative": _negative,
    "absolute": _absolute,
    "abs": _absolute,
    "copy": _same,
}
_OF_TWO: dict[str, Callable[[Contents, Contents], Contents]] = {
    "add": _add,
    "subtract": _subtract,
    "multiply": _multiply,
    "divide": _divide,
    "true_divide": _divide,
    "floor_divide": _floor_divide,
    "mod": _mod,
    "minimum": lambda a, b: _combined(a, b, min),
    "maximum": lambda a, b: _combined(a, b, max),
}
# Whatever they are called with.
_FILLED = {
    "zeros_like": Contents(0, 0, whole=True),
    "ones_like": Contents(1, 1, whole=True),
}
