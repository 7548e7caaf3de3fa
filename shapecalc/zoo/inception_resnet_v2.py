"""Inception-ResNet v2 (Szegedy et al., 2016): Inception's branches, added to their input."""

from __future__ import annotations

from shapecalc.graph.tensor import Tensor
from shapecalc.layers.merging import Merge
from shapecalc.rules import argument
from shapecalc.zoo import blocks
from shapecalc.zoo.application import Application, application
from shapecalc.zoo.inception import STEM, Link, Step, branch, chain, halve, smooth

_FIRST: tuple[tuple[Link, ...], ...] = (
    (Step(96, 1),),
    (Step(48, 1), Step(64, 5)),
    (Step(64, 1), Step(96, 3), Step(96, 3)),
    (smooth, Step(64, 1)),
)
_REDUCTION_A: tuple[tuple[Link, ...], ...] = (
    (Step(384, 3, 2, "valid"),),
    (Step(256, 1), Step(256, 3), Step(384, 3, 2, "valid")),
    (halve,),
)
_REDUCTION_B: tuple[tuple[Link, ...], ...] = (
    (Step(256, 1), Step(384, 3, 2, "valid")),
    (Step(256, 1), Step(288, 3, 2, "valid")),
    (Step(256, 1), Step(288, 3), Step(320, 3, 2, "valid")),
    (halve,),
)
# By the size of the image at 299 × 299.
_RESIDUAL: dict[str, tuple[tuple[Link, ...], ...]] = {
    "block35": (
        (Step(32, 1),),
        (Step(32, 1), Step(32, 3)),
        (Step(32, 1), Step(48, 3), Step(64, 3)),
    ),
    "block17": (
        (Step(192, 1),),
        (Step(128, 1), Step(160, (1, 7)), Step(192, (7, 1))),
    ),
    "block8": (
        (Step(192, 1),),
        (Step(192, 1), Step(224, (1, 3)), Step(256, (3, 1))),
    ),
}


class CustomScaleLayer(Merge):
    """Add the second tensor, scaled, to the first."""

    count = 2
    scale: object = argument.inert(argument.REQUIRED)


def _residual(x: Tensor, kind: str, number: int, scale: float, *, last: bool = False) -> Tensor:
    """Branches, put together and brought to the input's width, added to the input."""
    name = f"{kind}_{number}"
    mixed = branch(x, _RESIDUAL[kind], f"{name}_mixed")
    up = blocks.conv(mixed, blocks.channels(x), 1, f"{name}_conv", padding="same")
    merged: Tensor = CustomScaleLayer(scale)([x, up])
    return merged if last else blocks.activate(merged, "relu", f"{name}_ac")


@application(
    "keras.applications.InceptionResNetV2",
    "keras.applications.inception_resnet_v2.InceptionResNetV2",
)
class InceptionResNetV2(Application):
    """Inception-ResNet v2."""

    name = "inception_resnet_v2"
    default_size = 299
    least_size = 75

    def body(self, x: Tensor) -> Tensor:
        x = branch(chain(x, STEM), _FIRST, "mixed_5b")
        for i in range(1, 11):
            x = _residual(x, "block35", i, 0.17)
        x = branch(x, _REDUCTION_A, "mixed_6a")
        for i in range(1, 21):
            x = _residual(x, "block17", i, 0.1)
        x = branch(x, _REDUCTION_B, "mixed_7a")
        for i in range(1, 10):
            x = _residual(x, "block8", i, 0.2)
        x = _residual(x, "block8", 10, 1.0, last=True)
        x = blocks.conv(x, 1536, 1, "conv_7b", padding="same", use_bias=False)
        x = blocks.normalize(x, "conv_7b_bn", scale=False)
        return blocks.activate(x, "relu", "conv_7b_ac")
