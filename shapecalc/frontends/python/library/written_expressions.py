"""Expressions that a program writes as a text and asks Python to evaluate.

They are parsed and interpreted like the rest of the program, over abstract values.
"""

from __future__ import annotations

import ast
from typing import Any

from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.registry import models
from shapecalc.frontends.python.values import Raised, Value

LIBRARIES = ("",)

MAX_TEXT = 1_000


@models("eval", unknowns=True)
def eval_(run: Interpreter, text: Value, *scopes: Value, node: Any = None) -> Value:
    """What an expression comes to among the names of the place that asks."""
    if not isinstance(text, str) or scopes or len(text) > MAX_TEXT:
        return run.unknown("what is known only when the program runs")
    # A program that goes on writing others is bounded as one that is as long.
    run.account(16 * len(text))
    try:
        expression = ast.parse(text.lstrip(" \t"), mode="eval").body
    except (SyntaxError, ValueError) as error:
        raise Raised("SyntaxError", str(error)[:80]) from None
    except (RecursionError, MemoryError):
        return run.unknown("an expression that is nested too deeply")
    if node is not None:
        for part in ast.walk(expression):
            # What is found in it is told where it is asked for.
            for place in ("lineno", "col_offset", "end_lineno", "end_col_offset"):
                setattr(part, place, getattr(node, place))
    statement = ast.Expr(expression, lineno=1, col_offset=0)
    run.trees.append(ast.Module([statement], []))
    return run.evaluate(expression)


@models("exec", "__import__", "compile", unknowns=True)
def dynamic(run: Interpreter, *args: Value, **kwargs: Value) -> Value:
    return run.unknown("what is known only when the program runs")
