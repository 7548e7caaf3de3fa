"""What evaluates each type of expression, and executes each type of statement."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from shapecalc.frontends.python.values import Value

if TYPE_CHECKING:
    from shapecalc.frontends.python.interpreter import Interpreter

Evaluator = Callable[["Interpreter", Any], Value]
EXPRESSIONS: dict[type[ast.AST], Evaluator] = {}
STATEMENTS: dict[type[ast.AST], Callable[[Interpreter, Any], None]] = {}


def expression(*types: type[ast.expr]) -> Callable[[Evaluator], Evaluator]:
    """Register the evaluator of some expression nodes."""

    def register(function: Evaluator) -> Evaluator:
        for node_type in types:
            EXPRESSIONS[node_type] = function
        return function

    return register


def statement(
    *types: type[ast.AST],
) -> Callable[[Callable[[Interpreter, Any], None]], Callable[[Interpreter, Any], None]]:
    """Register the executor of some statement nodes."""

    def register(
        function: Callable[[Interpreter, Any], None],
    ) -> Callable[[Interpreter, Any], None]:
        for node_type in types:
            STATEMENTS[node_type] = function
        return function

    return register
