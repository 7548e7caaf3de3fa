"""What layers share about axes: windows along each, and lengths that must be the same."""

from __future__ import annotations

from shapecalc.dims import Dim, Shape, at_least, equal, extent, is_unknown, slide
from shapecalc.rules.refusal import AxisOutOfRange, Refusal, WindowTooLarge, show_shape
from shapecalc.rules.requirement import one_is_none, require


def split_axes(x: Shape, data_format: str) -> tuple[Dim, Shape, Dim]:
    """Take a shape apart into batch, spatial axes and channels."""
    if data_format == "channels_first":
        return x[0], x[2:], x[1]
    return x[0], x[1:-1], x[-1]


def join_axes(batch: Dim, space: Shape, channels: Dim, data_format: str) -> Shape:
    """The inverse of `split_axes`."""
    if data_format == "channels_first":
        return (batch, channels, *space)
    return (batch, *space, channels)


def slide_all(
    space: Shape,
    windows: Shape,
    strides: Shape,
    dilations: Shape,
    padding: str,
    *,
    argument: str,
    first_axis: int,
) -> Shape:
    """The output positions of a window along each spatial axis.

    Raises:
        WindowTooLarge: with `valid` padding, a window does not fit its axis.
    """
    places = []
    for i, (n, k, s, d) in enumerate(zip(space, windows, strides, dilations, strict=True)):
        reach = extent(k, d)
        if padding == "valid":
            refusal = WindowTooLarge(n, reach, axis=first_axis + i, argument=argument)
            require(at_least(n, reach), refusal)
        places.append(slide(n, k, s, d, padding))
    return tuple(places)


def first_spatial_axis(data_format: str) -> int:
    """The place of the first spatial axis in a shape."""
    return 2 if data_format == "channels_first" else 1


def axis_index(x: Shape, axis: int, *, argument: str = "axis") -> int:
    """The place, from 0, of an axis that may be counted from the end.

    Raises:
        AxisOutOfRange: the shape has no such axis.
    """
    if not -len(x) <= axis < len(x):
        raise AxisOutOfRange(
            f"axis {axis} is none of the {len(x)} axes of {show_shape(x)}", argument=argument
        )
    return axis % len(x)


def require_same(a: Dim, b: Dim, refusal: Refusal) -> None:
    """Hold two lengths to being the same as Keras sees them: None is like None only.

    Raises:
        Refusal: the given one.
    """
    if one_is_none(a, b) and not (is_unknown(a) or is_unknown(b)):
        raise refusal
    require(equal(a, b), refusal)
