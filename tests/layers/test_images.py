"""What Keras refuses of images only when it runs: the ranks, and the channels of colours."""

from __future__ import annotations

from typing import Any

import pytest

from shapecalc.layers.images import ImageLayer
from shapecalc.rules.refusal import Refusal
from tests.layers.case import RULES, Case, Inner, facts_of, make_rule

oracle = pytest.importorskip("tests.layers.oracle", reason="the `keras` extra is not installed")
pytestmark = pytest.mark.oracle

GIVEN: dict[str, dict[str, Any]] = {
    **{name: {"height": 4, "width": 5} for name in ("Resizing", "CenterCrop", "RandomCrop")},
    "MaxNumBoundingBoxes": {"max_number": 3},
    "RandomColorJitter": {"saturation_factor": 0.2, "hue_factor": 0.2},
    "RandomPosterization": {"factor": 3},
    "RandomTranslation": {"height_factor": 0.2, "width_factor": 0.2},
    "RandomZoom": {"height_factor": 0.2},
    **{
        f"Random{name}": {"factor": 0.2}
        for name in (
            "Brightness", "ColorDegeneration", "Contrast", "Hue", "Rotation", "Saturation",
            "Sharpness",
        )
    },
}  # fmt: skip
IMAGE_LAYERS = sorted(name for name, rule in RULES.items() if issubclass(rule, ImageLayer))
# They look at the channels when they run, some of them only if chance will have it.
COLOURS = {
    "RandomGrayscale": (3, 1),
    "RandomHue": (3,),
    "RandomSaturation": (3,),
    "RandomColorJitter": (3,),
}


def runs(name: str, shape: tuple[int, ...]) -> tuple[int, ...] | None:
    """The shape that comes out of the live layer, in training; None if it refuses."""
    import numpy as np

    layer = oracle.keras_class(name)(**GIVEN.get(name, {}))
    try:
        return tuple(layer(np.ones(shape, "float32"), training=True).shape)
    except Exception:  # noqa: BLE001 - however Keras refuses
        return None


def accepts(name: str, shape: tuple[int, ...]) -> tuple[Any, ...] | None:
    """The shape that the rule states; None if it refuses."""
    try:
        output: tuple[Any, ...] = facts_of(Case(name, GIVEN.get(name, {}), (shape,))).output
    except Refusal:
        return None
    return output


@pytest.mark.parametrize("name", IMAGE_LAYERS)
@pytest.mark.parametrize("shape", [(8, 3), (1, 2, 8, 9, 3)], ids=["rank 2", "rank 5"])
def test_takes_no_other_rank(name: str, shape: tuple[int, ...]) -> None:
    assert accepts(name, shape) is None
    if name != "MaxNumBoundingBoxes":  # it hands on whatever it is called on
        assert runs(name, shape) is None


@pytest.mark.parametrize("name", ["Resizing", "CenterCrop", "RandomCrop", "RandomFlip"])
@pytest.mark.parametrize("shape", [(1, 8, 9, 3), (8, 9, 3), (1, 3, 2, 3)])
def test_has_the_shape_that_comes_out(name: str, shape: tuple[int, ...]) -> None:
    assert accepts(name, shape) == runs(name, shape)


@pytest.mark.parametrize("name", sorted(COLOURS))
@pytest.mark.parametrize("channels", [1, 2, 3, 6])
def test_takes_the_channels_that_keras_runs_on(name: str, channels: int) -> None:
    shape = (1, 8, 9, channels)
    assert (accepts(name, shape) is None) == (channels not in COLOURS[name])
    assert (runs(name, shape) is None) == (channels not in COLOURS[name])


def test_grey_images_are_one_case_of_two() -> None:
    rule = make_rule(Inner("RandomGrayscale"))
    assert rule.facts((2, 5, 5, 1)).output == (2, 5, 5, 1)
    with pytest.raises(Refusal, match="3 or 1 channels, got"):
        rule.facts((2, 5, 5, 4))


def test_resizing_refuses_two_ways_to_keep_the_ratio() -> None:
    both = {"height": 4, "width": 5, "crop_to_aspect_ratio": True, "pad_to_aspect_ratio": True}
    case = Case("Resizing", both, ((2, 8, 9, 3),))
    assert oracle.ask_keras(case, traced=True).refusal is not None
    with pytest.raises(Refusal, match="only one of"):
        facts_of(case)


def test_masks_are_resized_with_their_images_and_labels_are_not() -> None:
    rule = make_rule(Inner("Resizing", GIVEN["Resizing"]))
    parts = {"images": (2, 8, 9, 3), "segmentation_masks": (2, 8, 9, 1), "labels": (2, 10)}
    assert rule.facts(parts).output == {
        "images": (2, 4, 5, 3), "segmentation_masks": (2, 4, 5, 1), "labels": (2, 10),
    }  # fmt: skip
    with pytest.raises(Refusal, match="'images'"):
        rule.facts({"labels": (2, 10)})
