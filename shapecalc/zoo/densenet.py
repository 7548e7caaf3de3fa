"""DenseNet (Huang et al., 2016): each layer sees the features of all before it."""

from __future__ import annotations

from typing import ClassVar

from shapecalc.graph.tensor import Tensor
from shapecalc.zoo import blocks
from shapecalc.zoo.application import Application, application

_EPSILON = 1.001e-5
_GROWTH = 32


def _normalize_and_rectify(x: Tensor, prefix: str) -> Tensor:
    x = blocks.normalize(x, f"{prefix}bn", epsilon=_EPSILON)
    return blocks.activate(x, "relu", f"{prefix}relu")


def _grow(x: Tensor, name: str) -> Tensor:
    """Put `_GROWTH` new features beside those that are there."""
    new = _normalize_and_rectify(x, f"{name}_0_")
    new = blocks.conv(new, 4 * _GROWTH, 1, f"{name}_1_conv", use_bias=False)
    new = _normalize_and_rectify(new, f"{name}_1_")
    new = blocks.conv(new, _GROWTH, 3, f"{name}_2_conv", padding="same", use_bias=False)
    return blocks.concatenate([x, new], f"{name}_concat")


def _shrink(x: Tensor, name: str) -> Tensor:
    """Halve the features, and the image."""
    x = _normalize_and_rectify(x, f"{name}_")
    x = blocks.conv(x, blocks.channels(x) // 2, 1, f"{name}_conv", use_bias=False)
    return blocks.average_pool(x, 2, f"{name}_pool", strides=2)


class DenseNet(Application):
    """Four dense blocks of `depths` layers, the features halved between them."""

    names_pooling = True
    channels_last_only = True
    depths: ClassVar[tuple[int, ...]]

    def body(self, x: Tensor) -> Tensor:
        x = blocks.conv(blocks.pad(x, 3), 64, 7, "conv1_conv", strides=2, use_bias=False)
        x = _normalize_and_rectify(x, "conv1_")
        x = blocks.max_pool(blocks.pad(x, 1), 3, "pool1", strides=2)
        for stage, depth in enumerate(self.depths, start=2):
            for i in range(1, depth + 1):
                x = _grow(x, f"conv{stage}_block{i}")
            if stage <= len(self.depths):
                x = _shrink(x, f"pool{stage}")
        return _normalize_and_rectify(x, "")


@application("keras.applications.DenseNet121", "keras.applications.densenet.DenseNet121")
class DenseNet121(DenseNet):
    """DenseNet with 121 layers that have weights."""

    name = "densenet121"
    depths = (6, 12, 24, 16)


@application("keras.applications.DenseNet169", "keras.applications.densenet.DenseNet169")
class DenseNet169(DenseNet):
    """DenseNet with 169 layers that have weights."""

    name = "densenet169"
    depths = (6, 12, 32, 32)


@application("keras.applications.DenseNet201", "keras.applications.densenet.DenseNet201")
class DenseNet201(DenseNet):
    """DenseNet with 201 layers that have weights."""

    name = "densenet201"
    depths = (6, 12, 48, 32)
