"""Arguments that a model is given beside a stream, though they are for arrays."""

from __future__ import annotations

import pytest

from shapecalc import check_source

HEAD = """
import keras
import numpy as np

def batches():
    while True:
        yield np.zeros((16, 8)), np.zeros((16, 1))

x, y = np.zeros((64, 8)), np.zeros((64, 1))
model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(1)])
model.compile("adam", "mse")
"""


def refused(fit: str) -> list[tuple[str, str]]:
    """Each finding: its code, and the text that it underlines."""
    source = HEAD + fit
    lines = source.split("\n")
    return [
        (d.code.id, lines[d.span.line - 1][d.span.column - 1 : d.span.end_column - 1])
        for d in check_source(source)
    ]


@pytest.mark.parametrize(
    ("fit", "argument"),
    [
        ("model.fit(batches(), y, steps_per_epoch=4)", "y"),
        ("model.fit(batches(), steps_per_epoch=4, validation_split=0.2)", "validation_split=0.2"),
        ("model.fit(batches(), steps_per_epoch=4, sample_weight=y)", "sample_weight=y"),
        ("model.evaluate(batches(), y, steps=4)", "y"),
    ],
)
def test_what_is_for_arrays_is_refused(fit: str, argument: str) -> None:
    assert refused(fit) == [("SHC213", argument)]


@pytest.mark.parametrize(
    "fit",
    [
        "model.fit(batches(), steps_per_epoch=4)",
        "model.fit(batches(), None, steps_per_epoch=4)",
        "model.fit(batches(), steps_per_epoch=4, validation_split=0.0)",
        "model.fit(batches(), steps_per_epoch=4, validation_data=(x, y))",
        # Where there is other data to validate with, no part is held out.
        "model.fit(batches(), steps_per_epoch=4, validation_data=(x, y), validation_split=0.2)",
        "model.fit(x, y, validation_split=0.2, sample_weight=np.ones(64))",
    ],
)
def test_what_goes_with_a_stream_or_with_arrays_is_taken(fit: str) -> None:
    assert refused(fit) == []


def test_a_step_of_the_programs_own_may_take_what_it_likes() -> None:
    source = HEAD.replace("keras.Sequential([keras.Input((8,)), keras.layers.Dense(1)])", "Own()")
    own = """
class Own(keras.Model):
    def train_step(self, data):
        return {}

"""
    before, after = source.split("x, y = ")
    assert check_source(f"{before}{own}x, y = {after}model.fit(batches(), y)") == []
