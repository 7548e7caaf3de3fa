"""How a rule declares its arguments: `filters: Dim = argument.size(symbol="f")`.

A declaration reads as a value, and a type checker is to see the attribute's own type: hence each
of these functions returns Any.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from shapecalc.rules.argument_kinds import (
    REQUIRED,
    Axes,
    Checked,
    Choice,
    DataFormat,
    Flag,
    Inert,
    Integer,
    Named,
    Number,
    Padding,
    Size,
    Window,
)
from shapecalc.rules.named_objects import ACTIVATIONS, CONSTRAINTS, INITIALIZERS, REGULARIZERS


def size(default: Any = REQUIRED, symbol: str | None = None, **bounds: Any) -> Any:
    """Declare a length or a count of at least 1, or of `least`; formulas call it `symbol`."""
    return Size(default, symbol, **bounds)


def window(default: Any = REQUIRED, symbol: str | None = None, **bounds: Any) -> Any:
    """Declare one positive int for all of the layer's spatial axes, or one for each."""
    return Window(default, symbol, **bounds)


def choice(*options: str | None, default: Any = REQUIRED, fold_case: bool = True) -> Any:
    """Declare one of several words; Keras mostly takes them in capitals too."""
    return Choice(*options, default=default, fold_case=fold_case)


def padding(default: Any = "valid", *, causal: bool = False, fold_case: bool = True) -> Any:
    """Declare `valid` or `same`, where wanted also `causal`."""
    return Padding(default, causal=causal, fold_case=fold_case)


def data_format(*, fold_case: bool = True) -> Any:
    """Declare which axis the channels are; None is the program's setting."""
    return DataFormat(fold_case=fold_case)


def flag(default: Any = REQUIRED) -> Any:
    """Declare a truth value, which any value has."""
    return Flag(default)


def integer(default: Any = REQUIRED, *, least: int | None = None, optional: bool = False) -> Any:
    """Declare an int that is no length, such as an axis, of at least `least` if that is given."""
    return Integer(default, least=least, optional=optional)


def axes(default: Any = REQUIRED, *, optional: bool = False) -> Any:
    """Declare one axis or several; a rule finds a tuple of them."""
    return Axes(default, optional=optional)


def number(default: Any = REQUIRED, **bounds: Any) -> Any:
    """Declare a number from `low` to `high`, such as a rate, that bears on no shape."""
    return Number(default, **bounds)


def activation(default: Any = None) -> Any:
    """Declare an activation function or its name."""
    return Named(ACTIVATIONS, "an activation", default)


def initializer(default: Any = None) -> Any:
    """Declare an initializer or its name."""
    return Named(INITIALIZERS, "an initializer", default)


def regularizer(default: Any = None) -> Any:
    """Declare a regularizer or its name."""
    return Named(REGULARIZERS, "a regularizer", default)


def constraint(default: Any = None) -> Any:
    """Declare a constraint or its name."""
    return Named(CONSTRAINTS, "a constraint", default)


def inert(default: Any = None) -> Any:
    """Declare an argument that bears on nothing we compute."""
    return Inert(default)


def checked(
    check: Callable[[Any, Any], Any],
    default: Any = REQUIRED,
    symbol: str | None = None,
    *,
    bears: bool = True,
) -> Any:
    """Declare an argument with a check of its own."""
    return Checked(check, default, symbol, bears=bears)


__all__ = [
    "REQUIRED",
    "activation",
    "axes",
    "checked",
    "choice",
    "constraint",
    "data_format",
    "flag",
    "inert",
    "initializer",
    "integer",
    "number",
    "padding",
    "regularizer",
    "size",
    "window",
]
