"""Layers that change the colours of images; the size stays."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import Shape
from shapecalc.layers.images import (
    ImageLayer,
    accept_value_range,
    require_channels,
    strength,
    value_range,
)
from shapecalc.layers.layer import layer
from shapecalc.rules import argument
from shapecalc.rules.facts import Facts
from shapecalc.rules.refusal import InvalidArgument
from shapecalc.rules.session import current_session
from shapecalc.rules.unknown import Unknown


class _Rgb(ImageLayer):
    """A layer that takes images in red, green and blue."""

    def infer(self, x: Shape) -> Facts:
        require_channels(self, x, self.data_format, 3)
        return Facts(x)


@layer("keras.layers.RandomBrightness")
class RandomBrightness(ImageLayer):
    """Make images brighter or darker at random, in training."""

    factor: object = strength(falsy=True)
    value_range: object = value_range()
    seed: object = argument.inert()


@layer("keras.layers.RandomContrast")
class RandomContrast(ImageLayer):
    """Raise or lower the contrast of images at random, in training."""

    factor: object = strength(low=0)
    value_range: object = argument.inert((0, 255))
    seed: object = argument.inert()


@layer("keras.layers.RandomHue")
class RandomHue(_Rgb):
    """Shift the hue of images at random, in training."""

    factor: object = strength(low=0)
    value_range: object = argument.inert((0, 255))
    data_format: str = argument.data_format()
    seed: object = argument.inert()


@layer("keras.layers.RandomSaturation")
class RandomSaturation(_Rgb):
    """Raise or lower the saturation of images at random, in training."""

    factor: object = strength()
    value_range: object = value_range()
    data_format: str = argument.data_format()
    seed: object = argument.inert()


@layer("keras.layers.RandomColorDegeneration")
class RandomColorDegeneration(_Rgb):
    """Blend images with their grey versions at random, in training."""

    factor: object = strength()
    value_range: object = value_range()
    data_format: str = argument.data_format()
    seed: object = argument.inert()


@layer("keras.layers.RandomSharpness")
class RandomSharpness(ImageLayer):
    """Sharpen or blur images at random, in training."""

    factor: object = strength(low=0)
    value_range: object = value_range()
    data_format: str = argument.data_format()
    seed: object = argument.inert()


@layer("keras.layers.RandomPosterization")
class RandomPosterization(ImageLayer):
    """Keep a random number of bits of each colour, in training."""

    factor: object = strength(low=1, high=8)
    value_range: object = value_range()
    data_format: str = argument.data_format()
    seed: object = argument.inert()


@layer("keras.layers.RandomInvert")
class RandomInvert(ImageLayer):
    """Turn some images into their negatives, in training."""

    factor: object = strength(1.0, low=0)
    value_range: object = argument.inert((0, 255))
    seed: object = argument.inert()
    data_format: str = argument.data_format()


@layer("keras.layers.RandomGrayscale")
class RandomGrayscale(ImageLayer):
    """Turn some images grey, in training; they keep their channels."""

    keeps_dtype = True

    factor: object = argument.number(0.5, low=0, high=1)
    data_format: str = argument.data_format()
    seed: object = argument.inert()

    def infer(self, x: Shape) -> Facts:
        require_channels(self, x, self.data_format, 3, 1)
        return Facts(x)


def _accept_odd(value: Any, _owner: Any) -> Any:
    ends = value if isinstance(value, (tuple, list)) else (value, value)
    known = [end for end in ends if not isinstance(end, Unknown)]
    if len(ends) != 2 or not all(isinstance(end, (int, float)) and end % 2 for end in known):
        raise ValueError("an odd number, or two of them")
    return value


@layer("keras.layers.RandomGaussianBlur")
class RandomGaussianBlur(ImageLayer):
    """Blur images at random, in training."""

    factor: object = strength(1.0, low=0)
    kernel_size: object = argument.checked(_accept_odd, 3, bears=False)
    sigma: object = strength(1.0, low=0)
    value_range: object = argument.inert((0, 255))
    data_format: str = argument.data_format()
    seed: object = argument.inert()


@layer("keras.layers.RandomColorJitter")
class RandomColorJitter(ImageLayer):
    """Change brightness, contrast, saturation and hue of images at random, in training."""

    value_range: Any = argument.inert((0, 255))
    brightness_factor: Any = strength(None, falsy=True)
    contrast_factor: object = strength(None, low=0, optional=True)
    saturation_factor: Any = strength(None, optional=True)
    hue_factor: Any = strength(None, low=0, optional=True)
    seed: object = argument.inert()
    data_format: str = argument.data_format()

    def validate(self) -> None:
        if self.brightness_factor is None and self.saturation_factor is None:
            return
        try:
            if not isinstance(self.value_range, Unknown):
                accept_value_range(self.value_range)
        except ValueError as error:
            message = f"`value_range` must be {error}"
            raise InvalidArgument(message, argument="value_range") from None

    def infer(self, x: Shape) -> Facts:
        if self.saturation_factor is not None or self.hue_factor is not None:
            # The layers within are made without its data format.
            require_channels(self, x, current_session().data_format, 3)
        return Facts(x)


@layer("keras.layers.Solarization")
class Solarization(ImageLayer):
    """Invert the pixels above a threshold, after adding to all of them."""

    addition_factor: object = strength(0.0, low=0, strict=True)
    threshold_factor: object = strength(0.0, low=0, strict=True)
    value_range: object = value_range()
    seed: object = argument.inert()


@layer("keras.layers.AutoContrast")
class AutoContrast(ImageLayer):
    """Stretch the colours of images over the whole range of values."""

    value_range: object = value_range()


@layer("keras.layers.Equalization")
class Equalization(ImageLayer):
    """Spread the colours of images evenly over the range of values."""

    keeps_dtype = True

    value_range: object = value_range()
    bins: object = argument.inert(256)
    data_format: str = argument.data_format()


@layer("keras.layers.ContrastLimitedAdaptiveHistogramEqualization")
class ContrastLimitedAdaptiveHistogramEqualization(ImageLayer):
    """Spread the colours evenly within each tile of an image, and limit the contrast."""

    value_range: object = argument.inert((0, 255))
    clip_limit: object = argument.inert(4.0)
    tile_grid_size: object = argument.inert((8, 8))
    data_format: str = argument.data_format()
