"""How messages are put."""

import pytest

from shapecalc.wording import closest, counted


@pytest.mark.parametrize(
    ("count", "told"), [(0, "0 losses"), (1, "1 loss"), (2, "2 losses"), (1000, "1000 losses")]
)
def test_numbers_of_things(count, told):
    assert counted(count, "loss", "losses") == told


def test_most_words_take_an_s():
    assert (counted(1, "file"), counted(3, "file")) == ("1 file", "3 files")


def test_a_word_that_is_near():
    assert closest("kernal_size", iter(["filters", "kernel_size", "strides"])) == "kernel_size"
    assert closest("zzz", ["filters", "kernel_size"]) is None
