"""An analysis that ends before the program does: what may still have been done to its models."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from shapecalc.frontends.python.interpreter import Interpreter

# Methods that give a stack other layers, and what changes the weights of any network.
_RESTACKING = frozenset({"add", "pop", "rebuild"})
_CHANGING = frozenset({"add_weight", "enable_lora", "quantize", "trainable"})


def doubt_models(run: Interpreter, nodes: Iterable[ast.AST], reason: str) -> None:
    """Say of models that they may have been changed by code that was not run.

    Args:
        run: the run; its program's models are meant.
        nodes: the code, and the functions that it may call.
        reason: why it was not run.
    """
    named = {
        node.attr for root in nodes for node in ast.walk(root) if isinstance(node, ast.Attribute)
    }
    for record in run.program.models:
        model = record.model
        if named & _CHANGING or (model.kind == "sequential" and named & _RESTACKING):
            model.incomplete = model.incomplete or reason


def defined_in(statements: Iterable[ast.stmt]) -> list[ast.stmt]:
    """The functions and classes among statements."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return [statement for statement in statements if isinstance(statement, kinds)]
