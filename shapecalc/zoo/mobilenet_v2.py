"""MobileNetV2 (Sandler et al., 2018): bottlenecks turned inside out."""

from __future__ import annotations

from typing import Any

from shapecalc.graph.tensor import Tensor
from shapecalc.layers.separable_convolution import DepthwiseConv2D
from shapecalc.zoo import blocks
from shapecalc.zoo.application import Application, application
from shapecalc.zoo.entry import ImageShape
from shapecalc.zoo.scaling import (
    check_given_tensor,
    check_width,
    multiplier,
    named_by_scale,
    square_size,
)

# The paper's second table: expansion, width, repetitions, stride of the first.
_STAGES = (
    (1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2),
    (6, 320, 1, 1),
)  # fmt: skip
_SIZES = (96, 128, 160, 192, 224)
_WIDTHS = (0.35, 0.5, 0.75, 1.0, 1.3, 1.4)


def _normalize(x: Tensor, name: str) -> Tensor:
    return blocks.normalize(x, name, momentum=0.999)


@application("keras.applications.MobileNetV2", "keras.applications.mobilenet_v2.MobileNetV2")
class MobileNetV2(Application):
    """MobileNetV2, `alpha` times as wide as in the paper's second table."""

    parameters = (
        "input_shape", "alpha", "include_top", "weights", "input_tensor", "pooling", "classes",
        "classifier_activation", "name",
    )  # fmt: skip
    top_pooling = None
    alpha: Any = 1.0

    def check(self) -> None:
        self.alpha = multiplier(self.alpha)
        check_given_tensor(self.input_tensor, self.input_shape)
        shape = self.input_shape
        if shape is None and isinstance(self.input_tensor, Tensor):
            shape = blocks.known_shape(self.input_tensor)[1:]
        self.default_size = square_size(shape, _SIZES)

    def shape(self) -> ImageShape:
        shape = super().shape()
        if self.imagenet:
            check_width(self.alpha, _WIDTHS)
        return shape

    def model_name(self) -> Any:
        sizes = _SIZES if self.imagenet else None
        return named_by_scale("mobilenetv2", self.name, self.alpha, self.image, sizes)

    def body(self, x: Tensor) -> Tensor:
        width = blocks.divisible(32 * self.alpha)
        x = blocks.conv(x, width, 3, "Conv1", strides=2, padding="same", use_bias=False)
        x = blocks.rectify(_normalize(x, "bn_Conv1"), 6.0, "Conv1_relu")
        number = 0
        for expand_ratio, filters, repeats, stride in _STAGES:
            for i in range(repeats):
                width = blocks.divisible(int(filters * self.alpha))
                x = self._block(x, expand_ratio, width, 1 if i else stride, number)
                number += 1
        # The last convolution is made wider, but never narrower.
        last = blocks.divisible(1280 * self.alpha) if self.alpha > 1.0 else 1280
        x = blocks.conv(x, last, 1, "Conv_1", use_bias=False)
        return blocks.rectify(_normalize(x, "Conv_1_bn"), 6.0, "out_relu")

    def _block(self, x: Tensor, expand_ratio: int, width: int, stride: int, number: int) -> Tensor:
        before = x
        filters_in = blocks.channels(x)
        name = f"block_{number}" if number else "expanded_conv"
        padding = "same"
        if number:
            expanded = expand_ratio * filters_in
            x = blocks.conv(x, expanded, 1, f"{name}_expand", padding="same", use_bias=False)
            x = _normalize(x, f"{name}_expand_BN")
            x = blocks.rectify(x, 6.0, f"{name}_expand_relu")
        if stride == 2:
            x, padding = blocks.pad(x, blocks.halving_margins(x, 3), f"{name}_pad"), "valid"
        depthwise = DepthwiseConv2D(
            3, strides=stride, use_bias=False, padding=padding, name=f"{name}_depthwise"
        )
        x = _normalize(blocks.apply(depthwise, x), f"{name}_depthwise_BN")
        x = blocks.rectify(x, 6.0, f"{name}_depthwise_relu")
        x = blocks.conv(x, width, 1, f"{name}_project", padding="same", use_bias=False)
        x = _normalize(x, f"{name}_project_BN")
        if stride == 1 and blocks.same_length(filters_in, width):
            return blocks.add([before, x], f"{name}_add")
        return x
