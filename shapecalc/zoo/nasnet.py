"""NASNet-A (Zoph et al., 2017): two cells that a search found, stacked.

A cell sees the outputs of the two cells before it: `x`, and `p`, the older one.
"""

from __future__ import annotations

from typing import ClassVar

from shapecalc.graph.tensor import Tensor
from shapecalc.layers.reshaping import Cropping2D
from shapecalc.layers.separable_convolution import SeparableConv2D
from shapecalc.rules.refusal import InvalidArgument
from shapecalc.zoo import blocks
from shapecalc.zoo.application import Application, application


def _normalize(x: Tensor, name: str) -> Tensor:
    return blocks.normalize(x, name, momentum=0.9997)


def _project(x: Tensor, filters: int, name: str) -> Tensor:
    return blocks.conv(x, filters, 1, name, padding="same", use_bias=False)


def _separable(x: Tensor, filters: int, kernel: int, name: str, *, stride: int = 1) -> Tensor:
    """Two separable convolutions, each rectified before and normalized after."""
    x = blocks.activate(x, "relu")
    padding = "same"
    if stride == 2:
        margins = blocks.halving_margins(x, kernel)
        x, padding = blocks.pad(x, margins, f"separable_conv_1_pad_{name}"), "valid"
    for i in (1, 2):
        if i == 2:
            x, stride, padding = blocks.activate(x, "relu"), 1, "same"
        layer = SeparableConv2D(
            filters, kernel, strides=stride, padding=padding, use_bias=False,
            name=f"separable_conv_{i}_{name}",
        )  # fmt: skip
        x = _normalize(blocks.apply(layer, x), f"separable_conv_{i}_bn_{name}")
    return x


