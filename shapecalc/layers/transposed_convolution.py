"""Transposed convolutions: each input unit spreads a window over the output."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import Dim, Shape, at_least, product
from shapecalc.layers import keras_1
from shapecalc.layers.axes import join_axes, split_axes
from shapecalc.layers.convolution import channel_axis, refuse_dilated_strides
from shapecalc.layers.layer import Layer, layer
from shapecalc.rules import argument
from shapecalc.rules.facts import BIAS, Facts, Weight
from shapecalc.rules.refusal import InvalidArgument
from shapecalc.rules.requirement import require, require_defined
from shapecalc.rules.spreading import spread, spread_taps


class TransposedConvolution(Layer):
    """Spread a window of `filters` channels over the output for each input unit."""

    older = keras_1.CONVOLUTION

    filters: Dim = argument.size(symbol="f")
    kernel_size: Shape = argument.window(symbol="k")
    strides: Shape = argument.window(1, symbol="s")
    padding: str = argument.padding("valid")
    output_padding: Shape | None = argument.window(None, symbol="o", least=0, optional=True)
    data_format: str = argument.data_format()
    dilation_rate: Shape = argument.window(1, symbol="d")
    activation: object = argument.activation()
    use_bias: bool = argument.flag(True)
    kernel_initializer: object = argument.initializer("glorot_uniform")
    bias_initializer: object = argument.initializer("zeros")
    kernel_regularizer: object = argument.regularizer()
    bias_regularizer: object = argument.regularizer()
    activity_regularizer: object = argument.regularizer()
    kernel_constraint: object = argument.constraint()
    bias_constraint: object = argument.constraint()

    @classmethod
    def from_keras_1(
        cls, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """As for the convolutions; Keras 1's `output_shape` follows from the rest."""
        place = cls.rank + 1
        if len(args) > place and isinstance(args[place], (tuple, list)):
            args, kwargs = (*args[:place], *args[place + 1 :]), {**kwargs, "output_shape": None}
        if "output_shape" in kwargs:
            kwargs = {"dim_ordering": "default", **kwargs}
            del kwargs["output_shape"]
        return keras_1.convolution_from_keras_1(cls.rank, args, kwargs)

    def validate(self) -> None:
        refuse_dilated_strides(self.strides, self.dilation_rate)
        for extra, stride in zip(self.output_padding or (), self.strides, strict=False):
            refusal = InvalidArgument(
                f"`output_padding` {self.output_padding} must be less than the strides "
                f"{self.strides}",
                argument="output_padding",
            )
            require(at_least(stride, extra + 1), refusal)

    def infer(self, x: Shape) -> Facts:
        batch, space, channels = split_axes(x, self.data_format)
        require_defined(x, channel_axis(self.data_format))
        extras = self.output_padding or (None,) * self.rank
        windows = (self.kernel_size, self.strides, self.dilation_rate, (self.padding,) * self.rank)
        axes = list(zip(space, *windows, extras, strict=True))
        places = tuple(spread(*axis) for axis in axes)
        drawn = product(spread_taps(*axis) for axis in axes)
        shape = (*self.kernel_size, self.filters, channels)
        edges = drawn * channels * self.filters
        weights = [Weight("kernel", shape, product(space), edges=edges)]
        if self.use_bias:
            weights.append(Weight("bias", (self.filters,), product(places), BIAS))
        return Facts(join_axes(batch, places, self.filters, self.data_format), tuple(weights))


@layer("keras.layers.Conv1DTranspose", "keras.layers.Convolution1DTranspose")
class Conv1DTranspose(TransposedConvolution):
    """Spread a window of `filters` features for each time step of a sequence."""

    rank = 1
    takes = "B T C"


@layer(
    "keras.layers.Conv2DTranspose",
    "keras.layers.Convolution2DTranspose",
    "keras.layers.Deconvolution2D",
    "keras.layers.Deconv2D",
)
class Conv2DTranspose(TransposedConvolution):
    """Spread a window of `filters` channels for each position of an image."""

    rank = 2
    takes = "B H W C"


@layer(
    "keras.layers.Conv3DTranspose",
    "keras.layers.Convolution3DTranspose",
    "keras.layers.Deconvolution3D",
    "keras.layers.Deconv3D",
)
class Conv3DTranspose(TransposedConvolution):
    """Spread a window of `filters` channels for each position of a volume."""

    rank = 3
    takes = "B D H W C"
    # Unlike in one and two dimensions.
    first = ("filters", "kernel_size", "strides", "padding", "data_format", "output_padding")
