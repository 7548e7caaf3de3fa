"""Xception (Chollet, 2016): separable convolutions with ways around them."""

from __future__ import annotations

from shapecalc.graph.tensor import Tensor
from shapecalc.layers.separable_convolution import SeparableConv2D
from shapecalc.zoo import blocks
from shapecalc.zoo.application import Application, application


def _separable(x: Tensor, filters: int, name: str) -> Tensor:
    layer = SeparableConv2D(filters, 3, padding="same", use_bias=False, name=name)
    return blocks.normalize(blocks.apply(layer, x), f"{name}_bn")


def _halving(x: Tensor, number: int, widths: tuple[int, int]) -> Tensor:
    """Two separable convolutions and a pooling, and a convolution around them."""
    around = blocks.conv(x, widths[1], 1, strides=2, padding="same", use_bias=False)
    around = blocks.normalize(around)
    for i, width in enumerate(widths, start=1):
        # What comes into block 2 is rectified already.
        if (number, i) != (2, 1):
            x = blocks.activate(x, "relu", f"block{number}_sepconv{i}_act")
        x = _separable(x, width, f"block{number}_sepconv{i}")
    x = blocks.max_pool(x, 3, f"block{number}_pool", strides=2, padding="same")
    return blocks.add([x, around])


@application("keras.applications.Xception", "keras.applications.xception.Xception")
class Xception(Application):
    """Xception: an entry flow, eight equal blocks, an exit flow."""

    name = "xception"
    default_size = 299
    least_size = 71

    def body(self, x: Tensor) -> Tensor:
        for i, (width, stride) in enumerate(((32, 2), (64, 1)), start=1):
            x = blocks.conv(x, width, 3, f"block1_conv{i}", strides=stride, use_bias=False)
            x = blocks.normalize(x, f"block1_conv{i}_bn")
            x = blocks.activate(x, "relu", f"block1_conv{i}_act")
        for number, width in enumerate((128, 256, 728), start=2):
            x = _halving(x, number, (width, width))
        for number in range(5, 13):
            around = x
            for i in (1, 2, 3):
                x = blocks.activate(x, "relu", f"block{number}_sepconv{i}_act")
                x = _separable(x, 728, f"block{number}_sepconv{i}")
            x = blocks.add([x, around])
        x = _halving(x, 13, (728, 1024))
        for i, width in enumerate((1536, 2048), start=1):
            x = _separable(x, width, f"block14_sepconv{i}")
            x = blocks.activate(x, "relu", f"block14_sepconv{i}_act")
        return x
