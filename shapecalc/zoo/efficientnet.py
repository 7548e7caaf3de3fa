"""EfficientNet (Tan and Le, 2019): one network, scaled in width, depth and resolution together."""

from __future__ import annotations

from math import ceil
from typing import Any, ClassVar, NamedTuple

from shapecalc import layers
from shapecalc.dims import Dim
from shapecalc.graph.tensor import Tensor
from shapecalc.layers.merging import Multiply
from shapecalc.layers.regularization import Dropout
from shapecalc.layers.reshaping import Reshape
from shapecalc.layers.separable_convolution import DepthwiseConv2D
from shapecalc.rules.unknown import UndecidedError, Unknown
from shapecalc.zoo import blocks
from shapecalc.zoo.application import Application, application

# The share of samples for which training drops the branch of the last block.
_DROP_CONNECT_RATE = 0.2
# The squeezed channels are as many as a quarter of the block's input.
_SE_RATIO = 0.25


def expand(x: Tensor, filters: Dim, name: str, kernel: int = 1, **options: Any) -> Tensor:
    """A wider convolution, normalized and activated."""
    x = blocks.conv(
        x, filters, kernel, f"{name}expand_conv", padding="same", use_bias=False, **options
    )
    return blocks.activate(
        blocks.normalize(x, f"{name}expand_bn"), "swish", f"{name}expand_activation"
    )


def depthwise(x: Tensor, name: str, suffix: str = "", **options: Any) -> Tensor:
    """A convolution of each channel by itself, normalized and activated."""
    layer = DepthwiseConv2D(use_bias=False, name=f"{name}dwconv{suffix}", **options)
    x = blocks.normalize(blocks.apply(layer, x), f"{name}bn")
    return blocks.activate(x, "swish", f"{name}activation")


def squeeze_and_excite(x: Tensor, filters_in: int, name: str) -> Tensor:
    """Weigh the channels by what all of the image says; `filters_in` is the block's input width."""
    filters = blocks.channels(x)
    weight = blocks.global_average(x, f"{name}se_squeeze")
    weight = blocks.apply(Reshape((1, 1, filters), name=f"{name}se_reshape"), weight)
    for role, width, function in (
        ("reduce", max(1, int(filters_in * _SE_RATIO)), "swish"),
        ("expand", filters, "sigmoid"),
    ):
        weight = blocks.conv(
            weight, width, 1, f"{name}se_{role}", padding="same", activation=function
        )
    result: Tensor = Multiply(name=f"{name}se_excite")([x, weight])
    return result


def project(x: Tensor, filters: int, name: str, kernel: int = 1, **options: Any) -> Tensor:
    """A narrower convolution, normalized."""
    x = blocks.conv(
        x, filters, kernel, f"{name}project_conv", padding="same", use_bias=False, **options
    )
    return blocks.normalize(x, f"{name}project_bn")


def add_input(x: Tensor, before: Tensor, drop_rate: float, name: str) -> Tensor:
    """Add a block's input to its result, which training drops at random."""
    if drop_rate > 0:
        x = blocks.apply(Dropout(drop_rate, (None, 1, 1, 1), name=f"{name}drop"), x)
    return blocks.add([x, before], f"{name}add")


def drop_connect_rate(number: int, count: int) -> float:
    """How often training drops the branch of a block: the more often, the later it comes."""
    return _DROP_CONNECT_RATE * number / count


class Stage(NamedTuple):
    """Equal blocks of a network that is to be scaled.

    Attributes:
        repeats: how many blocks.
        filters_in: the width that the first block takes.
        filters_out: the width that they make.
        expand_ratio: how much wider it is inside.
        kernel_size: the window of the depthwise convolution.
        stride: that of the first block.
    """

    repeats: int
    filters_in: int
    filters_out: int
    expand_ratio: int
    kernel_size: int
    stride: int


class ScaledNet(Application):
    """A network with a multiplier of its width and one of its depth.

    Class attributes:
        width: how many times as wide.
        depth: how many times as deep.
        dropout: the rate before the classifier.
    """

    names_pooling = True
    width: ClassVar[float]
    depth: ClassVar[float]
    dropout: ClassVar[float] = 0.2

    def widened(self, filters: int) -> int:
        """A number of channels, scaled."""
        return blocks.divisible(filters * self.width)

    def deepened(self, repeats: int) -> int:
        """A number of blocks, scaled."""
        return ceil(self.depth * repeats)

    def finish(self, x: Tensor) -> Tensor:
        """The last convolution."""
        x = blocks.conv(x, self.widened(1280), 1, "top_conv", padding="same", use_bias=False)
        return blocks.activate(blocks.normalize(x, "top_bn"), "swish", "top_activation")

    def top(self, x: Tensor) -> Tensor:
        x = blocks.global_average(x, "avg_pool")
        return self.classifier(blocks.apply(Dropout(self.dropout, name="top_dropout"), x))


