"""Pooling into a given number of windows, as even as they can be."""

from __future__ import annotations

from shapecalc.dims import Shape, product
from shapecalc.layers.axes import join_axes, split_axes
from shapecalc.layers.layer import Layer, layer
from shapecalc.rules import argument
from shapecalc.rules.adapting import units_in_windows
from shapecalc.rules.facts import Facts


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
