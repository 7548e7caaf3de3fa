"""EfficientNetV2 (Tan and Le, 2021): its first stages fuse a block's two wide convolutions."""

from __future__ import annotations

from typing import Any, ClassVar

from shapecalc import layers
from shapecalc.dims import Comparison, Dim, compare, is_unknown, unknown_reason
from shapecalc.graph.tensor import Tensor
from shapecalc.rules.refusal import InvalidArgument
from shapecalc.rules.unknown import UndecidedError, Unknown
from shapecalc.zoo import blocks
from shapecalc.zoo.application import application
from shapecalc.zoo.efficientnet import (
    ScaledNet,
    Stage,
    add_input,
    depthwise,
    drop_connect_rate,
    expand,
    project,
    squeeze_and_excite,
)

# The first three stages of each are fused.
_FUSED = 3
_BASE = (
    Stage(1, 32, 16, 1, 3, 1),
    Stage(2, 16, 32, 4, 3, 2),
    Stage(2, 32, 48, 4, 3, 2),
    Stage(3, 48, 96, 4, 3, 2),
    Stage(5, 96, 112, 6, 3, 1),
    Stage(8, 112, 192, 6, 3, 2),
)
_STAGES: dict[str, tuple[Stage, ...]] = {
    **{f"efficientnetv2-b{i}": _BASE for i in range(4)},
    "efficientnetv2-s": (
        Stage(2, 24, 24, 1, 3, 1),
        Stage(4, 24, 48, 4, 3, 2),
        Stage(4, 48, 64, 4, 3, 2),
        Stage(6, 64, 128, 4, 3, 2),
        Stage(9, 128, 160, 6, 3, 1),
        Stage(15, 160, 256, 6, 3, 2),
    ),
    "efficientnetv2-m": (
        Stage(3, 24, 24, 1, 3, 1),
        Stage(5, 24, 48, 4, 3, 2),
        Stage(5, 48, 80, 4, 3, 2),
        Stage(7, 80, 160, 4, 3, 2),
        Stage(14, 160, 176, 6, 3, 1),
        Stage(18, 176, 304, 6, 3, 2),
        Stage(5, 304, 512, 6, 3, 1),
    ),
    "efficientnetv2-l": (
        Stage(4, 32, 32, 1, 3, 1),
        Stage(7, 32, 64, 4, 3, 2),
        Stage(7, 64, 96, 4, 3, 2),
        Stage(10, 96, 192, 4, 3, 2),
        Stage(19, 192, 224, 6, 3, 1),
        Stage(25, 224, 384, 6, 3, 2),
        Stage(7, 384, 640, 6, 3, 1),
    ),
}


def has_three_channels(shape: Any) -> bool:
    """Whether an image has three channels.

    Raises:
        UndecidedError: that is not known.
    """
    channels: Dim | None = shape[-1]
    if channels is None:
        return False
    answer = compare(channels, 3)
    if answer is Comparison.UNDECIDED:
        reason = unknown_reason(channels) if is_unknown(channels) else None
        raise UndecidedError(Unknown(reason or "the number of channels is not known"))
    return answer is Comparison.EQUAL


