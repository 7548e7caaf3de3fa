"""Broadcasting: two axes go together if they are of one length, or one of them is of length 1."""

from __future__ import annotations

from collections.abc import Mapping

from shapecalc.dims import Comparison, Condition, Dim, Variable, compare, maximum, substitute
from shapecalc.rules.refusal import Refusal
from shapecalc.rules.requirement import one_is_none, require, shown_as_none


class GoTogether(Condition):
    """The condition that one of two axes can be stretched to the other, or equals it."""

    __slots__ = ("_one", "_other")

    def __init__(self, one: Dim, other: Dim) -> None:
        self._one, self._other = one, other
        # A product is zero where a factor is.
        super().__init__("equal", (one - other) * (one - 1) * (other - 1), 0)

    def substitute(self, values: Mapping[str | Variable, Dim]) -> GoTogether:
        """The condition on other lengths."""
        return GoTogether(substitute(self._one, values), substitute(self._other, values))

    def __str__(self) -> str:
        one, other = self._one, self._other
        if isinstance(one, int):
            one, other = other, one
        if isinstance(other, int):
            return f"{one} in (1, {other})"
        return f"{one} == {other} or 1 in ({one}, {other})"


def broadcast_axis(a: Dim, b: Dim, refusal: Refusal) -> Dim:
    """The length of an axis of lengths a and b, where a length of one is stretched.

    Raises:
        Refusal: the given one; neither length is one, and they differ.
    """
    if compare(a, 1) is Comparison.EQUAL:
        return b
    if compare(b, 1) is Comparison.EQUAL or compare(a, b) is Comparison.EQUAL:
        return a
    condition = GoTogether(a, b)
    if condition.holds() is not False or not one_is_none(a, b):
        require(condition, refusal)
    if isinstance(a, int) and not shown_as_none(b):
        return a
    if isinstance(b, int) and not shown_as_none(a):
        return b
    return maximum(a, b)
