"""The windows of a transposed convolution: each input unit spreads one over the output."""

from __future__ import annotations

from shapecalc.dims import Dim, extent, maximum


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
