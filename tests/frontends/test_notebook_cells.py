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


BROKEN = "units = ??\nmodel.add(keras.layers.Dense(3))"
MODEL = "model = keras.Sequential([keras.Input((4,))])\nunits = labels = 2"


def test_a_cell_that_is_no_python_leaves_the_others():
    found = findings("import keras", "print 3", "keras.layers.Dense(0)", "x = (")
    places = [(d.code.id, d.span.cell) for d in found]
    assert places == [("SHC101", 2), ("SHC213", 3), ("SHC101", 4)]


@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        # What it names may be anything behind it.
        (["import keras", MODEL, BROKEN, "keras.layers.Dense(units - 2)"], ["SHC101"]),
        (["import keras", MODEL, "keras.layers.Dense(units - 2)", BROKEN], ["SHC213", "SHC101"]),
        (["import keras", MODEL, BROKEN, "keras.layers.Dense(labels - 2)"], ["SHC101", "SHC213"]),
        # A name that no other cell binds.
        (["import keras", "depth = ??", "keras.layers.Dense(depth)"], ["SHC101"]),
        (["import keras", "keras.layers.Dense(?? 3)", "keras.layers.Dense(0)"],
         ["SHC101", "SHC213"]),
    ],
)  # fmt: skip
def test_what_such_a_cell_names_is_unknown(cells, codes):
    assert [d.code.id for d in findings(*cells) if d.code.id != "SHC103"] == codes


def test_a_model_that_it_names_may_have_more_layers():
    listed = [{"cell_type": "code", "source": c} for c in ("import keras", MODEL, BROKEN)]
    report = analyze_file(read_notebook("n.ipynb", json.dumps({"cells": listed})))
    (model,) = report.models
    assert not model.summary.params.exact
    assert not report.unreadable
