"""Sliding windows over one axis: how many places they take, and how many taps meet an input."""

from __future__ import annotations

from shapecalc.dims._lattice import count_taps
from shapecalc.dims.dim import Dim, _computed

PADDINGS = ("valid", "same", "causal")


def extent(window: Dim, dilation: Dim) -> Dim:
    """Return how many units a window spans, from its first tap to its last."""
    return (window - 1) * dilation + 1


def slide(n: Dim, window: Dim, stride: Dim, dilation: Dim, padding: str) -> Dim:
    """Return the number of output positions of a sliding window.

    Args:
        n: units along the axis.
        window: taps of the window.
        stride: units from one position to the next.
        dilation: units from one tap to the next.
        padding: "valid", "same" or "causal".

    Returns:
        Positions; less than 1 if a "valid" window does not fit, which the caller refuses.

    Raises:
        ValueError: for another padding.
        ZeroDivisionError: if the stride is 0.
    """
    if _checked(padding) == "valid":
        return (n - extent(window, dilation)) // stride + 1
    return (n - 1) // stride + 1


def taps(n: Dim, window: Dim, stride: Dim, dilation: Dim, padding: str) -> Dim:
    """Return the number of (output position, tap) pairs whose tap falls on a real input unit.

    The arguments are those of `slide`. "same" pads as TensorFlow does, "causal" in front only.
    With "valid" it is positions times window, so it has a meaning only where the window fits.

    Raises:
        ValueError: for another padding, or for a window, stride or dilation below 1.
    """
    for length in (window, stride, dilation):
        if isinstance(length, int) and length < 1:
            raise ValueError("window, stride and dilation are at least 1")
    if _checked(padding) == "valid":
        return slide(n, window, stride, dilation, padding) * window
    if (
        isinstance(n, int)
        and isinstance(window, int)
        and isinstance(stride, int)
        and isinstance(dilation, int)
    ):
        return count_taps(n, window, stride, dilation, padding)
    return _computed(f"{padding}_taps", n, window, stride, dilation)


def _checked(padding: str) -> str:
    if padding not in PADDINGS:
        raise ValueError(f"padding is one of {', '.join(PADDINGS)}, not {padding!r}")
    return padding