class EfficientNetV2(ScaledNet):
    """The stages that go by the model's name, scaled."""

    parameters = (
        "include_top", "weights", "input_tensor", "input_shape", "pooling", "classes",
        "classifier_activation", "include_preprocessing", "name",
    )  # fmt: skip
    include_preprocessing: Any = True
    width: ClassVar[float] = 1.0
    depth: ClassVar[float] = 1.0

    def check(self) -> None:
        # Keras looks its blocks up by the name that the program gives.
        if not isinstance(self.name, str) or self.name not in _STAGES:
            raise InvalidArgument(
                f"`name` must stay {type(self).name!r}: Keras finds the blocks by it",
                argument="name",
            )

    def widened(self, filters: int) -> int:
        # Not held to 10 % below, unlike its elder.
        return max(8, int(filters * self.width + 4) // 8 * 8)

    def body(self, x: Tensor) -> Tensor:
        stages = _STAGES[self.name]
        if self.include_preprocessing:
            x = self._preprocess(x)
        stem = self.widened(stages[0].filters_in)
        x = blocks.conv(x, stem, 3, "stem_conv", strides=2, padding="same", use_bias=False)
        x = blocks.activate(blocks.normalize(x, "stem_bn"), "swish", "stem_activation")
        count = sum(stage.repeats for stage in stages)
        number = 0
        for i, stage in enumerate(stages, start=1):
            filters_in, filters_out = (
                self.widened(stage.filters_in),
                self.widened(stage.filters_out),
            )
            block = _fused_block if i <= _FUSED else _block
            for j in range(self.deepened(stage.repeats)):
                now = stage._replace(filters_in=filters_in, filters_out=filters_out)
                name = f"block{i}{chr(97 + j)}_"
                y = block(x, now, name)
                if now.stride == 1 and filters_in == filters_out:
                    y = add_input(y, x, drop_connect_rate(number, count), name)
                x, stage, filters_in = y, stage._replace(stride=1), filters_out
                number += 1
        return self.finish(x)

    def _preprocess(self, x: Tensor) -> Tensor:
        if self.name.startswith("efficientnetv2-b") and has_three_channels(self.image):
            x = blocks.apply(layers.Rescaling(1 / 255), x)
            mean, deviation = [0.485, 0.456, 0.406], (0.229, 0.224, 0.225)
            variance = [share**2 for share in deviation]
            return blocks.apply(layers.Normalization(axis=3, mean=mean, variance=variance), x)
        return blocks.apply(layers.Rescaling(1 / 128, offset=-1), x)


def _block(x: Tensor, stage: Stage, name: str) -> Tensor:
    """Expand, convolve each channel by itself, weigh the channels, project."""
    if stage.expand_ratio != 1:
        x = expand(x, stage.filters_in * stage.expand_ratio, name)
    x = depthwise(x, name, "2", kernel_size=stage.kernel_size, strides=stage.stride, padding="same")
    return project(squeeze_and_excite(x, stage.filters_in, name), stage.filters_out, name)


def _fused_block(x: Tensor, stage: Stage, name: str) -> Tensor:
    """One convolution instead of the first two."""
    if stage.expand_ratio == 1:
        x = project(x, stage.filters_out, name, stage.kernel_size, strides=stage.stride)
        return blocks.activate(x, "swish", f"{name}project_activation")
    x = expand(
        x, stage.filters_in * stage.expand_ratio, name, stage.kernel_size, strides=stage.stride
    )
    return project(x, stage.filters_out, name)


@application(
    "keras.applications.EfficientNetV2B0",
    "keras.applications.efficientnet_v2.EfficientNetV2B0",
)
class EfficientNetV2B0(EfficientNetV2):
    """The smallest."""

    name = "efficientnetv2-b0"
    default_size = 224


@application(
    "keras.applications.EfficientNetV2B1",
    "keras.applications.efficientnet_v2.EfficientNetV2B1",
)
class EfficientNetV2B1(EfficientNetV2):
    """1.0 times as wide and 1.1 times as deep as B0."""

    name = "efficientnetv2-b1"
    default_size = 240
    width, depth = 1.0, 1.1


@application(
    "keras.applications.EfficientNetV2B2",
    "keras.applications.efficientnet_v2.EfficientNetV2B2",
)
class EfficientNetV2B2(EfficientNetV2):
    """1.1 times as wide and 1.2 times as deep as B0."""

    name = "efficientnetv2-b2"
    default_size = 260
    width, depth = 1.1, 1.2


@application(
    "keras.applications.EfficientNetV2B3",
    "keras.applications.efficientnet_v2.EfficientNetV2B3",
)
class EfficientNetV2B3(EfficientNetV2):
    """1.2 times as wide and 1.4 times as deep as B0."""

    name = "efficientnetv2-b3"
    default_size = 300
    width, depth = 1.2, 1.4


@application(
    "keras.applications.EfficientNetV2S",
    "keras.applications.efficientnet_v2.EfficientNetV2S",
)
class EfficientNetV2S(EfficientNetV2):
    """The small one."""

    name = "efficientnetv2-s"
    default_size = 384


@application(
    "keras.applications.EfficientNetV2M",
    "keras.applications.efficientnet_v2.EfficientNetV2M",
)
class EfficientNetV2M(EfficientNetV2):
    """The medium one."""

    name = "efficientnetv2-m"
    default_size = 480


@application(
    "keras.applications.EfficientNetV2L",
    "keras.applications.efficientnet_v2.EfficientNetV2L",
)
class EfficientNetV2L(EfficientNetV2):
    """The large one."""

    name = "efficientnetv2-l"
    default_size = 480
