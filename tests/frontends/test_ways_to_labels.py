"""Ways in which programs come to their labels and batches."""

from __future__ import annotations

import pytest

from shapecalc.graph.contents import Contents
from shapecalc.graph.tensor import Tensor
from tests.frontends.test_data import fitted, given, shown

TEXTS = "names = ['cat', 'dog', 'cat', 'emu'] * 4\nx = np.ones((16, 4))\n"
FOUR = "model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])\n"


def test_texts_are_encoded_as_so_many_classes() -> None:
    _, y = given(TEXTS + "y = LabelEncoder().fit_transform(names)")
    assert shown(y) == "16 int64"
    assert y.contents == Contents(0, 2, whole=True, all_occur=True)


def test_other_texts_than_the_encoder_has_seen_need_not_be_all() -> None:
    text = "encoder = LabelEncoder()\nencoder.fit(names)\ny = encoder.transform(names[:8])"
    _, y = given(TEXTS + text)
    assert y.contents == Contents(0, 2, whole=True)


def test_an_encoder_that_is_fitted_anew_forgets_the_texts() -> None:
    text = "e = LabelEncoder()\ne.fit(names)\ny = e.fit_transform(np.load('names.npy'))"
    _, y = given(TEXTS + text)
    assert y is None or getattr(y, "contents", None) in (None, Contents(0, None, whole=True))


@pytest.mark.parametrize(
    ("labels", "shape"),
    [
        ("np.repeat([1, 2, 3], 5)", "15 int64"),
        ("np.repeat(np.array([1, 2, 3]), [5, 4, 6])", "15 int64"),
        ("np.tile([1, 2, 3], 5)", "15 int64"),
        ("np.tile([1, 2, 3], (5, 1))", "5 3 int64"),
    ],
)
def test_what_is_repeated_is_all_there(labels: str, shape: str) -> None:
    _, y = given(f"x, y = np.ones((15, 4)), {labels}")
    assert shown(y) == shape
    assert y.contents is not None
    assert y.contents.all_occur
    assert (y.contents.low, y.contents.high) == (1, 3)


@pytest.mark.parametrize("times", ["[5, 0, 5]", "n"])
def test_what_may_be_repeated_not_once_need_not_be_there(times: str) -> None:
    _, y = given(
        f"n = len(np.load('n.npy'))\nx, y = np.ones((10, 4)), np.repeat([1, 2, 3], {times})"
    )
    assert not isinstance(y, Tensor) or y.contents is None or not y.contents.all_occur


def test_streams_are_zipped() -> None:
    text = """
from tensorflow.keras.preprocessing.image import ImageDataGenerator
images = ImageDataGenerator().flow_from_directory("a", target_size=(8, 8), class_mode=None)
masks = ImageDataGenerator().flow_from_directory(
    "b", target_size=(8, 8), class_mode=None, color_mode="grayscale")
"""
    x, y = given(text, "zip(images, masks)")
    assert [t.shape[1:] for t in (x, y)] == [(8, 8, 3), (8, 8, 1)]


BATCHES = """
def batches():
    while True:
        yield np.ones((8, 4)), np.zeros((8, {}))
"""


def test_a_generator_without_end_hands_out_its_item_in_a_loop() -> None:
    use = fitted(
        BATCHES.format(1) + FOUR + "for a, b in batches():\n    model.fit(a, b)\n    break"
    )
    assert [use.given[part].shape for part in "xy"] == [(8, 4), (8, 1)]


def test_a_generator_whose_items_differ_hands_out_nothing_known() -> None:
    several = BATCHES.format(1) + "        yield np.ones((8, 4)), np.zeros((8, 2))\n"
    use = fitted(several + FOUR + "for a, b in batches():\n    model.fit(a, b)\n    break")
    assert not isinstance(use.given["x"], Tensor)


def test_rows_of_different_lengths_stay_lists() -> None:
    x, _ = given("x, y = np.array([[1, 2], [3]], dtype=object), np.zeros(2)")
    assert shown(x) == "2 object"
    assert x.contents is not None
    assert x.contents.whole


def test_what_is_in_an_object_array_otherwise_is_not_known() -> None:
    x, _ = given("a = np.load('a.npy')\nx, y = np.array([a, a], dtype=object), np.zeros(2)")
    assert not isinstance(x, Tensor) or x.contents is None or not x.contents.whole
