"""Operators and indexing over abstract values, bounded."""

from __future__ import annotations

import ast
import operator
from types import NoneType
from typing import Any

from shapecalc.dims import Symbolic
from shapecalc.frontends.python.conditions import ITEM, derive, negation
from shapecalc.frontends.python.derived import Derived, defines
from shapecalc.frontends.python.interpreter import MAX_ITEMS, Interpreter
from shapecalc.frontends.python.keyed import add_unknown
from shapecalc.frontends.python.partial_texts import PartialText, fill_percent, join_pieces
from shapecalc.frontends.python.program_values import Class, Instance
from shapecalc.frontends.python.values import (
    DataShape,
    KnownArray,
    LibraryName,
    Parameter,
    Raised,
    Rest,
    Value,
    bounded,
    definite,
    describe,
    may_be_anything,
    rest_of,
)
from shapecalc.graph.tensor import Tensor
from shapecalc.rules.unknown import UndecidedError, Unknown

MAX_BITS = 4096

_BINARY: dict[type[ast.operator], tuple[Any, str]] = {
    ast.Add: (operator.add, "add"),
    ast.Sub: (operator.sub, "sub"),
    ast.Mult: (operator.mul, "mul"),
    ast.Div: (operator.truediv, "truediv"),
    ast.FloorDiv: (operator.floordiv, "floordiv"),
    ast.Mod: (operator.mod, "mod"),
    ast.Pow: (operator.pow, "pow"),
    ast.LShift: (operator.lshift, "lshift"),
    ast.RShift: (operator.rshift, "rshift"),
    ast.BitOr: (operator.or_, "or"),
    ast.BitXor: (operator.xor, "xor"),
    ast.BitAnd: (operator.and_, "and"),
    ast.MatMult: (operator.matmul, "matmul"),
}
_BY_NAME = {name: function for function, name in _BINARY.values()}
# The operators under which whole numbers stay whole.
_WHOLE = frozenset({"add", "sub", "mul", "floordiv"})
_PLAIN = (int, float, complex, str, bytes, bool, tuple, list, set, frozenset, dict, Symbolic)


def apply_binary(
    run: Interpreter, op: ast.operator, left: Value, right: Value, node: ast.AST
) -> Value:
    """`left op right`.

    Raises:
        Raised: the program would raise.
    """
    function, name = _BINARY[type(op)]
    # The everyday case first.
    if type(left) is int and type(right) is int and type(op) in (ast.Add, ast.Sub, ast.FloorDiv):
        if type(op) is ast.FloorDiv and right == 0:
            raise Raised("ZeroDivisionError", "integer division by zero")
        return function(left, right)
    if name == "mod" and isinstance(left, (str, bytes)):
        return format_percent(run, left, right, node)
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return _with_unknown(run, left, right, name)
    if (
        isinstance(left, _PLAIN)
        and isinstance(right, _PLAIN)
        and not (_replaces(left, name) or _replaces(right, name))
    ):
        return _apply_plain(run, function, name, left, right, node)
    return _apply_method(run, name, left, right, node)


def _with_unknown(run: Interpreter, left: Value, right: Value, name: str) -> Value:
    """An operator with an unknown side: a tensor's side keeps what it can."""
    if isinstance(left, Parameter) and isinstance(right, (int, Symbolic)) and name in _WHOLE:
        return _BY_NAME[name](left.length, right)
    if isinstance(right, Parameter) and isinstance(left, (int, Symbolic)) and name in _WHOLE:
        return _BY_NAME[name](left, right.length)
    for side, other in ((left, right), (right, left)):
        if isinstance(side, Tensor):
            return apply_tensor_operator(run, name, side, other)
        if (
            name == "add"
            and isinstance(side, PartialText)
            and isinstance(other, (str, PartialText))
        ):
            return join_pieces((left, right))
    return derive(name, left, right)


def _apply_plain(
    run: Interpreter, function: Any, name: str, left: Value, right: Value, node: ast.AST
) -> Value:
    if _too_large(name, left, right):
        return run.unknown("a number or a sequence that is too large to follow", node)
    if isinstance(left, Symbolic) or isinstance(right, Symbolic):
        return _apply_symbolic(run, function, name, left, right, node)
    if name in ("add", "mul") and not (rest_of(left) is None and rest_of(right) is None):
        return _with_rest(name, left, right)
    try:
        result = function(left, right)
        if isinstance(result, (list, tuple, str, bytes)):
            run.account(len(result))
            return bounded(result)
        return result
    except ZeroDivisionError as error:
        raise Raised("ZeroDivisionError", str(error)) from None
    except TypeError as error:
        raise Raised("TypeError", str(error)) from None
    except (UndecidedError, OverflowError, ValueError):
        return run.unknown(f"the result of `{name}`", node)


