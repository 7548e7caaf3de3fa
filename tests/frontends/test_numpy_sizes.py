"""Sizes that NumPy computes: told of where the live Keras refuses them, and nowhere else."""

from __future__ import annotations

import pytest

from shapecalc import check_source
from shapecalc.fixes import apply_fixes

keras = pytest.importorskip("keras", reason="the `keras` extra is missing")
pytestmark = pytest.mark.oracle

HEAD = "import keras\nimport numpy as np\nfrom keras import layers\n"
SERIES = "(keras.Input((3, 4)))"

REFUSED = [
    "layers.Dense(np.prod((2, 3)))",
    "layers.Dense(activation='relu', units=np.max([1, 2]))",
    "layers.Embedding(np.prod((2, 3)), 4)",
    "layers.Embedding(4, np.sum([2, 3]))",
    f"layers.LSTM(np.prod((2, 3))){SERIES}",
    f"layers.GRU(np.prod((2, 3))){SERIES}",
    f"layers.SimpleRNN(np.prod((2, 3))){SERIES}",
    "layers.MultiHeadAttention(np.prod((2, 3)), 4)",
    "layers.MultiHeadAttention(2, np.prod((2, 3)))",
    "layers.RepeatVector(np.argmax([1, 2]))",
]
TAKEN = [
    "layers.Dense(int(np.prod((2, 3))))",
    "layers.Dense(len(np.unique([1, 2])))",
    "layers.Dense(np.zeros((2, 3)).shape[1])",
    "layers.Dense(np.prod((2, 3)).item())",
    "layers.Dense(*[3])",
    "layers.Conv2D(np.prod((2, 3)), 3)(keras.Input((8, 8, 1)))",
    "layers.Reshape((np.prod((2, 3)),))(keras.Input((2, 3)))",
    "layers.Dropout(np.max([0.5]))",
]


def codes(call: str) -> list[str]:
    found = (d.code.id for d in check_source(f"{HEAD}x = {call}\n"))
    # What is not known is no matter here.
    return [code for code in found if not code.startswith("SHC1")]


def run(call: str) -> None:
    exec(f"{HEAD}x = {call}\n", {})  # noqa: S102 - a program of this file


@pytest.mark.parametrize("call", REFUSED)
def test_what_keras_refuses(call: str) -> None:
    assert codes(call) == ["SHC417"]
    with pytest.raises((ValueError, TypeError)):
        run(call)


@pytest.mark.parametrize("call", TAKEN)
def test_what_keras_takes(call: str) -> None:
    assert codes(call) == []
    run(call)


@pytest.mark.parametrize("call", REFUSED)
def test_the_fix_is_taken(call: str) -> None:
    text = f"{HEAD}x = {call}\n"
    fixes = [d.fix for d in check_source(text) if d.fix is not None]
    mended, count = apply_fixes(text, fixes)
    assert count == 1
    call = mended.removeprefix(f"{HEAD}x = ").strip()
    assert codes(call) == []
    run(call)
