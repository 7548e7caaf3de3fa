"""Whether the shape of labels goes with that of an output, as Keras's losses compare them."""

from __future__ import annotations

import enum
from collections.abc import Sequence

from shapecalc.graph.objectives import Fit

Sizes = tuple[int | None, ...]
"""A shape, batch axis included. A length that is not known is None."""


class Agreement(enum.Enum):
    """How labels and an output go together."""

    FITS = "each number has its label"
    STRETCHED = "one is repeated to meet the other"
    REFUSED = "Keras raises an error"
    UNKNOWN = "that cannot be said"


def agreement(fit: Fit, labels: Sequence[int | None], output: Sequence[int | None]) -> Agreement:
    """How a loss takes labels of a shape beside an output of another."""
    if fit is Fit.FREE:
        return Agreement.UNKNOWN
    aligned = align(tuple(labels), tuple(output))
    if aligned is None:
        return Agreement.UNKNOWN
    y, p = aligned
    if fit is Fit.BROADCAST:
        return _broadcast(y, p)
    if fit is Fit.WITHOUT_LAST:
        if not p:
            return Agreement.REFUSED
        if len(y) == len(p):
            if y[-1] is None:
                return Agreement.UNKNOWN
            y = y[:-1] if y[-1] == 1 else y
        p = p[:-1]
    return _same(y, p)


def align(labels: Sizes, output: Sizes) -> tuple[Sizes, Sizes] | None:
    """Both shapes after Keras has dropped or added a last axis of length 1.

    Returns:
        None where that depends on a length that is not known.
    """
    longer, shorter = sorted((labels, output), key=len, reverse=True)
    if len(longer) != len(shorter) + 1:
        return labels, output
    if longer[-1] is None:
        return None
    if longer[-1] == 1:
        if len(shorter) == 1:
            shorter = (*shorter, 1)
        else:
            longer = longer[:-1]
    return (longer, shorter) if len(labels) > len(output) else (shorter, longer)


def _same(y: Sizes, p: Sizes) -> Agreement:
    if len(y) != len(p) or any(_differ(a, b) for a, b in zip(y, p, strict=True)):
        return Agreement.REFUSED
    return Agreement.FITS


def _differ(a: int | None, b: int | None) -> bool:
    return a is not None and b is not None and a != b


def _broadcast(y: Sizes, p: Sizes) -> Agreement:
    rank = max(len(y), len(p))
    y, p = ((1,) * (rank - len(shape)) + shape for shape in (y, p))
    differing = [(a, b) for a, b in zip(y, p, strict=True) if a != b]
    if any(a is not None and b is not None and 1 not in (a, b) for a, b in differing):
        return Agreement.REFUSED
    if any(_differ(a, b) for a, b in differing):
        return Agreement.STRETCHED  # whatever the lengths are that are not known
    if any(1 not in (a, b) for a, b in differing):
        return Agreement.UNKNOWN
    known = all(a is not None and b is not None for a, b in differing)
    if differing and not known:
        return Agreement.UNKNOWN
    return Agreement.STRETCHED if differing else Agreement.FITS
