"""Literals that a user types: read as Python writes them, and never evaluated."""

from __future__ import annotations

import ast
import math

from shapecalc.frontends.python.values import Value

MAX_TEXT = 1_000
MAX_NESTING = 20


class NoLiteral(ValueError):
    """A text that is no literal."""


def read_literal(text: str) -> Value:
    """The value of a number, a quoted text, True, False, None, or a list, tuple or dict of those.

    Raises:
        NoLiteral: it is another text, or one too long or too deeply nested.
    """
    if len(text) > MAX_TEXT:
        raise NoLiteral(f"a value of more than {MAX_TEXT} characters")
    try:
        node = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise NoLiteral(f"{text!r} is no value as Python writes it{_hint(text)}") from None
    return _value(node, text, 0)


def _value(node: ast.expr, text: str, depth: int) -> Value:
    if depth > MAX_NESTING:
        raise NoLiteral(f"a value nested more than {MAX_NESTING} deep")
    if isinstance(node, ast.Constant) and isinstance(node.value, (str, int, float, type(None))):
        return _finite(node.value, text)
    if isinstance(node, (ast.Tuple, ast.List)):
        items = [_value(item, text, depth + 1) for item in node.elts]
        return tuple(items) if isinstance(node, ast.Tuple) else items
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.UAdd)):
        number = _value(node.operand, text, depth + 1)
        if type(number) in (int, float):
            return -number if isinstance(node.op, ast.USub) else number
    if isinstance(node, ast.Dict) and None not in node.keys:
        keys = [_value(key, text, depth + 1) for key in node.keys if key is not None]
        if all(isinstance(key, (str, int, float, type(None))) for key in keys):
            values = [_value(value, text, depth + 1) for value in node.values]
            return dict(zip(keys, values, strict=True))
    raise NoLiteral(f"{text!r} is no literal: nothing is looked up or computed{_hint(text)}")


def _finite(value: Value, text: str) -> Value:
    if isinstance(value, float) and not math.isfinite(value):
        raise NoLiteral(f"{text!r} is too large a number")
    return value


def _hint(text: str) -> str:
    """A word was probably meant as a text."""
    word = text.strip()
    plain = word.replace("-", "").replace("_", "").replace("/", "").replace(".", "")
    return f"; a text stands in quotes: '{word}'" if plain.isalnum() and len(word) < 40 else ""
