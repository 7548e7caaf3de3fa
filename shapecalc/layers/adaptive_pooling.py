"""Pooling into a given number of windows, as even as they can be."""

from __future__ import annotations

import math

from shapecalc.dims import Dim, Shape, ceil_divide, product, total
from shapecalc.layers.axes import join_axes, split_axes
from shapecalc.layers.layer import Layer, layer
from shapecalc.rules import argument
from shapecalc.rules.facts import Facts
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


class AdaptivePooling(Layer):
    """One number for each of `output_size` windows and each channel."""

    output_size: Shape = argument.window(symbol="o")
    data_format: str = argument.data_format(fold_case=False)

    def infer(self, x: Shape) -> Facts:
        batch, space, channels = split_axes(x, self.data_format)
        drawn = product(map(units_in_windows, space, self.output_size))
        output = join_axes(batch, self.output_size, channels, self.data_format)
        return Facts(output, edges=drawn * channels)


@layer("keras.layers.AdaptiveMaxPooling1D")
class AdaptiveMaxPooling1D(AdaptivePooling):
    """Keep the greatest unit of each of `output_size` stretches of a sequence."""

    rank = 1
    takes = "B T C"


@layer("keras.layers.AdaptiveMaxPooling2D")
class AdaptiveMaxPooling2D(AdaptivePooling):
    """Keep the greatest unit of each cell of a grid laid over an image."""

    rank = 2
    takes = "B H W C"


@layer("keras.layers.AdaptiveMaxPooling3D")
class AdaptiveMaxPooling3D(AdaptivePooling):
    """Keep the greatest unit of each cell of a grid laid over a volume."""

    rank = 3
    takes = "B D H W C"


@layer("keras.layers.AdaptiveAveragePooling1D")
class AdaptiveAveragePooling1D(AdaptivePooling):
    """Average each of `output_size` stretches of a sequence."""

    rank = 1
    takes = "B T C"


@layer("keras.layers.AdaptiveAveragePooling2D")
class AdaptiveAveragePooling2D(AdaptivePooling):
    """Average each cell of a grid laid over an image."""

    rank = 2
    takes = "B H W C"


@layer("keras.layers.AdaptiveAveragePooling3D")
class AdaptiveAveragePooling3D(AdaptivePooling):
    """Average each cell of a grid laid over a volume."""

    rank = 3
    takes = "B D H W C"
