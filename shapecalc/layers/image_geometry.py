"""Layers that turn, shift or bend images at random, in training; the size stays."""

from __future__ import annotations

from shapecalc.layers.images import (
    ImageLayer,
    fill_mode,
    interpolation,
    strength,
)
from shapecalc.layers.layer import layer
from shapecalc.rules import argument


@layer("keras.layers.RandomFlip")
class RandomFlip(ImageLayer):
    """Mirror images at random, in training."""

    mode: object = argument.inert("horizontal_and_vertical")
    seed: object = argument.inert()
    data_format: str = argument.data_format()


@layer("keras.layers.RandomRotation")
class RandomRotation(ImageLayer):
    """Turn images by a random angle, in training."""

    factor: object = strength(falsy=True)
    fill_mode: object = fill_mode()
    interpolation: object = interpolation()
    seed: object = argument.inert()
    fill_value: object = argument.inert(0.0)
    data_format: str = argument.data_format()


@layer("keras.layers.RandomZoom")
class RandomZoom(ImageLayer):
    """Zoom into images or out of them by a random factor, in training."""

    height_factor: object = strength(strict=True, above=True)
    width_factor: object = strength(None, strict=True, above=True, optional=True)
    fill_mode: object = fill_mode()
    interpolation: object = interpolation()
    seed: object = argument.inert()
    fill_value: object = argument.inert(0.0)
    data_format: str = argument.data_format()


@layer("keras.layers.RandomTranslation")
class RandomTranslation(ImageLayer):
    """Shift images by a random part of their size, in training."""

    height_factor: object = strength(strict=True)
    width_factor: object = strength(strict=True)
    fill_mode: object = fill_mode()
    interpolation: object = interpolation()
    seed: object = argument.inert()
    fill_value: object = argument.inert(0.0)
    data_format: str = argument.data_format()


@layer("keras.layers.RandomShear")
class RandomShear(ImageLayer):
    """Slant images by a random factor, in training."""

    x_factor: object = strength(0.0, low=0, strict=True)
    y_factor: object = strength(0.0, low=0, strict=True)
    interpolation: object = interpolation()
    fill_mode: object = fill_mode()
    fill_value: object = argument.inert(0.0)
    data_format: str = argument.data_format()
    seed: object = argument.inert()


@layer("keras.layers.RandomPerspective")
class RandomPerspective(ImageLayer):
    """Show images from a random point of view, in training."""

    factor: object = strength(1.0, low=0)
    scale: object = argument.number(1.0, low=0, high=1)
    interpolation: object = interpolation()
    fill_value: object = argument.inert(0.0)
    seed: object = argument.inert()
    data_format: str = argument.data_format()


@layer("keras.layers.RandomElasticTransform")
class RandomElasticTransform(ImageLayer):
    """Bend images at random as if they were on rubber, in training."""

    factor: object = strength(1.0, low=0)
    scale: object = strength(1.0, low=0)
    interpolation: object = interpolation()
    fill_mode: object = argument.choice(
        "constant", "nearest", "wrap", "mirror", "reflect", default="reflect", fold_case=False
    )
    fill_value: object = argument.inert(0.0)
    value_range: object = argument.inert((0, 255))
    seed: object = argument.inert()
    data_format: str = argument.data_format()