def _with_rest(name: str, left: Value, right: Value) -> Value:
    """`+` or `*` of a list with an unknown number of items."""
    if name == "add" and isinstance(left, list) and isinstance(right, list):
        # What comes behind an unknown number of items has no place of its own.
        rest = rest_of(left)
        if rest is None:
            return [*left, *right]
        return [*left[:-1], Rest(rest.reason, rest.span)]
    rest = rest_of(left)
    rest = rest_of(right) if rest is None else rest
    return Unknown(rest.reason, rest.span) if rest is not None else None


def _apply_symbolic(
    run: Interpreter, function: Any, name: str, left: Value, right: Value, node: ast.AST
) -> Value:
    """Arithmetic with a dim; what leaves the whole numbers is unknown."""
    if name == "truediv" and isinstance(right, int) and right == 1:
        return left
    if name == "pow" and isinstance(right, int) and 0 <= right <= 4:
        result: Value = 1
        for _ in range(right):
            result = result * left
        return result
    whole = all(isinstance(v, (int, Symbolic)) for v in (left, right))
    if whole and name in ("add", "sub", "mul", "floordiv", "mod"):
        try:
            return function(left, right)
        except ZeroDivisionError as error:
            raise Raised("ZeroDivisionError", str(error)) from None
    if isinstance(left, (list, tuple, str)) or isinstance(right, (list, tuple, str)):
        return run.unknown("a sequence of a length that is not a number", node)
    return run.unknown("arithmetic that leaves the whole numbers", node)


def _too_large(name: str, left: Value, right: Value) -> bool:
    """Whether a result would be larger than any sensible program needs."""
    if name == "pow":
        if isinstance(left, int) and isinstance(right, int):
            return right > 0 and left.bit_length() * right > MAX_BITS
        return False
    if name == "lshift":
        return isinstance(right, int) and right > MAX_BITS
    if name == "mul":
        for one, other in ((left, right), (right, left)):
            if isinstance(one, (list, tuple, str, bytes)) and isinstance(other, int):
                return len(one) * max(other, 0) > MAX_ITEMS
        if isinstance(left, int) and isinstance(right, int):
            return left.bit_length() + right.bit_length() > MAX_BITS
    if name == "add" and isinstance(left, (list, tuple, str)) and isinstance(
        right, (list, tuple, str)
    ):  # fmt: skip
        return len(left) + len(right) > MAX_ITEMS * 10
    return False


def format_percent(run: Interpreter, text: Any, values: Value, node: ast.AST) -> Value:
    """`text % values`, for plain values and widths of sane size."""
    items = values if isinstance(values, tuple) else (values,)
    if isinstance(text, bytes):
        return run.unknown("formatted bytes", node)
    unknown = next((v for v in items if isinstance(v, Unknown)), None)
    if unknown is not None:
        return fill_percent(text, unknown)
    plain = all(isinstance(v, (str, int, float, bool, type(None))) for v in items)
    long_width = any(c.isdigit() for c in text) and any(
        len(d) > 3 for d in "".join(c if c.isdigit() else " " for c in str(text)).split()
    )
    if not plain or long_width or "*" in str(text):
        return fill_percent(text, run.unknown("a formatted text", node))
    try:
        return text % values
    except (TypeError, ValueError):
        return run.unknown("a format that does not fit its values", node)


def _replaces(value: Value, name: str) -> bool:
    """Whether a class of the program that derives from Python's type has an operator of its own."""
    return isinstance(value, Derived) and (
        defines(value, f"__{name}__") or defines(value, f"__{_REFLECTED.get(name, name)}__")
    )


_REFLECTED = {"add": "radd", "sub": "rsub", "mul": "rmul", "truediv": "rtruediv", "or": "ror"}


def _apply_method(run: Interpreter, name: str, left: Value, right: Value, node: ast.AST) -> Value:
    """An operator of an object: the program's own method, or a tensor's."""
    for receiver, other, method in (
        (left, right, f"__{name}__"),
        (right, left, f"__{_REFLECTED.get(name, name)}__"),
    ):
        if defines(receiver, method):
            return run.call(run.attribute(receiver, method), (other,))
    for side, other in ((left, right), (right, left)):
        if isinstance(side, Tensor):
            return apply_tensor_operator(run, name, side, other, reflected=side is right)
    if name == "or" and isinstance(left, (LibraryName, Class, type(None))):
        return run.unknown("a union of types", node)
    from shapecalc.frontends.python.library.dispatch import operator_model

    model = operator_model(left) or operator_model(right)
    if model is not None:
        return model(run, name, left, right)
    return run.unknown(f"`{name}` of {describe(left)} and {describe(right)}", node)


def apply_tensor_operator(
    run: Interpreter, name: str, tensor: Tensor, other: Value, *, reflected: bool = False
) -> Value:
    """An operator with a tensor on one side: an operation node of the graph."""
    from shapecalc.frontends.python.library.dispatch import tensor_operator

    return tensor_operator(run, name, tensor, other, reflected)


