"""ResNet (He et al., 2015) and ResNetV2 (2016): bottlenecks around which the image is added."""

from __future__ import annotations

from typing import ClassVar

from shapecalc.graph.tensor import Tensor
from shapecalc.zoo import blocks
from shapecalc.zoo.application import Application, application

_EPSILON = 1.001e-5


def _normalize(x: Tensor, name: str) -> Tensor:
    return blocks.normalize(x, f"{name}_bn", epsilon=_EPSILON)


def _normalize_and_rectify(x: Tensor, name: str) -> Tensor:
    return blocks.activate(_normalize(x, name), "relu", f"{name}_relu")


class ResNet(Application):
    """Four stages of `depths` bottlenecks, twice as wide each."""

    names_pooling = True
    depths: ClassVar[tuple[int, ...]]

    def body(self, x: Tensor) -> Tensor:
        x = self.stem(x)
        x = blocks.max_pool(blocks.pad(x, 1, "pool1_pad"), 3, "pool1_pool", strides=2)
        return self.finish(self.stages(x))

    def stages(self, x: Tensor) -> Tensor:
        """The four stages."""
        for stage, depth in enumerate(self.depths):
            x = self.stage(x, 64 << stage, depth, stage)
        return x

    def stem(self, x: Tensor) -> Tensor:
        """The first convolution, which halves the image."""
        return blocks.conv(blocks.pad(x, 3, "conv1_pad"), 64, 7, "conv1_conv", strides=2)

    def stage(self, x: Tensor, width: int, depth: int, stage: int) -> Tensor:
        """The bottlenecks of one width."""
        raise NotImplementedError

    def finish(self, x: Tensor) -> Tensor:
        """What follows the last stage."""
        return x


class ResNetV1(ResNet):
    """Normalization and activation follow each convolution and each sum."""

    def stem(self, x: Tensor) -> Tensor:
        return _normalize_and_rectify(super().stem(x), "conv1")

    def stage(self, x: Tensor, width: int, depth: int, stage: int) -> Tensor:
        for i in range(1, depth + 1):
            # The first bottleneck of a stage widens its input, and halves it but for stage 0.
            stride = 2 if i == 1 and stage else 1
            x = self.bottleneck(x, width, stride, f"conv{stage + 2}_block{i}", widens=i == 1)
        return x

    def bottleneck(self, x: Tensor, width: int, stride: int, name: str, *, widens: bool) -> Tensor:
        """1 × 1, 3 × 3 and 1 × 1, and the way around them."""
        around = x
        if widens:
            around = blocks.conv(x, 4 * width, 1, f"{name}_0_conv", strides=stride)
            around = _normalize(around, f"{name}_0")
        x = blocks.conv(x, width, 1, f"{name}_1_conv", strides=stride)
        x = _normalize_and_rectify(x, f"{name}_1")
        x = blocks.conv(x, width, 3, f"{name}_2_conv", padding="same")
        x = _normalize_and_rectify(x, f"{name}_2")
        x = _normalize(blocks.conv(x, 4 * width, 1, f"{name}_3_conv"), f"{name}_3")
        return blocks.activate(blocks.add([around, x], f"{name}_add"), "relu", f"{name}_out")


class ResNetV2(ResNet):
    """Normalization and activation come before each convolution; the sum is left as it is."""

    def stage(self, x: Tensor, width: int, depth: int, stage: int) -> Tensor:
        for i in range(1, depth + 1):
            # The last bottleneck of a stage halves, but for the last stage.
            stride = 2 if i == depth and stage < len(self.depths) - 1 else 1
            x = self.bottleneck(x, width, stride, f"conv{stage + 2}_block{i}", widens=i == 1)
        return x

    def bottleneck(self, x: Tensor, width: int, stride: int, name: str, *, widens: bool) -> Tensor:
        """1 × 1, 3 × 3 and 1 × 1, and the way around them."""
        before = _normalize_and_rectify(x, f"{name}_preact")
        around = x
        if widens:
            around = blocks.conv(before, 4 * width, 1, f"{name}_0_conv", strides=stride)
        elif stride > 1:
            around = blocks.max_pool(x, 1, strides=stride)
        x = blocks.conv(before, width, 1, f"{name}_1_conv", use_bias=False)
        x = blocks.pad(_normalize_and_rectify(x, f"{name}_1"), 1, f"{name}_2_pad")
        x = blocks.conv(x, width, 3, f"{name}_2_conv", strides=stride, use_bias=False)
        x = blocks.conv(_normalize_and_rectify(x, f"{name}_2"), 4 * width, 1, f"{name}_3_conv")
        return blocks.add([around, x], f"{name}_out")

    def finish(self, x: Tensor) -> Tensor:
        return _normalize_and_rectify(x, "post")


@application(
    "keras.applications.ResNet50",
    "keras.applications.resnet.ResNet50",
    "keras.applications.resnet50.ResNet50",
)
class ResNet50(ResNetV1):
    """ResNet with 50 layers that have weights."""

    name = "resnet50"
    depths = (3, 4, 6, 3)


@application("keras.applications.ResNet101", "keras.applications.resnet.ResNet101")
class ResNet101(ResNetV1):
    """ResNet with 101 layers that have weights."""

    name = "resnet101"
    depths = (3, 4, 23, 3)


@application("keras.applications.ResNet152", "keras.applications.resnet.ResNet152")
class ResNet152(ResNetV1):
    """ResNet with 152 layers that have weights."""

    name = "resnet152"
    depths = (3, 8, 36, 3)


@application("keras.applications.ResNet50V2", "keras.applications.resnet_v2.ResNet50V2")
class ResNet50V2(ResNetV2):
    """ResNetV2 with 50 layers that have weights."""

    name = "resnet50v2"
    depths = (3, 4, 6, 3)


@application("keras.applications.ResNet101V2", "keras.applications.resnet_v2.ResNet101V2")
class ResNet101V2(ResNetV2):
    """ResNetV2 with 101 layers that have weights."""

    name = "resnet101v2"
    depths = (3, 4, 23, 3)


@application("keras.applications.ResNet152V2", "keras.applications.resnet_v2.ResNet152V2")
class ResNet152V2(ResNetV2):
    """ResNetV2 with 152 layers that have weights."""

    name = "resnet152v2"
    depths = (3, 8, 36, 3)