# The paper's first table.
_STAGES = (
    Stage(1, 32, 16, 1, 3, 1),
    Stage(2, 16, 24, 6, 3, 2),
    Stage(2, 24, 40, 6, 5, 2),
    Stage(3, 40, 80, 6, 3, 2),
    Stage(3, 80, 112, 6, 5, 1),
    Stage(4, 112, 192, 6, 5, 2),
    Stage(1, 192, 320, 6, 3, 1),
)


class EfficientNet(ScaledNet):
    """The network B0, scaled."""

    def body(self, x: Tensor) -> Tensor:
        if isinstance(self.weights, Unknown):
            # The published weights come with a layer more.
            raise UndecidedError(self.weights)
        x = blocks.apply(layers.Rescaling(1 / 255), x)
        x = blocks.apply(layers.Normalization(axis=3), x)
        if self.imagenet:
            x = blocks.apply(layers.Rescaling([share**-0.5 for share in (0.229, 0.224, 0.225)]), x)
        x = blocks.pad(x, blocks.halving_margins(x, 3), "stem_conv_pad")
        x = blocks.conv(x, self.widened(32), 3, "stem_conv", strides=2, use_bias=False)
        x = blocks.activate(blocks.normalize(x, "stem_bn"), "swish", "stem_activation")
        count = sum(self.deepened(stage.repeats) for stage in _STAGES)
        number = 0
        for i, stage in enumerate(_STAGES, start=1):
            filters_in, filters_out = (
                self.widened(stage.filters_in),
                self.widened(stage.filters_out),
            )
            for j in range(self.deepened(stage.repeats)):
                now = stage._replace(filters_in=filters_in, filters_out=filters_out)
                x = self._block(x, now, drop_connect_rate(number, count), f"block{i}{chr(97 + j)}_")
                stage, filters_in = stage._replace(stride=1), filters_out
                number += 1
        return self.finish(x)

    def _block(self, x: Tensor, stage: Stage, drop_rate: float, name: str) -> Tensor:
        before = x
        if stage.expand_ratio != 1:
            x = expand(x, stage.filters_in * stage.expand_ratio, name)
        padding = "same"
        if stage.stride == 2:
            margins = blocks.halving_margins(x, stage.kernel_size)
            x, padding = blocks.pad(x, margins, f"{name}dwconv_pad"), "valid"
        x = depthwise(x, name, kernel_size=stage.kernel_size, strides=stage.stride, padding=padding)
        x = squeeze_and_excite(x, stage.filters_in, name)
        x = project(x, stage.filters_out, name)
        if stage.stride == 1 and stage.filters_in == stage.filters_out:
            return add_input(x, before, drop_rate, name)
        return x


@application("keras.applications.EfficientNetB0", "keras.applications.efficientnet.EfficientNetB0")
class EfficientNetB0(EfficientNet):
    """The network that the others are made of."""

    name = "efficientnetb0"
    default_size = 224
    width, depth, dropout = 1.0, 1.0, 0.2


@application("keras.applications.EfficientNetB1", "keras.applications.efficientnet.EfficientNetB1")
class EfficientNetB1(EfficientNet):
    """1.0 times as wide and 1.1 times as deep as B0."""

    name = "efficientnetb1"
    default_size = 240
    width, depth, dropout = 1.0, 1.1, 0.2


@application("keras.applications.EfficientNetB2", "keras.applications.efficientnet.EfficientNetB2")
class EfficientNetB2(EfficientNet):
    """1.1 times as wide and 1.2 times as deep as B0."""

    name = "efficientnetb2"
    default_size = 260
    width, depth, dropout = 1.1, 1.2, 0.3


@application("keras.applications.EfficientNetB3", "keras.applications.efficientnet.EfficientNetB3")
class EfficientNetB3(EfficientNet):
    """1.2 times as wide and 1.4 times as deep as B0."""

    name = "efficientnetb3"
    default_size = 300
    width, depth, dropout = 1.2, 1.4, 0.3


@application("keras.applications.EfficientNetB4", "keras.applications.efficientnet.EfficientNetB4")
class EfficientNetB4(EfficientNet):
    """1.4 times as wide and 1.8 times as deep as B0."""

    name = "efficientnetb4"
    default_size = 380
    width, depth, dropout = 1.4, 1.8, 0.4


@application("keras.applications.EfficientNetB5", "keras.applications.efficientnet.EfficientNetB5")
class EfficientNetB5(EfficientNet):
    """1.6 times as wide and 2.2 times as deep as B0."""

    name = "efficientnetb5"
    default_size = 456
    width, depth, dropout = 1.6, 2.2, 0.4


@application("keras.applications.EfficientNetB6", "keras.applications.efficientnet.EfficientNetB6")
class EfficientNetB6(EfficientNet):
    """1.8 times as wide and 2.6 times as deep as B0."""

    name = "efficientnetb6"
    default_size = 528
    width, depth, dropout = 1.8, 2.6, 0.5


@application("keras.applications.EfficientNetB7", "keras.applications.efficientnet.EfficientNetB7")
class EfficientNetB7(EfficientNet):
    """2.0 times as wide and 3.1 times as deep as B0."""

    name = "efficientnetb7"
    default_size = 600
    width, depth, dropout = 2.0, 3.1, 0.5
