"""Layers that mix images, cut pieces out of them or apply several changes; the size stays."""

from __future__ import annotations

from shapecalc.layers.images import ImageLayer, interpolation, strength, value_range
from shapecalc.layers.layer import layer
from shapecalc.rules import argument


@layer("keras.layers.MixUp")
class MixUp(ImageLayer):
    """Blend each image and its label with another of the batch."""

    alpha: object = argument.inert(0.2)
    data_format: str = argument.data_format()
    seed: object = argument.inert()


@layer("keras.layers.CutMix")
class CutMix(ImageLayer):
    """Replace a piece of each image by that of another of the batch, and blend the labels."""

    factor: object = strength(1.0, low=0)
    seed: object = argument.inert()
    data_format: str = argument.data_format()


@layer("keras.layers.RandomErasing")
class RandomErasing(ImageLayer):
    """Blank a random piece of images, in training."""

    factor: object = strength(1.0, low=0)
    scale: object = strength((0.02, 0.33), low=0)
    fill_value: object = argument.inert()
    value_range: object = argument.inert((0, 255))
    seed: object = argument.inert()
    data_format: str = argument.data_format()


@layer("keras.layers.AugMix")
class AugMix(ImageLayer):
    """Blend images with versions of themselves that went through random changes."""

    value_range: object = value_range()
    num_chains: object = argument.inert(3)
    chain_depth: object = argument.inert(3)
    # The layers within look at both ends.
    factor: object = strength(0.3, low=0, strict=True)
    alpha: object = argument.inert(1.0)
    all_ops: object = argument.flag(True)
    interpolation: object = interpolation()
    seed: object = argument.inert()
    data_format: str = argument.data_format()


@layer("keras.layers.RandAugment")
class RandAugment(ImageLayer):
    """Apply a few changes that are chosen at random, in training."""

    value_range: object = value_range()
    num_ops: object = argument.inert(2)
    factor: object = strength(0.5, low=0, strict=True)
    interpolation: object = interpolation()
    seed: object = argument.inert()
    data_format: str = argument.data_format()
