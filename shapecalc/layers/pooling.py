"""Pooling: windows, or whole axes, become one number for each channel."""

from __future__ import annotations

from shapecalc.dims import Shape, product, taps
from shapecalc.layers.axes import first_spatial_axis, join_axes, slide_all, split_axes
from shapecalc.layers.layer import Layer, layer
from shapecalc.rules import argument
from shapecalc.rules.facts import Facts

_KERAS_1 = {
    "pool_length": "pool_size",
    "stride": "strides",
    "border_mode": "padding",
}


class Pooling(Layer):
    """One number for each place of a window and each channel."""

    older = _KERAS_1
    last = ("name",)

    pool_size: Shape = argument.window(2, symbol="p")
    strides: Shape | None = argument.window(None, symbol="s", optional=True)
    padding: str = argument.padding("valid", fold_case=False)
    data_format: str = argument.data_format()

    def infer(self, x: Shape) -> Facts:
        batch, space, channels = split_axes(x, self.data_format)
        strides = self.pool_size if self.strides is None else self.strides
        windows = (space, self.pool_size, strides, (1,) * self.rank)
        places = slide_all(*windows, self.padding, argument="pool_size",
                           first_axis=first_spatial_axis(self.data_format))  # fmt: skip
        drawn = product(taps(*axis, self.padding) for axis in zip(*windows, strict=True))
        output = join_axes(batch, places, channels, self.data_format)
        return Facts(output, edges=drawn * channels)


@layer("keras.layers.MaxPooling1D", "keras.layers.MaxPool1D")
class MaxPooling1D(Pooling):
    """Keep the greatest unit of each window of a sequence."""

    rank = 1
    takes = "B T C"


@layer("keras.layers.MaxPooling2D", "keras.layers.MaxPool2D")
class MaxPooling2D(Pooling):
    """Keep the greatest unit of each window of an image."""

    rank = 2
    takes = "B H W C"


@layer("keras.layers.MaxPooling3D", "keras.layers.MaxPool3D")
class MaxPooling3D(Pooling):
    """Keep the greatest unit of each window of a volume."""

    rank = 3
    takes = "B D H W C"


class AveragePooling(Pooling):
    """Average each window; unlike the greatest unit's, its size must be given."""

    pool_size: Shape = argument.window(symbol="p")


@layer("keras.layers.AveragePooling1D", "keras.layers.AvgPool1D")
class AveragePooling1D(AveragePooling):
    """Average each window of a sequence."""

    rank = 1
    takes = "B T C"


@layer("keras.layers.AveragePooling2D", "keras.layers.AvgPool2D")
class AveragePooling2D(AveragePooling):
    """Average each window of an image."""

    rank = 2
    takes = "B H W C"


@layer("keras.layers.AveragePooling3D", "keras.layers.AvgPool3D")
class AveragePooling3D(AveragePooling):
    """Average each window of a volume."""

    rank = 3
    takes = "B D H W C"


class GlobalPooling(Layer):
    """One number for each channel."""

    data_format: str = argument.data_format()
    keepdims: bool = argument.flag(False)

    def infer(self, x: Shape) -> Facts:
        batch, space, channels = split_axes(x, self.data_format)
        places = (1,) * self.rank if self.keepdims else ()
        output = join_axes(batch, places, channels, self.data_format)
        return Facts(output, edges=product((*space, channels)))


@layer("keras.layers.GlobalMaxPooling1D", "keras.layers.GlobalMaxPool1D")
class GlobalMaxPooling1D(GlobalPooling):
    """Keep the greatest unit of each feature over all time steps."""

    rank = 1
    takes = "B T C"


@layer("keras.layers.GlobalMaxPooling2D", "keras.layers.GlobalMaxPool2D")
class GlobalMaxPooling2D(GlobalPooling):
    """Keep the greatest unit of each channel of an image."""

    rank = 2
    takes = "B H W C"


@layer("keras.layers.GlobalMaxPooling3D", "keras.layers.GlobalMaxPool3D")
class GlobalMaxPooling3D(GlobalPooling):
    """Keep the greatest unit of each channel of a volume."""

    rank = 3
    takes = "B D H W C"


@layer("keras.layers.GlobalAveragePooling1D", "keras.layers.GlobalAvgPool1D")
class GlobalAveragePooling1D(GlobalPooling):
    """Average each feature over all time steps."""

    rank = 1
    takes = "B T C"


@layer("keras.layers.GlobalAveragePooling2D", "keras.layers.GlobalAvgPool2D")
class GlobalAveragePooling2D(GlobalPooling):
    """Average each channel of an image."""

    rank = 2
    takes = "B H W C"


@layer("keras.layers.GlobalAveragePooling3D", "keras.layers.GlobalAvgPool3D")
class GlobalAveragePooling3D(GlobalPooling):
    """Average each channel of a volume."""

    rank = 3
    takes = "B D H W C"
