"""Dim arithmetic: ints in, ints out; symbols in, formula out."""

from shapecalc.dims.comparison import Comparison, compare
from shapecalc.dims.condition import Condition, at_least, divides, equal
from shapecalc.dims.dim import (
    BATCH,
    Dim,
    Expression,
    Shape,
    Symbolic,
    UndecidedDimError,
    Variable,
    ceil_divide,
    is_unknown,
    maximum,
    minimum,
    product,
    substitute,
    total,
    unknown_length,
    unknown_reason,
    variables,
)
from shapecalc.dims.notation import latex, parse, show
from shapecalc.dims.windows import extent, slide, taps

__all__ = [
    "BATCH",
    "Comparison",
    "Condition",
    "Dim",
    "Expression",
    "Shape",
    "Symbolic",
    "UndecidedDimError",
    "Variable",
    "at_least",
    "ceil_divide",
    "compare",
    "divides",
    "equal",
    "extent",
    "is_unknown",
    "latex",
    "maximum",
    "minimum",
    "parse",
    "product",
    "show",
    "slide",
    "substitute",
    "taps",
    "total",
    "unknown_length",
    "unknown_reason",
    "variables",
]
