"""Convolutions that keep the channels apart, and those that mix them in a second step."""

from __future__ import annotations

from typing import NamedTuple

from shapecalc.dims import Dim, Shape, product, taps
from shapecalc.layers import keras_1
from shapecalc.layers.axes import first_spatial_axis, join_axes, slide_all, split_axes
from shapecalc.layers.convolution import channel_axis
from shapecalc.layers.layer import Layer, layer
from shapecalc.rules import argument
from shapecalc.rules.facts import BIAS, Facts, Weight
from shapecalc.rules.requirement import require_defined


class _Depthwise(NamedTuple):
    """The first step: each channel has kernels of its own.

    Attributes:
        kernel: its weight.
        places: the output positions along each spatial axis.
        channels: how many channels come out.
    """

    kernel: Weight
    places: Shape
    channels: Dim


class DepthwiseStep(Layer):
    """A layer that begins by sliding `depth_multiplier` kernels over each channel."""

    kernel_size: Shape = argument.window(symbol="k")
    strides: Shape = argument.window(1, symbol="s")
    padding: str = argument.padding("valid")
    depth_multiplier: Dim = argument.size(1, symbol="m")
    data_format: str = argument.data_format()
    dilation_rate: Shape = argument.window(1, symbol="d")

    def depthwise(self, x: Shape, name: str) -> _Depthwise:
        """Slide the kernels of each channel, in a weight called `name`.

        Raises:
            Refusal: a window does not fit, or the channels are None.
        """
        _, space, channels = split_axes(x, self.data_format)
        require_defined(x, channel_axis(self.data_format))
        windows = (space, self.kernel_size, self.strides, self.dilation_rate)
        places = slide_all(*windows, self.padding, argument="kernel_size",
                           first_axis=first_spatial_axis(self.data_format))  # fmt: skip
        drawn = product(taps(*axis, self.padding) for axis in zip(*windows, strict=True))
        out = channels * self.depth_multiplier
        shape = (*self.kernel_size, channels, self.depth_multiplier)
        return _Depthwise(Weight(name, shape, product(places), edges=drawn * out), places, out)


class DepthwiseConvolution(DepthwiseStep):
    """Slide kernels over each channel by itself."""

    activation: object = argument.activation()
    use_bias: bool = argument.flag(True)
    depthwise_initializer: object = argument.initializer("glorot_uniform")
    bias_initializer: object = argument.initializer("zeros")
    depthwise_regularizer: object = argument.regularizer()
    bias_regularizer: object = argument.regularizer()
    activity_regularizer: object = argument.regularizer()
    depthwise_constraint: object = argument.constraint()
    bias_constraint: object = argument.constraint()

    def infer(self, x: Shape) -> Facts:
        kernel, places, channels = self.depthwise(x, "kernel")
        weights = [kernel]
        if self.use_bias:
            weights.append(Weight("bias", (channels,), product(places), BIAS))
        return Facts(join_axes(x[0], places, channels, self.data_format), tuple(weights))


@layer("keras.layers.DepthwiseConv1D")
class DepthwiseConv1D(DepthwiseConvolution):
    """Slide kernels along each feature of a sequence by itself."""

    rank = 1
    takes = "B T C"


@layer("keras.layers.DepthwiseConv2D")
class DepthwiseConv2D(DepthwiseConvolution):
    """Slide kernels over each channel of an image by itself."""

    rank = 2
    takes = "B H W C"


class SeparableConvolution(DepthwiseStep):
    """Slide kernels over each channel by itself, then mix the channels at each position."""

    older = keras_1.CONVOLUTION
    first = ("filters", "kernel_size", "strides", "padding", "data_format", "dilation_rate")

    filters: Dim = argument.size(symbol="f")
    activation: object = argument.activation()
    use_bias: bool = argument.flag(True)
    depthwise_initializer: object = argument.initializer("glorot_uniform")
    pointwise_initializer: object = argument.initializer("glorot_uniform")
    bias_initializer: object = argument.initializer("zeros")
    depthwise_regularizer: object = argument.regularizer()
    pointwise_regularizer: object = argument.regularizer()
    bias_regularizer: object = argument.regularizer()
    activity_regularizer: object = argument.regularizer()
    depthwise_constraint: object = argument.constraint()
    pointwise_constraint: object = argument.constraint()
    bias_constraint: object = argument.constraint()

    def infer(self, x: Shape) -> Facts:
        kernel, places, between = self.depthwise(x, "depthwise_kernel")
        uses = product(places)
        mixing = (*(1,) * self.rank, between, self.filters)
        weights = [kernel, Weight("pointwise_kernel", mixing, uses)]
        if self.use_bias:
            weights.append(Weight("bias", (self.filters,), uses, BIAS))
        return Facts(join_axes(x[0], places, self.filters, self.data_format), tuple(weights))


@layer("keras.layers.SeparableConv1D", "keras.layers.SeparableConvolution1D")
class SeparableConv1D(SeparableConvolution):
    """Slide kernels along each feature of a sequence, then mix the features at each step."""

    rank = 1
    takes = "B T C"


@layer("keras.layers.SeparableConv2D", "keras.layers.SeparableConvolution2D")
class SeparableConv2D(SeparableConvolution):
    """Slide kernels over each channel of an image, then mix the channels at each position."""

    rank = 2
    takes = "B H W C"
