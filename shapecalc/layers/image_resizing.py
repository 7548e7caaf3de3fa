"""Layers that give images another size."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import Dim, Shape, Variable
from shapecalc.layers.images import ImageLayer, ResizingLayer
from shapecalc.layers.layer import layer
from shapecalc.rules import argument
from shapecalc.rules.facts import Facts
from shapecalc.rules.refusal import InvalidArgument, WrongInputs
from shapecalc.rules.session import current_session
from shapecalc.rules.unknown import Unknown

# Those of every backend: one lacks this, another that.
_INTERPOLATIONS = (
    "bilinear", "nearest", "bicubic", "area", "lanczos3", "lanczos5", "gaussian", "mitchellcubic",
)  # fmt: skip


@layer("keras.layers.Resizing")
class Resizing(ResizingLayer):
    """Resize images to a height and a width."""

    height: Dim = argument.size(symbol="h")
    width: Dim = argument.size(symbol="w")
    interpolation: object = argument.choice(*_INTERPOLATIONS, default="bilinear")
    crop_to_aspect_ratio: Any = argument.flag(False)
    pad_to_aspect_ratio: Any = argument.flag(False)
    fill_mode: Any = argument.inert("constant")
    fill_value: object = argument.inert(0.0)
    antialias: object = argument.flag(False)
    data_format: str = argument.data_format()

    def validate(self) -> None:
        if self.pad_to_aspect_ratio is not True:
            return
        if self.crop_to_aspect_ratio is True:
            raise InvalidArgument(
                "only one of `crop_to_aspect_ratio` and `pad_to_aspect_ratio` can be true",
                argument="pad_to_aspect_ratio",
            )
        if not isinstance(self.fill_mode, Unknown) and self.fill_mode != "constant":
            raise InvalidArgument("`fill_mode` can only be 'constant'", argument="fill_mode")


@layer("keras.layers.CenterCrop")
class CenterCrop(ResizingLayer):
    """Cut the middle out of images; those that are too small are resized."""

    height: Dim = argument.size(symbol="h")
    width: Dim = argument.size(symbol="w")
    data_format: str = argument.data_format()


@layer("keras.layers.RandomCrop")
class RandomCrop(ResizingLayer):
    """Cut a piece out of images at a random place, in training; those too small are resized."""

    last = ("name",)

    height: Dim = argument.size(symbol="h")
    width: Dim = argument.size(symbol="w")
    seed: object = argument.inert()
    data_format: str = argument.data_format()


class _RandomLength(ImageLayer):
    """Stretch images along an axis by a random factor."""

    axis: int

    factor: object = argument.inert(argument.REQUIRED)
    interpolation: object = argument.choice(*_INTERPOLATIONS, default="bilinear")
    seed: object = argument.inert()

    def infer(self, x: Shape) -> Facts:
        length = Variable(current_session().unique_name("H" if self.axis == -3 else "W"), "free")
        axes = list(x)
        axes[self.axis] = length
        return Facts(tuple(axes))


@layer("keras.layers.RandomHeight")
class RandomHeight(_RandomLength):
    """Stretch images to a random height, in training (Keras 2)."""

    axis = -3


@layer("keras.layers.RandomWidth")
class RandomWidth(_RandomLength):
    """Stretch images to a random width, in training (Keras 2)."""

    axis = -2


def _accept_count(value: Any, _owner: Any) -> Any:
    try:
        return int(value)
    except (TypeError, ValueError):
        raise ValueError("a number") from None


@layer("keras.layers.MaxNumBoundingBoxes")
class MaxNumBoundingBoxes(ImageLayer):
    """Pad or cut the boxes of each image to one number of them; images stay as they are."""

    max_number: Dim = argument.checked(_accept_count)
    fill_value: object = argument.inert(-1)

    def facts(self, *inputs: Any, **options: Any) -> Facts:
        parts = inputs[0] if inputs else options.get("x")
        if not isinstance(parts, dict) or "bounding_boxes" not in parts:
            return super().facts(*inputs, **options)
        boxes = parts["bounding_boxes"]
        if not isinstance(boxes, dict) or boxes.keys() != {"boxes", "labels"}:
            raise WrongInputs("`bounding_boxes` is a dict of 'boxes' and 'labels'")
        padded = {name: (s[0], self.max_number, *s[2:]) for name, s in boxes.items()}
        return Facts({**parts, "bounding_boxes": padded})
