"""Comparisons: what is known of whether they hold."""

from __future__ import annotations

import ast
import operator
from typing import Any

from shapecalc.dims import Comparison, Symbolic, at_least, compare
from shapecalc.frontends.python.classes import are_one
from shapecalc.frontends.python.conditions import condition
from shapecalc.frontends.python.derived import Derived, defines
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.operators import apply_tensor_operator
from shapecalc.frontends.python.partial_texts import PartialText
from shapecalc.frontends.python.program_values import Module
from shapecalc.frontends.python.values import (
    LibraryName,
    LibraryObject,
    Raised,
    Value,
    may_be_anything,
    rest_of,
)
from shapecalc.graph.tensor import Tensor
from shapecalc.rules.session import current_session
from shapecalc.rules.unknown import UndecidedError, Unknown


def apply_compare(
    run: Interpreter, op: ast.cmpop, left: Value, right: Value, node: ast.AST
) -> Value:
    """`left op right`: a bool, or an unknown."""
    if isinstance(op, (ast.Is, ast.IsNot)):
        same = _identical(left, right)
        if same is None:
            return condition(op, left, right, run.span(node))
        return same if isinstance(op, ast.Is) else not same
    if isinstance(left, PartialText) or isinstance(right, PartialText):
        decided = _compare_texts(op, left, right)
        if decided is not None:
            return decided
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return condition(op, left, right)
    try:
        result = _compare_known(run, op, left, right)
    except UndecidedError as undecided:
        return undecided.unknown
    except TypeError as error:
        raise Raised("TypeError", str(error)) from None
    return condition(op, left, right, run.span(node)) if result is None else (result)


def _compare_texts(op: ast.cmpop, left: Value, right: Value) -> bool | None:
    """A comparison with a text that is known in part, as far as that part decides it."""
    if isinstance(op, (ast.In, ast.NotIn)):
        if isinstance(left, str) and isinstance(right, PartialText):
            found = right.holds(left)
        else:
            members = isinstance(right, (list, tuple, set, frozenset, dict))
            found = False if members and all(_differ(left, item) for item in right) else None
        return found if found is None else found is isinstance(op, ast.In)
    if isinstance(op, (ast.Eq, ast.NotEq)) and (_differ(left, right) or _differ(right, left)):
        return isinstance(op, ast.NotEq)
    return None


def _differ(text: Value, other: Value) -> bool:
    """Whether a text that is known in part is certainly not another value."""
    if not isinstance(text, PartialText):
        return False
    if isinstance(other, str):
        return not text.may_be(other)
    return isinstance(other, (int, float, type(None)))


def _identical(left: Value, right: Value) -> bool | None:
    if left is right:
        return True
    if any(isinstance(v, Unknown) or may_be_anything(v) for v in (left, right)):
        return None
    if left is None or right is None or isinstance(left, bool) or isinstance(right, bool):
        return False
    if isinstance(left, Derived) or isinstance(right, Derived):
        return False
    if isinstance(left, (int, str, float)) and type(left) is type(right):
        return bool(left == right)
    return are_one(left, right) or False


_COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Eq: "eq", ast.NotEq: "ne", ast.Lt: "lt", ast.LtE: "le", ast.Gt: "gt", ast.GtE: "ge",
}  # fmt: skip


def _compare_known(run: Interpreter, op: ast.cmpop, left: Value, right: Value) -> Any:
    if isinstance(op, (ast.In, ast.NotIn)):
        found = _contains(run, right, left)
        return found if found is None or isinstance(op, ast.In) else not found
    if isinstance(left, Symbolic) or isinstance(right, Symbolic):
        return _compare_dims(op, left, right)
    if isinstance(left, Tensor) or isinstance(right, Tensor):
        name = _COMPARISONS.get(type(op), "compare")
        if name == "eq" and getattr(left, "symbolic", False) and current_session().tracer is None:
            # Tensors of a graph have no `==` of their own: each is equal to itself.
            return left is right
        if isinstance(left, Tensor):
            return apply_tensor_operator(run, name, left, right)
        return apply_tensor_operator(run, name, right, left, reflected=True)
    if defines(left, "__eq__") and isinstance(op, ast.Eq):
        return run.call(run.attribute(left, "__eq__"), (right,))
    if _is_opaque(left) or _is_opaque(right):
        # Two names of one thing are equal; what a library's object equals is its own matter.
        one = left is right or are_one(left, right)
        if one is None or not isinstance(op, (ast.Eq, ast.NotEq)):
            return None
        return one is isinstance(op, ast.Eq)
    if isinstance(op, ast.Eq):
        return bool(left == right)
    if isinstance(op, ast.NotEq):
        return bool(left != right)
    from shapecalc.frontends.python.library.dispatch import operator_model

    if operator_model(left) or operator_model(right):
        return None
    order = {ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge}
    return bool(order[type(op)](left, right))


def _is_opaque(value: Value) -> bool:
    return isinstance(value, (LibraryName, LibraryObject, Module)) or may_be_anything(value)


def _compare_dims(op: ast.cmpop, left: Value, right: Value) -> bool | None:
    if not all(isinstance(v, (int, Symbolic)) for v in (left, right)):
        return isinstance(op, ast.NotEq) if isinstance(op, (ast.Eq, ast.NotEq)) else None
    if isinstance(op, (ast.Eq, ast.NotEq)):
        order = compare(left, right)
        if order is Comparison.UNDECIDED:
            return None
        return (order is Comparison.EQUAL) is isinstance(op, ast.Eq)
    if isinstance(op, ast.GtE):
        return at_least(left, right).holds()
    if isinstance(op, ast.LtE):
        return at_least(right, left).holds()
    less = at_least(right, left + 1) if isinstance(op, ast.Lt) else at_least(left, right + 1)
    return less.holds()


def _contains(run: Interpreter, container: Value, item: Value) -> bool | None:
    if defines(container, "__contains__"):
        return run.truth(run.call(run.attribute(container, "__contains__"), (item,)))
    if isinstance(container, (str, bytes)):
        return operator.contains(container, item) if type(item) is type(container) else None
    if isinstance(container, dict):
        unsure = may_be_anything(item) or rest_of(container) is not None
        return item in container or (None if unsure else False)
    if isinstance(container, (list, tuple, set, frozenset, range)):
        undecided = may_be_anything(item) or any(map(may_be_anything, container))
        for member in container:
            try:
                if member is item or member == item or are_one(member, item):
                    return True
            except UndecidedError:
                undecided = True
        return None if undecided else False
    return None