def _fitted(p: Tensor | None, x: Tensor, filters: int, cell: str) -> Tensor:
    """The older tensor with the size of the newer and `filters` channels."""
    if p is None:
        return x
    if not blocks.same_length(blocks.known_shape(p)[-2], blocks.known_shape(x)[-2]):
        p = blocks.activate(p, "relu", f"adjust_relu_1_{cell}")
        # Every second unit, once from the first on and once from the second.
        halves = []
        for i in (1, 2):
            half = p
            if i == 2:
                half = blocks.pad(half, ((0, 1), (0, 1)))
                half = blocks.apply(Cropping2D(((1, 0), (1, 0))), half)
            half = blocks.average_pool(half, 1, f"adjust_avg_pool_{i}_{cell}", strides=2)
            halves.append(_project(half, filters // 2, f"adjust_conv_{i}_{cell}"))
        return _normalize(blocks.concatenate(halves), f"adjust_bn_{cell}")
    if not blocks.same_length(blocks.channels(p), filters):
        p = _project(blocks.activate(p, "relu"), filters, f"adjust_conv_projection_{cell}")
        return _normalize(p, f"adjust_bn_{cell}")
    return p


def _normal_cell(x: Tensor, older: Tensor | None, filters: int, cell: str) -> tuple[Tensor, Tensor]:
    """A cell that keeps the image's size, and what is the older tensor now."""
    p = _fitted(older, x, filters, cell)
    h = _project(blocks.activate(x, "relu"), filters, f"normal_conv_1_{cell}")
    h = _normalize(h, f"normal_bn_1_{cell}")

    def smooth(t: Tensor, name: str) -> Tensor:
        return blocks.average_pool(t, 3, f"normal_{name}_{cell}", strides=1, padding="same")

    def separable(t: Tensor, kernel: int, name: str) -> Tensor:
        return _separable(t, filters, kernel, f"normal_{name}_{cell}")

    def joined(number: int, one: Tensor, other: Tensor) -> Tensor:
        return blocks.add([one, other], f"normal_add_{number}_{cell}")

    parts = [
        p,
        joined(1, separable(h, 5, "left1"), separable(p, 3, "right1")),
        joined(2, separable(p, 5, "left2"), separable(p, 3, "right2")),
        joined(3, smooth(h, "left3"), p),
        joined(4, smooth(p, "left4"), smooth(p, "right4")),
        joined(5, separable(h, 3, "left5"), h),
    ]
    return blocks.concatenate(parts, f"normal_concat_{cell}"), x


def _reduction_cell(
    x: Tensor, older: Tensor | None, filters: int, cell: str
) -> tuple[Tensor, Tensor]:
    """A cell that halves the image, and what is the older tensor now."""
    p = _fitted(older, x, filters, cell)
    h = _project(blocks.activate(x, "relu"), filters, f"reduction_conv_1_{cell}")
    h = _normalize(h, f"reduction_bn_1_{cell}")
    padded = blocks.pad(h, blocks.halving_margins(h, 3), f"reduction_pad_1_{cell}")

    def separable(t: Tensor, kernel: int, name: str, stride: int = 2) -> Tensor:
        return _separable(t, filters, kernel, f"reduction_{name}_{cell}", stride=stride)

    def largest(name: str) -> Tensor:
        return blocks.max_pool(padded, 3, f"reduction_{name}_{cell}", strides=2)

    one = blocks.add(
        [separable(h, 5, "left1"), separable(p, 7, "right1")], f"reduction_add_1_{cell}"
    )
    two = blocks.add([largest("left2"), separable(p, 7, "right2")], f"reduction_add_2_{cell}")
    mean = blocks.average_pool(padded, 3, f"reduction_left3_{cell}", strides=2)
    three = blocks.add([mean, separable(p, 5, "right3")], f"reduction_add3_{cell}")
    mean = blocks.average_pool(one, 3, f"reduction_left4_{cell}", strides=1, padding="same")
    four = blocks.add([two, mean])
    five = blocks.add(
        [separable(one, 3, "left4", stride=1), largest("right5")], f"reduction_add4_{cell}"
    )
    return blocks.concatenate([two, three, four, five], f"reduction_concat_{cell}"), x


class NASNet(Application):
    """Three stages of `repeats` normal cells, twice as wide each, reductions between them.

    Class attributes:
        repeats: how many normal cells a stage has.
        filters: the width of a cell of the first stage.
        stem_filters: the width of the first convolution.
        skips: whether the older tensor of a stage is that before the reduction.
    """

    parameters = (
        "input_shape", "include_top", "weights", "input_tensor", "pooling", "classes",
        "classifier_activation", "name",
    )  # fmt: skip
    channels_last_only = True
    top_pooling = None
    repeats: ClassVar[int]
    filters: ClassVar[int]
    stem_filters: ClassVar[int]
    skips: ClassVar[bool]

    def check(self) -> None:
        shape = self.input_shape
        if self.imagenet and isinstance(shape, tuple) and any(axis is None for axis in shape):
            raise InvalidArgument(
                'with `weights="imagenet"`, every axis of `input_shape` needs a length',
                argument="input_shape",
            )

    def body(self, x: Tensor) -> Tensor:
        x = blocks.conv(x, self.stem_filters, 3, "stem_conv1", strides=2, use_bias=False)
        x = _normalize(x, "stem_bn1")
        p: Tensor | None = None
        for i, part in enumerate((4, 2), start=1):
            x, p = _reduction_cell(x, p, self.filters // part, f"stem_{i}")
        for stage in range(3):
            filters = self.filters << stage
            if stage:
                x, before = _reduction_cell(x, p, filters, f"reduce_{stage * self.repeats}")
                p = p if self.skips else before
            # Keras leaves out a number after the first stage.
            first = stage * self.repeats + (stage > 0)
            for i in range(first, first + self.repeats):
                x, p = _normal_cell(x, p, filters, f"{i}")
        return blocks.activate(x, "relu")


@application("keras.applications.NASNetMobile", "keras.applications.nasnet.NASNetMobile")
class NASNetMobile(NASNet):
    """NASNet-A (4 @ 1056)."""

    name = "nasnet_mobile"
    repeats = 4
    filters = 1056 // 24
    stem_filters = 32
    skips = False

    def check(self) -> None:
        if not self.include_top and self.input_shape is None:
            self.input_shape = (224, 224, 3)
        super().check()


@application("keras.applications.NASNetLarge", "keras.applications.nasnet.NASNetLarge")
class NASNetLarge(NASNet):
    """NASNet-A (6 @ 4032)."""

    name = "nasnet_large"
    default_size = 331
    repeats = 6
    filters = 4032 // 24
    stem_filters = 96
    skips = True
