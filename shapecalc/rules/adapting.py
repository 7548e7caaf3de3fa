"""Windows that are laid over an axis as evenly as they can be."""

from __future__ import annotations

import math

from shapecalc.dims import Dim, ceil_divide, total
from shapecalc.rules.unknown import unknown_dim

_MOST_WINDOWS = 64


def units_in_windows(n: Dim, windows: Dim) -> Dim:
    """The (window, unit) pairs where an axis of n units is cut into so many windows.

    A window begins at the unit in which its share begins, and ends with the one in which it ends;
    neighbours overlap in a unit that both have a share in.
    """
    if isinstance(n, int) and isinstance(windows, int):
        return n + windows - math.gcd(n, windows)
    if not isinstance(windows, int) or windows > _MOST_WINDOWS:
        return unknown_dim("the windows of adaptive pooling are counted one by one")
    return total(ceil_divide((i + 1) * n, windows) - i * n // windows for i in range(windows))
