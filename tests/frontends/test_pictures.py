"""Pictures one by one: what Pillow, OpenCV and Keras make of files, as arrays."""

from __future__ import annotations

import pytest

from shapecalc.graph.tensor import Tensor
from tests.frontends.test_data import fitted, shown

HEAD = """
import cv2
from PIL import Image
from scipy.misc import imresize
from skimage.transform import resize
from keras.preprocessing.image import img_to_array, load_img
from somewhere import paths
"""


@pytest.mark.parametrize(
    ("expression", "array"),
    [
        ("img_to_array(load_img('a.png', target_size=(20, 30)))", "20 30 3 float32"),
        ("img_to_array(load_img('a.png', True, target_size=(20, 30)))", "20 30 1 float32"),
        ("keras.utils.img_to_array(keras.utils.load_img('a', color_mode='rgba'))", "? ? 4 float32"),
        ("img_to_array(Image.open('a.png').resize((4, 6)))", "6 4 ? float32"),
        ("img_to_array(np.zeros((5, 7)))", "5 7 1 float32"),
        ("np.array(Image.open('a.png').convert('RGB').resize((4, 6)))", "6 4 3 uint8"),
        ("np.asarray(Image.new('L', (4, 6)))", "6 4 uint8"),
        ("np.array(Image.fromarray(np.zeros((6, 4, 3), 'uint8')).resize((2, 2)))", "2 2 3 uint8"),
        ("np.array(Image.open('a.png'))", "unknown"),
        ("np.array(Image.new('RGB', (4, 6)).rotate(20))", "? ? 3 uint8"),
        ("cv2.resize(cv2.imread('a.png'), (4, 6))", "6 4 3 uint8"),
        ("cv2.resize(cv2.imread('a.png', 0), dsize=(4, 6))", "6 4 uint8"),
        ("cv2.imread('a.png', cv2.IMREAD_UNCHANGED)", "unknown"),
        # It knows no axis of one colour.
        ("cv2.resize(np.zeros((9, 9, 1)), (4, 6))", "6 4 float64"),
        ("cv2.GaussianBlur(np.zeros((9, 9, 1)), (3, 3), 0)", "9 9 float64"),
        ("cv2.cvtColor(cv2.resize(cv2.imread('a'), (4, 6)), cv2.COLOR_BGR2GRAY)", "6 4 uint8"),
        ("cv2.cvtColor(np.zeros((6, 4), 'uint8'), cv2.COLOR_GRAY2RGB)", "6 4 3 uint8"),
        ("cv2.cvtColor(np.zeros((6, 4), 'uint8'), cv2.COLOR_YUV2BGR_NV21)", "unknown"),
        ("resize(cv2.imread('a.png'), (4, 6)).astype('float32')", "4 6 3 float32"),
        ("resize(np.zeros((9, 9)), (4, 6, 3)).astype('float32')", "4 6 3 float32"),
        ("imresize(cv2.imread('a.png'), (4, 6))", "4 6 3 uint8"),
        ("imresize(np.zeros((9, 9, 3), 'uint8'), 50)", "? ? 3 uint8"),
        (
            "np.array([cv2.resize(cv2.imread(p), (4, 6)) for p in paths]) / 255.0",
            "? 6 4 3 float64",
        ),
        ("np.array([cv2.imread(p) for p in paths if p])", "? ? ? 3 uint8"),
        # A row that depends on what is known of another list is no row of all.
        ("np.array([np.zeros(n) for n in (1, 2) for _ in paths])", "unknown"),
    ],
)
def test_a_picture_as_an_array(expression: str, array: str) -> None:
    model = "keras.Sequential([keras.layers.Flatten()])"
    found = fitted(f"{HEAD}x = {expression}\n{model}.fit(x)\n").given["x"]
    known = isinstance(found, Tensor) and isinstance(found.shape, tuple)
    assert (shown(found) if known else "unknown") == array


def test_a_picture_that_is_changed_in_place() -> None:
    text = "x = load_img('a.png', target_size=(20, 30))\nx.thumbnail((4, 4))\nx = img_to_array(x)\n"
    found = fitted(f"{HEAD}{text}keras.Sequential([keras.layers.Flatten()]).fit(x)\n").given["x"]
    assert shown(found) == "? ? ? float32"
