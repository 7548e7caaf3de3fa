"""What TensorFlow 2.21 makes of images, recorded: `tf.function` on specs of each shape."""

from __future__ import annotations

from typing import Any

import pytest

from shapecalc.ops import op_for
from shapecalc.rules.refusal import Refusal
from shapecalc.rules.spec import TensorSpec

BOXES = TensorSpec((4, 4), "float32")
PLACES = TensorSpec((4,), "int32")
PICTURE, BATCH = (11, 15, 3), (2, 11, 15, 3)

RECORDED: list[tuple[str, tuple[Any, ...], dict[str, Any], tuple[int, ...], str]] = [
    ("flip_left_right", (), {}, PICTURE, "uint8"),
    ("random_flip_left_right", (), {}, PICTURE, "uint8"),
    ("random_brightness", (0.2,), {}, PICTURE, "uint8"),
    ("random_hue", (), {"max_delta": 0.2, "seed": 1}, PICTURE, "uint8"),
    ("adjust_contrast", (0.2,), {}, PICTURE, "uint8"),
    ("per_image_standardization", (), {}, PICTURE, "float32"),
    ("convert_image_dtype", ("float32",), {}, PICTURE, "float32"),
    ("transpose", (), {}, (15, 11, 3), "uint8"),
    ("rot90", (), {}, (15, 11, 3), "uint8"),
    ("rot90", (2,), {}, PICTURE, "uint8"),
    ("central_crop", (0.5,), {}, (7, 9, 3), "uint8"),
    ("central_crop", (0.875,), {}, PICTURE, "uint8"),
    ("resize_with_pad", (7, 9), {}, (7, 9, 3), "float32"),
    ("resize_with_pad", (7, 9), {"method": "nearest"}, (7, 9, 3), "uint8"),
    ("resize", ((7, 9),), {}, (7, 9, 3), "float32"),
    ("resize", ((7, 9),), {"method": "nearest"}, (7, 9, 3), "uint8"),
    ("rgb_to_grayscale", (), {}, (11, 15, 1), "uint8"),
]


def applied(name: str, shape: tuple[int, ...], *args: Any, **kwargs: Any) -> TensorSpec:
    rule = op_for(f"tensorflow.image.{name}")
    assert rule is not None
    found: TensorSpec = rule(TensorSpec(shape, "uint8"), *args, **kwargs)
    return found


@pytest.mark.parametrize(("name", "args", "kwargs", "shape", "dtype"), RECORDED)
def test_an_image_and_a_batch_become_what_they_become_in_tensorflow(
    name: str, args: tuple[Any, ...], kwargs: dict[str, Any], shape: tuple[int, ...], dtype: str
) -> None:
    assert applied(name, PICTURE, *args, **kwargs) == TensorSpec(shape, dtype)
    assert applied(name, BATCH, *args, **kwargs) == TensorSpec((2, *shape), dtype)


def test_parts_of_images() -> None:
    assert applied("random_crop", PICTURE, (5, 6, 3)).shape == (5, 6, 3)
    assert applied("grayscale_to_rgb", (11, 15, 1)).shape == PICTURE
    cut = applied("crop_and_resize", BATCH, BOXES, PLACES, (5, 6))
    assert cut == TensorSpec((4, 5, 6, 3), "float32")


@pytest.mark.parametrize(
    ("name", "shape", "args"),
    [
        ("random_crop", BATCH, ((5, 5, 3),)),
        ("crop_and_resize", PICTURE, (BOXES, PLACES, (5, 6))),
        ("central_crop", PICTURE, (0.0,)),
        ("flip_left_right", (11, 15), ()),
    ],
)
def test_what_tensorflow_refuses(name: str, shape: tuple[int, ...], args: tuple[Any, ...]) -> None:
    with pytest.raises(Refusal):
        applied(name, shape, *args)


def test_sides_that_depend_on_the_image_are_unknown() -> None:
    turned = applied("rot90", PICTURE, TensorSpec((), "int32"))
    assert turned.shape[-1] == 3
    assert not isinstance(turned.shape[0], int)
    assert applied("rot90", (8, 8, 3), TensorSpec((), "int32")).shape == (8, 8, 3)
    fitted = applied("resize", PICTURE, (7, 9), preserve_aspect_ratio=True)
    assert fitted.shape[-1] == 3
    assert not any(isinstance(side, int) for side in fitted.shape[:2])
