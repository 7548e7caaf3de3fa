"""The windows of a transposed convolution: each input unit spreads one over the output."""

from __future__ import annotations

from shapecalc.dims import Dim, ceil_divide, extent, maximum, minimum, taps, total
from shapecalc.rules.unknown import unknown_dim

_MOST_TAPS = 64


def spread(n: Dim, window: Dim, stride: Dim, dilation: Dim, padding: str, extra: Dim | None) -> Dim:
    """The output positions along an axis.

    Args:
        n: units of the input.
        window: taps of the window that each of them spreads.
        stride: output units from one window to the next.
        dilation: output units from one tap to the next.
        padding: "valid" or "same".
        extra: the output padding; None for as much as makes the round sizes.
    """
    reach = extent(window, dilation)
    if padding == "valid":
        return (n - 1) * stride + (maximum(reach, stride) if extra is None else reach + extra)
    return n * stride if extra is None else (n - 1) * stride + reach % 2 + extra


def spread_taps(
    n: Dim, window: Dim, stride: Dim, dilation: Dim, padding: str, extra: Dim | None
) -> Dim:
    """The (input unit, tap) pairs along an axis that meet the output; arguments as for `spread`."""
    if padding == "valid":
        return n * window
    if extra is None:
        # The mirror of a convolution that comes from n * stride units.
        return taps(n * stride, window, stride, dilation, "same")
    if not isinstance(window, int) or window > _MOST_TAPS:
        return unknown_dim("the taps that `output_padding` cuts off are counted one by one")
    length = spread(n, window, stride, dilation, padding, extra)
    cut = maximum(extent(window, dilation) // 2 - (extra + 1) // 2, 0)
    met = []
    for tap in range(window):
        # Of the inputs i with cut <= i * stride + tap * dilation < cut + length.
        first = maximum(ceil_divide(cut - tap * dilation, stride), 0)
        last = minimum((cut + length - 1 - tap * dilation) // stride, n - 1)
        met.append(maximum(last - first + 1, 0))
    return total(met)
