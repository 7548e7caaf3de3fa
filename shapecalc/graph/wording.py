"""Shapes and counts as people read them, in tables and in pictures."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import Dim, Variable, is_unknown, show
from shapecalc.rules.unknown import Unranked
from shapecalc.source import sanitize

UNKNOWN = "?"


def shape_text(shape: Any) -> str:
    """A shape as Keras shows it, or several; an open axis has the name that formulas use."""
    if shape is None or isinstance(shape, Unranked):
        return UNKNOWN
    if isinstance(shape, list):
        return ", ".join(map(shape_text, shape))
    if isinstance(shape, dict):
        return ", ".join(f"{sanitize(str(k))}: {shape_text(v)}" for k, v in shape.items())
    axes = [_axis(dim) for dim in shape]
    return f"({', '.join(axes)}{',' if len(axes) == 1 else ''})"


def _axis(dim: Dim) -> str:
    if isinstance(dim, Variable) and dim.kind == "batch":
        return "None"
    return UNKNOWN if is_unknown(dim) else sanitize(show(dim))


def count_text(count: Dim | None) -> str:
    """A count with its thousands apart, a formula, or a question mark."""
    if count is None or is_unknown(count):
        return UNKNOWN
    return f"{count:,}" if isinstance(count, int) else sanitize(show(count))
