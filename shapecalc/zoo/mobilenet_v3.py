"""MobileNetV3 (Howard et al., 2019): MobileNetV2's blocks, which weigh their channels."""

from __future__ import annotations

from typing import Any, ClassVar, NamedTuple

from shapecalc import layers
from shapecalc.dims import Dim
from shapecalc.graph.tensor import Tensor
from shapecalc.layers.merging import Multiply
from shapecalc.layers.regularization import Dropout
from shapecalc.layers.reshaping import Flatten
from shapecalc.layers.separable_convolution import DepthwiseConv2D
from shapecalc.rules.refusal import InvalidArgument
from shapecalc.rules.unknown import Unknown
from shapecalc.zoo import blocks
from shapecalc.zoo.application import Application, application
from shapecalc.zoo.entry import ImageShape, declared_shape, require_least
from shapecalc.zoo.scaling import check_given_tensor, check_width, multiplier


class Bottleneck(NamedTuple):
    """A row of the paper's tables.

    Attributes:
        expanded: the width inside, for an input of the row's own width.
        filters_in: that width.
        filters_out: the width that it makes.
        kernel: the window; one of 5 is 3 in the minimalistic network.
        stride: its stride.
        weighs: whether it weighs its channels.
        hard: whether its activation is hard-swish rather than ReLU.
    """

    expanded: int
    filters_in: int
    filters_out: int
    kernel: int
    stride: int
    weighs: bool
    hard: bool


def _normalize(x: Tensor, name: str) -> Tensor:
    return blocks.normalize(x, name, momentum=0.999)


def _weigh(x: Tensor, name: str) -> Tensor:
    """Weigh the channels by what all of the image says."""
    filters: Any = blocks.channels(x)
    name = f"{name}squeeze_excite_"
    y = blocks.global_average(x, f"{name}avg_pool", keepdims=True)
    y = blocks.conv(y, blocks.divisible(filters * 0.25), 1, f"{name}conv", padding="same")
    y = blocks.conv(blocks.rectify(y, name=f"{name}relu"), filters, 1, f"{name}conv_1",
                    padding="same")  # fmt: skip
    # The hard sigmoid, which is no layer.
    y = blocks.rectify(blocks.operate("keras.ops.add", y, 3.0), 6.0)
    y = blocks.operate("keras.ops.multiply", y, 1 / 6)
    result: Tensor = Multiply(name=f"{name}mul")([x, y])
    return result


