"""Convolutions: one body for one, two and three spatial axes."""

from __future__ import annotations

from shapecalc.dims import Dim, Shape, at_least, divides, extent, product, slide, taps
from shapecalc.layers.dense import refuse_constrained_lora, with_lora
from shapecalc.layers.layer import Layer, layer
from shapecalc.rules import argument
from shapecalc.rules.facts import BIAS, Facts, Weight
from shapecalc.rules.refusal import Indivisible, InvalidArgument, WindowTooLarge
from shapecalc.rules.requirement import require, require_defined


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


class Convolution(Layer):
    """Slide `filters` kernels over the spatial axes."""

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
    lora_rank: Dim | None = argument.size(None, least=0, optional=True)
    lora_alpha: object = argument.inert()

    def validate(self) -> None:
        refuse_constrained_lora(self.lora_rank, self.kernel_constraint)
        require(
            divides(self.groups, self.filters),
            Indivisible(f"`filters` ({self.filters}) must be a multiple of `groups` "
                        f"({self.groups})", argument="filters"),
        )  # fmt: skip
        dilated = any(isinstance(d, int) and d > 1 for d in self.dilation_rate)
        if dilated and any(isinstance(s, int) and s > 1 for s in self.strides):
            raise InvalidArgument(
                f"strides {self.strides} together with dilation_rate {self.dilation_rate}: "
                "only one of them may exceed 1",
                argument="dilation_rate",
            )

    def infer(self, x: Shape) -> Facts:
        first = self.data_format == "channels_first"
        batch, space, channels = split_axes(x, self.data_format)
        require_defined(x, 1 if first else -1)
        require(divides(self.groups, channels), Indivisible(
            f"the input's {channels} channels must be a multiple of `groups` ({self.groups})",
            argument="groups"))  # fmt: skip
        windows = (space, self.kernel_size, self.strides, self.dilation_rate)
        places = slide_all(*windows, self.padding, argument="kernel_size",
                           first_axis=2 if first else 1)  # fmt: skip
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
