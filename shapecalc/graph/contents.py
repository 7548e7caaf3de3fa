"""What is known of the numbers in an array, beside its shape."""

from __future__ import annotations

from typing import NamedTuple

Number = int | float


class Contents(NamedTuple):
    """Bounds of an array's elements. All that is not known is None or False.

    Attributes:
        low: no element is below it.
        high: no element is above it.
        whole: whether each element is a whole number.
        one_hot: whether along the last axis one element is 1 and the others are 0.
        all_occur: whether each whole number from `low` to `high` is among the elements, so that
            labels are known to show `high + 1` classes.
        reached: whether numbers go up to `high` by the program's own words, as the size of a
            vocabulary tells it, where other bounds are what a computation leaves at the most.
    """

    low: Number | None = None
    high: Number | None = None
    whole: bool = False
    one_hot: bool = False
    all_occur: bool = False
    reached: bool = False

    def join(self, other: Contents) -> Contents:
        """What is known of elements that are of the one or of the other."""
        bounds = (
            None if a is None or b is None else pick(a, b)
            for pick, a, b in ((min, self.low, other.low), (max, self.high, other.high))
        )
        low, high = bounds
        same = (low, high) == (self.low, self.high) or (low, high) == (other.low, other.high)
        return Contents(
            low,
            high,
            self.whole and other.whole,
            self.one_hot and other.one_hot,
            same and self.all_occur and other.all_occur,
            self.reached and other.reached,
        )

    def scaled(self, factor: Number, offset: Number = 0) -> Contents:
        """The elements times `factor` plus `offset`."""
        low, high = (None if x is None else x * factor + offset for x in (self.low, self.high))
        if factor < 0:
            low, high = high, low
        whole = self.whole and isinstance(factor, int) and isinstance(offset, int)
        return Contents(low, high, whole, all_occur=self.all_occur and whole and factor in (1, -1))
