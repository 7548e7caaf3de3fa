"""Cells are read as a notebook runs them."""

import json

import pytest

from shapecalc.api import analyze_file
from shapecalc.frontends.notebook import read_notebook


def findings(*cells):
    listed = [{"cell_type": "code", "source": cell} for cell in cells]
    return analyze_file(read_notebook("n.ipynb", json.dumps({"cells": listed}))).diagnostics


@pytest.mark.parametrize(
    "cell",
    [
        "  for n in (3, 0):\n    keras.layers.Dense(n)",
        "\n\t\n\tif True:\n\t\tkeras.layers.Dense(0)",
        "  x = 1\nkeras.layers.Dense(0)",
        "keras.layers.Dense??\nkeras.layers.Dense(0)",
        "!a \\\n  b\n!c \\\n  d\nkeras.layers.Dense(0)",
    ],
)
def test_what_only_a_notebook_takes(cell):
    (found,) = findings("import keras", cell)
    assert (found.code.id, found.span.cell) == ("SHC213", 2)


def test_an_indentation_that_no_notebook_takes():
    (found,) = findings("import keras", "keras.layers.Dense(1)\n  keras.layers.Dense(2)")
    assert (found.code.id, found.span.cell, found.span.line) == ("SHC101", 2, 2)
