"""MobileNet (Howard et al., 2017): convolutions apart for each channel, then across channels."""

from __future__ import annotations

from typing import Any

from shapecalc.graph.tensor import Tensor
from shapecalc.layers.regularization import Dropout
from shapecalc.layers.reshaping import Reshape
from shapecalc.layers.separable_convolution import DepthwiseConv2D
from shapecalc.rules.refusal import InvalidArgument
from shapecalc.zoo import blocks
from shapecalc.zoo.application import Application, application
from shapecalc.zoo.entry import ImageShape
from shapecalc.zoo.scaling import check_width, multiplier, named_by_scale, square_size

# The width of each block and its stride.
_BLOCKS = (
    (64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), (512, 1), (512, 1), (512, 1),
    (512, 1), (512, 1), (1024, 2), (1024, 1),
)  # fmt: skip
_SIZES = (128, 160, 192, 224)
_WIDTHS = (0.25, 0.5, 0.75, 1.0)


@application("keras.applications.MobileNet", "keras.applications.mobilenet.MobileNet")
class MobileNet(Application):
    """MobileNet, `alpha` times as wide as in the paper's first table."""

    parameters = (
        "input_shape", "alpha", "depth_multiplier", "dropout", "include_top", "weights",
        "input_tensor", "pooling", "classes", "classifier_activation", "name",
    )  # fmt: skip
    alpha: Any = 1.0
    depth_multiplier: Any = 1
    dropout: Any = 1e-3

    def check(self) -> None:
        self.alpha = multiplier(self.alpha)
        self.default_size = square_size(self.input_shape, _SIZES)

    def shape(self) -> ImageShape:
        shape = super().shape()
        if self.imagenet:
            if self.depth_multiplier != 1:
                raise InvalidArgument(
                    'with `weights="imagenet"`, `depth_multiplier` must be 1',
                    argument="depth_multiplier",
                )
            check_width(self.alpha, _WIDTHS)
        return shape

    def model_name(self) -> Any:
        sizes = _SIZES if self.imagenet else None
        return named_by_scale("mobilenet", self.name, self.alpha, self.image, sizes)

    def body(self, x: Tensor) -> Tensor:
        width = int(32 * self.alpha)
        x = blocks.conv(x, width, 3, "conv1", strides=2, padding="same", use_bias=False)
        x = blocks.rectify(blocks.normalize(x, "conv1_bn"), 6.0, "conv1_relu")
        for i, (filters, stride) in enumerate(_BLOCKS, start=1):
            x = self._block(x, int(filters * self.alpha), stride, i)
        return x

    def _block(self, x: Tensor, filters: int, stride: int, number: int) -> Tensor:
        padding = "same"
        if stride != 1:
            x, padding = blocks.pad(x, ((0, 1), (0, 1)), f"conv_pad_{number}"), "valid"
        depthwise = DepthwiseConv2D(
            3, padding=padding, depth_multiplier=self.depth_multiplier, strides=stride,
            use_bias=False, name=f"conv_dw_{number}",
        )  # fmt: skip
        x = blocks.normalize(blocks.apply(depthwise, x), f"conv_dw_{number}_bn")
        x = blocks.rectify(x, 6.0, f"conv_dw_{number}_relu")
        x = blocks.conv(x, filters, 1, f"conv_pw_{number}", padding="same", use_bias=False)
        x = blocks.normalize(x, f"conv_pw_{number}_bn")
        return blocks.rectify(x, 6.0, f"conv_pw_{number}_relu")

    def top(self, x: Tensor) -> Tensor:
        x = blocks.global_average(x, keepdims=True)
        x = blocks.apply(Dropout(self.dropout, name="dropout"), x)
        x = blocks.conv(x, self.classes, 1, "conv_preds", padding="same")
        x = blocks.apply(Reshape((self.classes,), name="reshape_2"), x)
        self.check_activation()
        return blocks.activate(x, self.classifier_activation, "predictions")
