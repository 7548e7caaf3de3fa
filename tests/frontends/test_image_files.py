"""What is known of arrays that a program reads from files, image by image or whole."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from shapecalc.dims import show
from shapecalc.frontends.python import read
from shapecalc.graph.tensor import Tensor
from shapecalc.graph.training import DataUse
from shapecalc.rules.unknown import Unranked
from shapecalc.source import SourceFile

HEAD = """
import cv2
import glob
import keras
import numpy as np
from keras.utils import img_to_array, load_img, pad_sequences
from PIL import Image
"""


def given(text: str, argument: str = "x") -> Any:
    """What a model is fitted to at the end of a program."""
    end = "\nkeras.Sequential([keras.layers.Flatten()]).fit(x, validation_data=v)\n"
    start = "" if "v =" in text else "v = None\n"
    program = read(SourceFile("program.py", HEAD + start + text + end))
    (use,) = [use for use in program.uses if isinstance(use, DataUse)]
    return use.given.get(argument)


def shown(tensor: Any) -> str:
    """The shape and dtype of an array; `?` is a length that is not known."""
    assert isinstance(tensor, Tensor)
    if isinstance(tensor.shape, Unranked):
        return f"any {tensor.dtype}"
    dims = ["?" if show(dim).startswith("?") else show(dim) for dim in tensor.shape]
    return " ".join([*dims, tensor.dtype])


@pytest.mark.parametrize(
    ("text", "array"),
    [
        ("x = img_to_array(load_img('a.jpg'))", "? ? 3 float32"),
        ("x = img_to_array(load_img('a.jpg', target_size=(20, 30)))", "20 30 3 float32"),
        ("x = load_img('a.jpg', target_size=(20, 30))", "20 30 3 uint8"),
        (
            "x = np.array(load_img('a.jpg', color_mode='grayscale', target_size=(2, 3)))",
            "2 3 uint8",
        ),
        (
            "x = img_to_array(load_img('a.jpg', grayscale=True, target_size=(2, 3)))",
            "2 3 1 float32",
        ),
        ("x = img_to_array(load_img('a.jpg', color_mode=mode()))", "any float32"),
        ("x = img_to_array(np.zeros((4, 5)))", "4 5 1 float32"),
        (
            "x = np.array([img_to_array(load_img(f, target_size=(4, 5))) for f in glob.glob('*')])",
            "? 4 5 3 float32",
        ),
        ("x = np.array(Image.open('a.png').convert('RGB').resize((20, 30)))", "30 20 3 uint8"),
        ("x = np.asarray(Image.open('a.png').resize((20, 30)).convert('L'))", "30 20 uint8"),
        ("x = np.array(Image.open('a.png').resize((20, 30)))", "any uint8"),
        ("x = cv2.imread('a.png')", "? ? 3 uint8"),
        ("x = cv2.imread('a.png', 0)", "? ? uint8"),
        ("x = cv2.imread('a.png', cv2.IMREAD_GRAYSCALE)", "? ? uint8"),
        ("x = cv2.imread('a.png', cv2.IMREAD_UNCHANGED)", "any uint8"),
        ("x = cv2.resize(cv2.imread('a.png'), (20, 30))", "30 20 3 uint8"),
        ("x = cv2.resize(cv2.imread('a.png', 0), (20, 30))", "30 20 uint8"),
        ("x = cv2.resize(np.zeros((4, 4, 1)), (20, 30))", "30 20 float64"),
        ("x = cv2.resize(cv2.imread('a.png', flags()), (20, 30))", "any uint8"),
        ("x = cv2.cvtColor(cv2.imread('a.png'), cv2.COLOR_BGR2GRAY)", "? ? uint8"),
        ("x = cv2.cvtColor(cv2.imread('a.png'), cv2.COLOR_BGR2RGB)", "? ? 3 uint8"),
        ("x = cv2.cvtColor(cv2.imread('a.png'), code())", "any uint8"),
    ],
)
def test_images(text: str, array: str) -> None:
    x = given(text)
    assert shown(x) == array


def test_pixels_are_known_until_they_are_computed_with() -> None:
    x = given("x = img_to_array(load_img('a.jpg', target_size=(2, 2)))")
    assert (x.contents.low, x.contents.high) == (0, 255)
    x = given("x = img_to_array(load_img('a.jpg', target_size=(2, 2))) / 255")
    assert (x.contents.low, x.contents.high) == (0, 1)


@pytest.mark.parametrize(
    ("text", "array"),
    [
        ("x = np.reshape(np.load('a.npy'), (50, 23, 23, 1))", "50 23 23 1 unknown"),
        ("x = np.load('a.npy').reshape(-1, 23, 23, 1)", "? 23 23 1 unknown"),
        ("x = np.array(what()).reshape(-1, 784)", "? 784 unknown"),
        ("x = np.array(what(), dtype='float32').reshape(-1, 784)", "? 784 float32"),
        ("x = np.expand_dims(np.reshape(what(), (4, 3)), 0)", "1 4 3 unknown"),
        ("x = np.array(what())", "any unknown"),
    ],
)
def test_what_is_reshaped_has_that_shape_whatever_it_was(text: str, array: str) -> None:
    assert shown(given(text)) == array


@pytest.mark.parametrize(
    "text",
    ["x = np.load('a.npz')", "x = np.load(name())", "x = np.load('a.npy', allow_pickle=True)"],
)
def test_a_file_that_may_hold_anything_is_no_array(text: str) -> None:
    assert not isinstance(given(text), Tensor)


SEQUENCES = [
    "[[1, 2], [3], [4, 5, 6]], maxlen=5",
    "[[1, 2], [3], [4, 5, 6]]",
    "[[1, 2]] * 7, maxlen=4",
    "[np.ones((4, 3)), np.ones((2, 3))], maxlen=6, dtype='float32'",
    "[np.ones((4, 3)), np.ones((2, 3))]",
]


@pytest.mark.oracle
@pytest.mark.parametrize("call", SEQUENCES)
def test_padded_sequences_have_the_shape_that_keras_gives_them(call: str) -> None:
    keras = pytest.importorskip("keras")
    scope = {"pad_sequences": keras.utils.pad_sequences, "np": np}
    exec(f"expected = pad_sequences({call})", scope)  # noqa: S102 - our own calls
    expected: Any = scope["expected"]
    found = given(f"x = pad_sequences({call})")
    assert (found.shape, found.dtype) == (expected.shape, str(expected.dtype))


@pytest.mark.parametrize(
    "call", ["[[1], what()], maxlen=3", "[[1], [[2]]], maxlen=3", "[what()]", "[]", "[1, 2]"]
)
def test_sequences_that_are_not_known_are_not_padded(call: str) -> None:
    assert not isinstance(given(f"x = pad_sequences({call})"), Tensor)


def test_a_stream_that_is_held_out_is_opened() -> None:
    text = "import tensorflow as tf\nx = np.ones((8, 3))\n"
    stream = "v = tf.data.Dataset.from_tensor_slices((np.ones((4, 3)), np.ones(4)))"
    held_out, labels = given(text + stream, "validation_data")
    assert (shown(held_out), shown(labels)) == ("3 float64", " float64".strip())