def apply_unary(run: Interpreter, op: ast.unaryop, value: Value, node: ast.AST) -> Value:
    """`op value`."""
    if isinstance(op, ast.Not):
        truth = run.truth(value)
        if truth is None:
            return negation(value if isinstance(value, Unknown) else derive("bool", value))
        return not truth
    if isinstance(value, Unknown):
        return derive(type(op).__name__, value)
    if isinstance(value, Tensor):
        return Tensor(value.shape, value.dtype, value.call, value.index) if isinstance(
            op, ast.UAdd) else apply_tensor_operator(run, "neg", value, None)  # fmt: skip
    if isinstance(value, (int, float, complex)) or (
        isinstance(value, Symbolic) and isinstance(op, ast.USub)
    ):
        try:
            if isinstance(op, ast.USub):
                return -value
            number: Any = value
            return +number if isinstance(op, ast.UAdd) else ~number
        except TypeError as error:
            raise Raised("TypeError", str(error)) from None
    return run.unknown(f"an operator on {describe(value)}", node)


def as_key(value: Value) -> Value:
    """A value as a dict's key, or an unknown where it can't be one."""
    if isinstance(value, Unknown):
        return value
    if isinstance(value, Tensor) and not value.symbolic:
        return Unknown("a key that only the data knows")
    try:
        hash(value)
    except (TypeError, UndecidedError):
        return Unknown("a key that has no hash")
    return value


def get_item(run: Interpreter, value: Value, index: Value, node: ast.AST) -> Value:
    """`value[index]`.

    Raises:
        Raised: there is no such item.
    """
    if isinstance(value, DataShape) and isinstance(index, int):
        return run.lengths.of(value.owner, index, node)
    if isinstance(value, Unknown):
        return derive(ITEM, value, index)
    if isinstance(value, KnownArray) and isinstance(index, int):
        return _sequence_item(run, value.items, index, node)
    if isinstance(value, KnownArray) and isinstance(index, slice):
        items = _sequence_item(run, value.items, index, node)
        if isinstance(items, list) and rest_of(items) is None:
            return value.part(items)
    if isinstance(value, Tensor):
        return apply_tensor_operator(run, "getitem", value, index)
    if isinstance(index, Unknown):
        if getattr(value, "default_factory", None) is not None:
            add_unknown(run, value, index)
        return derive(ITEM, value, index)
    if defines(value, "__getitem__"):
        return run.call(run.attribute(value, "__getitem__"), (index,))
    return builtin_item(run, value, index, node)


def builtin_item(run: Interpreter, value: Value, index: Value, node: ast.AST) -> Value:
    """`value[index]` as Python's own types and libraries have it.

    Raises:
        Raised: there is no such item.
    """
    if isinstance(value, Instance):
        return run.unknown(f"an item of {describe(value)}", node)
    if isinstance(value, dict):
        return _dict_item(run, value, index, node)
    if isinstance(value, (list, tuple, str, bytes, range)):
        return _sequence_item(run, value, index, node)
    from shapecalc.frontends.python.library.dispatch import get_item_model

    return get_item_model(run, value, index)


def _dict_item(run: Interpreter, value: dict[Any, Value], index: Value, node: ast.AST) -> Value:
    key = as_key(index)
    if may_be_anything(key) and key not in value:
        key = definite(key, run.span(node))
    default = getattr(value, "default_factory", None)
    if isinstance(key, Unknown):
        if default is not None:
            add_unknown(run, value, key)
        return derive(ITEM, value, key)
    try:
        if key in value:
            return value[key]
    except UndecidedError as undecided:
        return undecided.unknown
    rest = rest_of(value)
    if rest is not None:
        return Unknown(rest.reason, rest.span)
    if any(map(may_be_anything, value)):
        return run.unknown("an item of a dict, by a key that is not known", node)
    if default is not None:
        run.touch(value)
        value[key] = run.call(default)
        return value[key]
    if defines(value, "__missing__"):
        return run.call(run.attribute(value, "__missing__"), (key,))
    raise Raised("KeyError", repr(key))


def _sequence_item(run: Interpreter, value: Any, index: Value, node: ast.AST) -> Value:
    rest = rest_of(value)
    if rest is not None:
        last = index.stop if isinstance(index, slice) else index
        first = index.start if isinstance(index, slice) else index
        sure = all(
            isinstance(p, int) and 0 <= p < len(value)
            for p in (0 if first is None else first, last)
        )
        if not sure or (value[last] is rest and not isinstance(index, slice)):
            return Unknown(rest.reason, rest.span)
    if isinstance(index, slice):
        parts = (index.start, index.stop, index.step)
        if not all(p is None or isinstance(p, int) for p in parts):
            return run.unknown("a slice with unknown bounds", node)
    elif not isinstance(index, int):
        if not isinstance(index, (str, float, list, tuple, dict, NoneType)):
            return run.unknown("an item at a place that is not a number", node)
        raise Raised("TypeError", "indices must be integers or slices")
    try:
        return value[index]
    except IndexError as error:
        raise Raised("IndexError", str(error)) from None
    except ValueError as error:
        raise Raised("ValueError", str(error)) from None
