"""ConvNeXt (Liu et al., 2022): a convolutional network in the proportions of a transformer."""

from __future__ import annotations

from typing import Any, ClassVar

from shapecalc import layers
from shapecalc.dims import Dim, Shape, product
from shapecalc.graph.sequential import Sequential
from shapecalc.graph.tensor import Tensor
from shapecalc.layers.convolution import Conv2D
from shapecalc.layers.core import SameShape
from shapecalc.layers.dense import Dense
from shapecalc.layers.normalization import LayerNormalization
from shapecalc.rules import argument
from shapecalc.rules.facts import SCALE, Facts, Weight
from shapecalc.rules.refusal import InvalidArgument
from shapecalc.zoo import blocks
from shapecalc.zoo.application import Application, application
from shapecalc.zoo.efficientnet_v2 import has_three_channels

_EPSILON = 1e-6


class LayerScale(SameShape):
    """Scale each channel by a number that is learnt."""

    init_values: object = argument.inert(argument.REQUIRED)
    projection_dim: Dim = argument.size(symbol="c")

    def infer(self, x: Shape) -> Facts:
        return Facts(x, (Weight("gamma", (self.projection_dim,), product(x[1:-1]), SCALE),))


def _normalized(name: str | None = None) -> LayerNormalization:
    return LayerNormalization(epsilon=_EPSILON, name=name)


class ConvNeXt(Application):
    """Four stages of `depths` blocks, `widths` wide."""

    parameters = (
        "include_top", "include_preprocessing", "weights", "input_tensor", "input_shape",
        "pooling", "classes", "classifier_activation", "name",
    )  # fmt: skip
    channels_last_only = True
    include_preprocessing: Any = True
    depths: ClassVar[tuple[int, ...]] = (3, 3, 27, 3)
    widths: ClassVar[tuple[int, ...]]

    def check(self) -> None:
        published = type(self).name
        if not isinstance(self.name, str) or (self.imagenet and published not in self.name):
            raise InvalidArgument(
                f"`name` must be a text, and contain {published!r} with published weights: the "
                "layers are named after it",
                argument="name",
            )

    def body(self, x: Tensor) -> Tensor:
        if self.include_preprocessing and has_three_channels(self.image):
            deviation = [255 * share for share in (0.229, 0.224, 0.225)]
            x = blocks.apply(
                layers.Normalization(
                    mean=[255 * share for share in (0.485, 0.456, 0.406)],
                    variance=[share**2 for share in deviation],
                    name=f"{self.name}_prestem_normalization",
                ),
                x,
            )
        entrances = self._entrances()
        for stage, (depth, width) in enumerate(zip(self.depths, self.widths, strict=True)):
            x = blocks.apply(entrances[stage], x)
            for i in range(depth):
                x = _block(x, width, f"{self.name}_stage_{stage}_block_{i}")
        return x

    def _entrances(self) -> list[Sequential]:
        """What comes before each stage: patches at first, then halving."""
        stem = [
            Conv2D(self.widths[0], 4, strides=4, name=f"{self.name}_stem_conv"),
            _normalized(f"{self.name}_stem_layernorm"),
        ]
        entrances = [Sequential(stem, name=f"{self.name}_stem")]
        for i, width in enumerate(self.widths[1:]):
            halving = [
                _normalized(f"{self.name}_downsampling_layernorm_{i}"),
                Conv2D(width, 2, strides=2, name=f"{self.name}_downsampling_conv_{i}"),
            ]
            entrances.append(Sequential(halving, name=f"{self.name}_downsampling_block_{i}"))
        return entrances

    def top(self, x: Tensor) -> Tensor:
        self.check_activation()
        x = blocks.global_average(x, f"{self.name}_head_gap")
        x = blocks.apply(_normalized(f"{self.name}_head_layernorm"), x)
        last = Dense(
            self.classes, activation=self.classifier_activation, name=f"{self.name}_head_dense"
        )
        return blocks.apply(last, x)

    def pool(self, x: Tensor) -> Tensor:
        return blocks.apply(_normalized(), super().pool(x))


def _block(x: Tensor, width: int, name: str) -> Tensor:
    """A wide window for each channel by itself, then two dense layers at each place."""
    before = x
    x = blocks.conv(x, width, 7, f"{name}_depthwise_conv", padding="same", groups=width)
    x = blocks.apply(_normalized(f"{name}_layernorm"), x)
    x = blocks.apply(Dense(4 * width, name=f"{name}_pointwise_conv_1"), x)
    x = blocks.activate(x, "gelu", f"{name}_gelu")
    x = blocks.apply(Dense(width, name=f"{name}_pointwise_conv_2"), x)
    x = blocks.apply(LayerScale(_EPSILON, width, name=f"{name}_layer_scale"), x)
    # Keras's constructors never drop a branch, so that nothing happens here.
    x = blocks.activate(x, "linear", f"{name}_identity")
    return blocks.operate("keras.ops.add", before, x)


@application("keras.applications.ConvNeXtTiny", "keras.applications.convnext.ConvNeXtTiny")
class ConvNeXtTiny(ConvNeXt):
    """ConvNeXt-T."""

    name = "convnext_tiny"
    depths = (3, 3, 9, 3)
    widths = (96, 192, 384, 768)


@application("keras.applications.ConvNeXtSmall", "keras.applications.convnext.ConvNeXtSmall")
class ConvNeXtSmall(ConvNeXt):
    """ConvNeXt-S."""

    name = "convnext_small"
    widths = (96, 192, 384, 768)


@application("keras.applications.ConvNeXtBase", "keras.applications.convnext.ConvNeXtBase")
class ConvNeXtBase(ConvNeXt):
    """ConvNeXt-B."""

    name = "convnext_base"
    widths = (128, 256, 512, 1024)


@application("keras.applications.ConvNeXtLarge", "keras.applications.convnext.ConvNeXtLarge")
class ConvNeXtLarge(ConvNeXt):
    """ConvNeXt-L."""

    name = "convnext_large"
    widths = (192, 384, 768, 1536)


@application("keras.applications.ConvNeXtXLarge", "keras.applications.convnext.ConvNeXtXLarge")
class ConvNeXtXLarge(ConvNeXt):
    """ConvNeXt-XL."""

    name = "convnext_xlarge"
    widths = (256, 512, 1024, 2048)
