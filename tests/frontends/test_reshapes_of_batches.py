"""Reshapes that name the batch axis, whose length is open: it stands on both sides."""

from __future__ import annotations

import pytest

from shapecalc import check_source

PROGRAM = """
import keras
from keras import layers, ops


class Heads(layers.Layer):
    def __init__(self, units, heads):
        super().__init__()
        self.heads, self.depth = heads, units // heads
        self.project = layers.Dense(units)

    def call(self, x):
        batch = ops.shape(x)[0]
        return ops.reshape(self.project(x), (batch, {steps}, self.heads, self.depth))


x = keras.Input((20, 32))
model = keras.Model(x, Heads({units}, {heads})(x))
"""


DATA = """
import numpy as np
import keras

train, test = np.zeros((600, 28, 28)), np.zeros((100, 28, 28))
{}
model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(1)])
"""


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ("train = train.reshape(600, 28, 28, 1)\ntest = test.reshape(-1, 784)", []),
        ("train = train.reshape(500, 28, 28, 1)", [6]),
        ("train = np.reshape(train, (600, 32, 32, 1))", [6]),
        # One cause for both.
        ("train = train.reshape(600, 32, 32, 1)\ntest = test.reshape(100, 32, 32, 1)", [6]),
        ("train = train.reshape(600, 32, 32, 1)\ntest = test.reshape(100, 3)", [6, 7]),
        ("train = train.reshape(len(np.load('x.npy')), 28, 32)", []),
        ("try:\n    train = train.reshape(600, 9)\nexcept ValueError:\n    pass", []),
    ],
)
def test_what_numpy_cannot_reshape(lines: str, found: list[int]) -> None:
    diagnostics = [d for d in check_source(DATA.format(lines)) if d.code.id == "SHC206"]
    assert [d.span.line for d in diagnostics] == found


@pytest.mark.parametrize(
    ("units", "heads", "steps", "fits"),
    [
        (64, 8, "-1", True),
        (64, 6, "-1", False),
        (60, 6, "-1", True),
        (64, 8, "20", True),
        (64, 6, "20", False),
        (64, 8, "21", False),
    ],
)
def test_the_rest_decides(units: int, heads: int, steps: str, fits: bool) -> None:
    found = check_source(PROGRAM.format(units=units, heads=heads, steps=steps))
    assert [d.code.id for d in found] == ([] if fits else ["SHC206"])
    assert all("ops.reshape" in PROGRAM.split("\n")[d.span.line - 1] for d in found)
