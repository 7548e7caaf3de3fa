"""How far numbers go by the program's own words, and what may have left out the last of them."""

from __future__ import annotations

import pytest

from shapecalc.graph.contents import Contents
from tests.frontends.test_data import given

WORDS = "x = np.random.randint(0, 1000, (64, 20))\ny = np.zeros(64)\n"
TEXTS = (
    "(x, y), _ = keras.datasets.imdb.load_data(num_words=1000)\n"
    "x = keras.utils.pad_sequences(x, maxlen=20)\n"
)


def reached(text: str) -> int | float | None:
    """The number up to which the inputs of a program go, if it says so."""
    x, _ = given(text)
    known = getattr(x, "contents", None) or Contents()
    return known.high if known.reached else None


@pytest.mark.parametrize(
    ("text", "high"),
    [
        (WORDS, 999),
        (TEXTS, 999),
        ("x, y = np.array([[1, 2], [3, 7]]), np.zeros(2)", 7),
        ("x, y = keras.utils.pad_sequences([[1, 2], [9]]), np.zeros(2)", 9),
        (WORDS + "x = x + 1", 1000),
        (WORDS + "x = x * 2", 1998),
        (WORDS + "x = x.reshape(32, 40)", 999),
        (WORDS + "x = x[:32]", 999),
        (WORDS + "x = x[..., np.newaxis]", 999),
        (WORDS + "x = np.concatenate([x, x])", 999),
        (WORDS + "x, _, y, _ = train_test_split(x, y)", 999),
        (WORDS + "x = x.astype('float32')", 999),
    ],
)
def test_numbers_go_as_far_as_the_program_says(text: str, high: int) -> None:
    assert reached(text) == high


@pytest.mark.parametrize(
    "change",
    [
        "x = np.where(x < 500, x, 2)",
        "x[x >= 500] = 2",
        "x = np.minimum(x, 499)",
        "x = x % 500",
        "x = x[x < 500]",
        "x = np.clip(x, 0, 499)",
        "x = np.take(x, np.arange(3), axis=1)",
        "x = np.concatenate([x, np.random.rand(64, 20)])",
        "x = x - x.mean()",
        "x = x * -1",
        "x = np.array(x.tolist() * 100)",
    ],
)
def test_what_may_have_left_them_out_says_nothing(change: str) -> None:
    assert reached(WORDS) == 999
    assert reached(f"{WORDS}{change}\n") is None


@pytest.mark.parametrize(
    "text",
    [
        "x, y = np.random.rand(64, 20), np.zeros(64)",
        "x, y = np.random.normal(size=(64, 20)), np.zeros(64)",
        "x, y = np.load('x.npy'), np.zeros(64)",
        "(x, y), _ = keras.datasets.imdb.load_data()\nx = keras.utils.pad_sequences(x)",
        # A longer text is cut, and may lose its largest number.
        "x, y = keras.utils.pad_sequences([[9, 1, 2], [3]], maxlen=2), np.zeros(2)",
    ],
)
def test_of_other_data_it_is_not_said(text: str) -> None:
    assert reached(text) is None
