"""Pieces of programs: what uses Keras and does not import it.

A question, a lesson or a cell leaves the imports out. Such a piece does not run by itself, but what
it is about is plain: a name that nothing defines, and that Keras has, is taken for Keras's.
"""

from __future__ import annotations

import ast
import re

from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.modules import canonical
from shapecalc.frontends.python.values import LibraryName, Value

_BEGINNINGS = re.compile(r"(?<![.\w])(?:Sequential|Input)\(")
_ELSEWHERE = {
    "Sequential": "keras.models.Sequential",
    "Model": "keras.models.Model",
    "Input": "keras.layers.Input",
    "layers": "keras.layers",
    "keras": "keras",
    "tf": "tensorflow",
}


def may_be_a_piece(text: str) -> bool:
    """Whether a text that does not name Keras may be a piece of a program that does."""
    return _BEGINNINGS.search(text) is not None


def taken_for_keras(run: Interpreter, name: str, node: ast.AST) -> Value | None:
    """What a name that is not defined means in Keras; None if nothing, or if that is not sure.

    Where `import *` may have bound anything, a name that is missing says nothing.
    """
    scope = run.frame.scope.module
    if not scope.certain:
        return None
    from shapecalc.frontends.python.library.registry import constant_of
    from shapecalc.layers import rule_for

    path = canonical(_ELSEWHERE.get(name) or f"keras.layers.{name}")
    if name not in _ELSEWHERE and rule_for(path) is None:
        return None
    run.gap("unknown", f"the name `{name}` is not imported, and is taken for {path}")
    # It is told once.
    value = scope.names[name] = constant_of(path, LibraryName(path))
    return value
