"""Convolutions: one body for one, two and three spatial axes."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import Dim, Shape, divides, equal, product, taps
from shapecalc.layers import keras_1
from shapecalc.layers.adaptation import LowRank, with_lora
from shapecalc.layers.axes import first_spatial_axis, join_axes, slide_all, split_axes
from shapecalc.layers.layer import layer
from shapecalc.rules import argument
from shapecalc.rules.facts import BIAS, Facts, Weight
from shapecalc.rules.refusal import Indivisible, InvalidArgument
from shapecalc.rules.requirement import require, require_defined


def refuse_dilated_strides(strides: Shape, dilations: Shape) -> None:
    """Refuse strides and dilations that both exceed 1.

    Raises:
        InvalidArgument: they do.
    """
    refusal = InvalidArgument(
        f"strides {strides} together with dilation_rate {dilations}: only one of them may exceed 1",
        argument="dilation_rate",
        beside="strides",
    )
    for stride in strides:
        for dilation in dilations:
            if stride != 1 and dilation != 1:
                require(equal((stride - 1) * (dilation - 1), 0), refusal)


def channel_axis(data_format: str) -> int:
    """The place of the channels in a shape."""
    return 1 if data_format == "channels_first" else -1


class Convolution(LowRank):
    """Slide `filters` kernels over the spatial axes."""

    older = keras_1.CONVOLUTION

    filters: Dim = argument.size(symbol="f")
    kernel_size: Shape = argument.window(symbol="k")
    strides: Shape = argument.window(1, symbol="s")
    padding: str = argument.padding("valid", causal=True)
    data_format: str = argument.data_format()
    dilation_rate: Shape = argument.window(1, symbol="d")
    groups: Dim = argument.size(1, symbol="g")
    activation: object = argument.activation()
    use_bias: bool = argument.flag(True)
    kernel_initializer: object = argument.initializer("glorot_uniform")
    bias_initializer: object = argument.initializer("zeros")
    kernel_regularizer: object = argument.regularizer()
    bias_regularizer: object = argument.regularizer()
    activity_regularizer: object = argument.regularizer()
    kernel_constraint: object = argument.constraint()
    bias_constraint: object = argument.constraint()
    # By keyword only, in Keras.
    lora_rank: Dim | None = argument.size(None, symbol="r", least=0, optional=True)
    lora_alpha: object = argument.inert()

    @classmethod
    def from_keras_1(
        cls, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> tuple[tuple[Any, ...], dict[str, Any]]:
        return keras_1.convolution_from_keras_1(cls.rank, args, kwargs)

    def validate(self) -> None:
        self.refuse_constrained(self.lora_rank)
        require(
            divides(self.groups, self.filters),
            Indivisible(f"`filters` ({self.filters}) must be a multiple of `groups` "
                        f"({self.groups})", argument="filters", beside="groups"),
        )  # fmt: skip
        refuse_dilated_strides(self.strides, self.dilation_rate)

    def infer(self, x: Shape) -> Facts:
        batch, space, channels = split_axes(x, self.data_format)
        require_defined(x, channel_axis(self.data_format))
        require(divides(self.groups, channels), Indivisible(
            f"the input's {channels} channels must be a multiple of `groups` ({self.groups})",
            argument="groups"))  # fmt: skip
        windows = (space, self.kernel_size, self.strides, self.dilation_rate)
        places = slide_all(*windows, self.padding, argument="kernel_size",
                           first_axis=first_spatial_axis(self.data_format))  # fmt: skip
        fan_in = channels // self.groups
        drawn = product(taps(*axis, self.padding) for axis in zip(*windows, strict=True))
        shape = (*self.kernel_size, fan_in, self.filters)
        weights = [Weight("kernel", shape, product(places), edges=drawn * fan_in * self.filters)]
        if self.use_bias:
            weights.append(Weight("bias", (self.filters,), product(places), BIAS))
        output = join_axes(batch, places, self.filters, self.data_format)
        return Facts(output, with_lora(weights, self.lora_rank))


@layer("keras.layers.Conv1D", "keras.layers.Convolution1D")
class Conv1D(Convolution):
    """Slide `filters` kernels along a sequence."""

    rank = 1
    takes = "B T C"


@layer("keras.layers.Conv2D", "keras.layers.Convolution2D")
class Conv2D(Convolution):
    """Slide `filters` kernels over the two spatial axes of an image."""

    rank = 2
    takes = "B H W C"


@layer("keras.layers.Conv3D", "keras.layers.Convolution3D")
class Conv3D(Convolution):
    """Slide `filters` kernels over the three spatial axes of a volume."""

    rank = 3
    takes = "B D H W C"