class MobileNetV3(Application):
    """MobileNetV3, `alpha` times as wide as in the paper's tables.

    Class attributes:
        bottlenecks: the rows of its table.
        last: the width of the layer before the classifier.
    """

    parameters = (
        "input_shape", "alpha", "minimalistic", "include_top", "weights", "input_tensor",
        "classes", "pooling", "dropout_rate", "classifier_activation", "include_preprocessing",
        "name",
    )  # fmt: skip
    names_pooling = True
    bottlenecks: ClassVar[tuple[Bottleneck, ...]]
    last: ClassVar[int]
    alpha: Any = 1.0
    minimalistic: Any = False
    dropout_rate: Any = 0.2
    include_preprocessing: Any = True

    def check(self) -> None:
        self.alpha = multiplier(self.alpha)
        check_given_tensor(self.input_tensor, self.input_shape)
        if not isinstance(self.dropout_rate, (int, float, Unknown)):
            raise InvalidArgument("`dropout_rate` must be a number", argument="dropout_rate")

    def shape(self) -> ImageShape:
        shape = declared_shape(self.input_shape)
        if shape is None and isinstance(self.input_tensor, Tensor):
            rows, columns = blocks.known_shape(self.input_tensor)[1:3]
            shape = (columns, rows, 3)
        if shape is None:
            # The one family that takes images of any size, with its top too.
            shape = (None, None, 3)
        if len(shape) < 2:
            raise InvalidArgument("`input_shape` must have three axes", argument="input_shape")
        if None not in shape[:2]:
            require_least(shape[:2], self.least_size, shape)
        if self.imagenet:
            check_width(self.alpha, (1.0,) if self.minimalistic else (0.75, 1.0))
        return shape

    def body(self, x: Tensor) -> Tensor:
        if self.include_preprocessing:
            x = blocks.apply(layers.Rescaling(1 / 127.5, offset=-1.0), x)
        x = blocks.conv(x, 16, 3, "conv", strides=2, padding="same", use_bias=False)
        x = self._activate(_normalize(x, "conv_bn"))
        for number, row in enumerate(self.bottlenecks):
            x = self._block(x, row, number)
        wide: Any = blocks.channels(x)
        x = blocks.conv(x, blocks.divisible(wide * 6), 1, "conv_1", padding="same", use_bias=False)
        return self._activate(_normalize(x, "conv_1_bn"))

    def _activate(self, x: Tensor, *, hard: bool = True) -> Tensor:
        if hard and not self.minimalistic:
            return blocks.activate(x, "hard_swish")
        return blocks.rectify(x)

    def _block(self, x: Tensor, row: Bottleneck, number: int) -> Tensor:
        before = x
        filters_in: Any = blocks.channels(x)
        expanded = blocks.divisible(filters_in * (row.expanded / row.filters_in))
        filters_out = blocks.divisible(row.filters_out * self.alpha)
        kernel = 3 if self.minimalistic else row.kernel
        name = f"expanded_conv_{number}_" if number else "expanded_conv_"
        if number:
            x = blocks.conv(x, expanded, 1, f"{name}expand", padding="same", use_bias=False)
            x = self._activate(_normalize(x, f"{name}expand_bn"), hard=row.hard)
        padding = "same"
        if row.stride == 2:
            margins = blocks.halving_margins(x, kernel)
            x, padding = blocks.pad(x, margins, f"{name}depthwise_pad"), "valid"
        depthwise = DepthwiseConv2D(
            kernel, strides=row.stride, padding=padding, use_bias=False, name=f"{name}depthwise"
        )
        x = _normalize(blocks.apply(depthwise, x), f"{name}depthwise_bn")
        x = self._activate(x, hard=row.hard)
        if row.weighs and not self.minimalistic:
            x = _weigh(x, name)
        x = blocks.conv(x, filters_out, 1, f"{name}project", padding="same", use_bias=False)
        x = _normalize(x, f"{name}project_bn")
        if row.stride == 1 and filters_in == filters_out:
            return blocks.add([before, x], f"{name}add")
        return x

    def top(self, x: Tensor) -> Tensor:
        last: Dim = self.last
        if self.alpha > 1.0:
            last = blocks.divisible(self.last * self.alpha)
        x = blocks.global_average(x, keepdims=True)
        x = self._activate(blocks.conv(x, last, 1, "conv_2", padding="same"))
        if self.dropout_rate > 0:
            x = blocks.apply(Dropout(self.dropout_rate), x)
        x = blocks.conv(x, self.classes, 1, "logits", padding="same")
        x = blocks.apply(Flatten(), x)
        self.check_activation()
        return blocks.activate(x, self.classifier_activation, "predictions")


@application("keras.applications.MobileNetV3Small")
class MobileNetV3Small(MobileNetV3):
    """The paper's second table."""

    name = "MobileNetV3Small"
    last = 1024
    bottlenecks = (
        Bottleneck(16, 16, 16, 3, 2, True, False),
        Bottleneck(72, 16, 24, 3, 2, False, False),
        Bottleneck(88, 24, 24, 3, 1, False, False),
        Bottleneck(96, 24, 40, 5, 2, True, True),
        Bottleneck(240, 40, 40, 5, 1, True, True),
        Bottleneck(240, 40, 40, 5, 1, True, True),
        Bottleneck(120, 40, 48, 5, 1, True, True),
        Bottleneck(144, 48, 48, 5, 1, True, True),
        Bottleneck(288, 48, 96, 5, 2, True, True),
        Bottleneck(576, 96, 96, 5, 1, True, True),
        Bottleneck(576, 96, 96, 5, 1, True, True),
    )


@application("keras.applications.MobileNetV3Large")
class MobileNetV3Large(MobileNetV3):
    """The paper's first table."""

    name = "MobileNetV3Large"
    last = 1280
    bottlenecks = (
        Bottleneck(16, 16, 16, 3, 1, False, False),
        Bottleneck(64, 16, 24, 3, 2, False, False),
        Bottleneck(72, 24, 24, 3, 1, False, False),
        Bottleneck(72, 24, 40, 5, 2, True, False),
        Bottleneck(120, 40, 40, 5, 1, True, False),
        Bottleneck(120, 40, 40, 5, 1, True, False),
        Bottleneck(240, 40, 80, 3, 2, False, True),
        Bottleneck(200, 80, 80, 3, 1, False, True),
        Bottleneck(184, 80, 80, 3, 1, False, True),
        Bottleneck(184, 80, 80, 3, 1, False, True),
        Bottleneck(480, 80, 112, 3, 1, True, True),
        Bottleneck(672, 112, 112, 3, 1, True, True),
        Bottleneck(672, 112, 160, 5, 2, True, True),
        Bottleneck(960, 160, 160, 5, 1, True, True),
        Bottleneck(960, 160, 160, 5, 1, True, True),
    )
