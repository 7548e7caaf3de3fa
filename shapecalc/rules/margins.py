"""The argument kind of padding and cropping."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import Shape, Symbolic
from shapecalc.rules.argument_kinds import Argument
from shapecalc.rules.unknown import Unknown, unknown_dim


class Margins(Argument):
    """How much to add or cut at both ends of each spatial axis; normalised to pairs.

    One number is for all ends, one number for each axis for both its ends; along a single
    axis, a pair is for its two ends.

    Args:
        least: the least that Keras accepts where one number is given for all ends.
    """

    def __init__(self, default: Any, least: int | None = 0) -> None:
        super().__init__(default)
        self.least = least

    def accept(self, value: Any, owner: Any) -> tuple[Shape, ...]:
        rank: int = owner.rank
        expected = "a non-negative integer" + (
            " or a pair of them" if rank == 1 else f", or {rank} of them or of pairs of them"
        )
        if isinstance(value, (int, Symbolic)):
            if isinstance(value, int) and self.least is not None and value < self.least:
                raise ValueError(expected)
            return ((value, value),) * rank
        ends = (value,) if rank == 1 else value
        if not isinstance(ends, (tuple, list)) or len(ends) != rank:
            raise ValueError(expected)
        return tuple(self._pair(end, expected) for end in ends)

    def _pair(self, end: Any, expected: str) -> Shape:
        both = end if isinstance(end, (tuple, list)) else (end, end)
        pair = tuple(unknown_dim(n.reason) if isinstance(n, Unknown) else n for n in both)
        for n in pair:
            if not isinstance(n, (int, Symbolic)) or (isinstance(n, int) and n < 0):
                raise ValueError(expected)
        if len(pair) != 2:
            raise ValueError(expected)
        return pair

    def accept_unknown(self, unknown: Unknown, owner: Any) -> tuple[Shape, ...]:
        reason = unknown.reason
        return tuple((unknown_dim(reason), unknown_dim(reason)) for _ in range(owner.rank))


def margins(default: Any, *, least: int | None = 0) -> Any:
    """Declare `Margins`."""
    return Margins(default, least)
