"""Lists that a loop of unknown length fills, made arrays: the rows are alike, their number open."""

from __future__ import annotations

import pytest

from shapecalc.dims import show, variables
from shapecalc.frontends.python import read
from shapecalc.graph.summary import summarize
from shapecalc.source import SourceFile
from tests.frontends.test_data import given, shown


@pytest.mark.parametrize(
    ("text", "x", "y"),
    [
        (
            (
                "rows, labels = [], []\nfor line in open('f'):\n"
                "    rows.append(np.zeros((28, 28)))\n    labels.append(3)\n"
                "x, y = np.array(rows), np.array(labels)"
            ),
            "? 28 28 float64",
            "? int64",
        ),
        (
            (
                "rows = []\nfor line in open('f'):\n    for word in line:\n"
                "        rows.append(np.ones(4))\nx = np.asarray(rows, dtype='float32')\n"
                "y = x[:, 0]"
            ),
            "? 4 float32",
            "? float32",
        ),
    ],
)
def test_rows_are_known(text: str, x: str, y: str) -> None:
    found_x, found_y = given(text)
    assert (shown(found_x), shown(found_y)) == (x, y)


@pytest.mark.parametrize(
    "text",
    [
        # Each round's row is longer than the one before.
        (
            "rows, row = [], np.zeros(2)\nfor line in open('f'):\n    rows.append(row)\n"
            "    row = np.concatenate([row, row])\nx = np.array(rows)"
        ),
        (
            "rows = []\nfor line in open('f'):\n"
            "    rows.append(np.zeros(2) if line else np.zeros(3))\n"
            "x = np.array(rows)"
        ),
        (
            "rows = [np.zeros(3)]\nfor line in open('f'):\n    rows.append(np.zeros(2))\n"
            "x = np.array(rows)"
        ),
        (
            "rows = []\nfor line in open('f'):\n    rows.append(np.zeros(2))\n"
            "    if line:\n        rows.append(np.zeros(3))\nx = np.array(rows)"
        ),
        (
            "rows = []\nfor line in open('f'):\n    rows.append(np.zeros(2))\n"
            "    rows[0] = np.zeros(5)\nx = np.array(rows)"
        ),
    ],
)
def test_rows_that_differ_are_not(text: str) -> None:
    x, _ = given(text, "x, x")
    known = getattr(x, "shape", None)
    assert not isinstance(known, tuple) or len(known) < 2 or not isinstance(known[1], int)


def test_a_list_whose_items_are_replaced_has_as_many_as_before() -> None:
    text = (
        "rows = []\nfor line in open('f'):\n    rows.append(np.loadtxt(line))\n"
        "for i in range(len(rows)):\n    rows[i] = rows[i] - 1\n"
        "half = rows[: int(len(rows) * 0.8)]\nx = np.array(half)"
    )
    x, _ = given(text, "x, x")
    assert getattr(x, "shape", None) != (0,)


LENGTHS = """
import keras
from somewhere import folders
names = []
for folder in folders:
    names.append(folder.name)
count = len(names)
"""


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("", True),
        ("names.sort()\n", True),
        ("names.append('other')\n", False),
        ("names.extend(folders)\n", False),
        ("names.pop()\n", False),
        ("names.insert(0, 'first')\n", False),
        ("names = names + ['other']\n", False),
    ],
)
def test_the_length_of_a_list_is_the_same_as_long_as_the_list_is(text: str, same: bool) -> None:
    program = read(
        SourceFile(
            "program.py",
            f"{LENGTHS}{text}dense = keras.layers.Dense\n"
            "keras.Sequential([keras.Input((4,)), dense(count, use_bias=False),"
            " dense(len(names), use_bias=False)])\n",
        )
    )
    total = show(summarize(program.models[0].model).params.total)
    square = "len(names)**2 + 4*len(names)"
    assert (total == square) is same
    assert total == square or "#2" in total


def test_two_lists_of_unknown_length_are_not_equally_long() -> None:
    text = "a = len([f for f in folders])\nb = len([f for f in folders if f])\n"
    program = read(
        SourceFile(
            "program.py",
            f"{LENGTHS}{text}keras.Sequential([keras.Input((a,)), keras.layers.Dense(b)])\n",
        )
    )
    model = program.models[0].model
    last = (model.inputs[0].shape[-1], model.outputs[0].shape[-1])
    assert len({variable.name for dim in last for variable in variables(dim)}) == 2
