"""VGG (Simonyan and Zisserman, 2014): stacks of 3 × 3 convolutions, halved by pooling."""

from __future__ import annotations

from typing import ClassVar

from shapecalc.graph.tensor import Tensor
from shapecalc.layers.dense import Dense
from shapecalc.layers.reshaping import Flatten
from shapecalc.zoo import blocks
from shapecalc.zoo.application import Application, application


class VGG(Application):
    """Blocks of `convolutions`, twice as wide each, and three dense layers."""

    convolutions: ClassVar[tuple[int, ...]]

    def body(self, x: Tensor) -> Tensor:
        widths = (64, 128, 256, 512, 512)
        for block, (width, count) in enumerate(zip(widths, self.convolutions, strict=True), 1):
            for i in range(1, count + 1):
                x = blocks.conv(
                    x, width, 3, f"block{block}_conv{i}", activation="relu", padding="same"
                )
            x = blocks.max_pool(x, 2, f"block{block}_pool", strides=2)
        return x

    def top(self, x: Tensor) -> Tensor:
        x = blocks.apply(Flatten(name="flatten"), x)
        for name in ("fc1", "fc2"):
            x = blocks.apply(Dense(4096, activation="relu", name=name), x)
        return self.classifier(x)


@application("keras.applications.VGG16", "keras.applications.vgg16.VGG16")
class VGG16(VGG):
    """VGG with 16 layers that have weights."""

    name = "vgg16"
    convolutions = (2, 2, 3, 3, 3)


@application("keras.applications.VGG19", "keras.applications.vgg19.VGG19")
class VGG19(VGG):
    """VGG with 19 layers that have weights."""

    name = "vgg19"
    convolutions = (2, 2, 4, 4, 4)
