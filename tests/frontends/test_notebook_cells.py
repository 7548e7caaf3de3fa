"""Each cell of a notebook is a program of its own to the parser, as it is to Jupyter."""

import json

import pytest

from shapecalc.api import analyze_file
from shapecalc.frontends.notebook import read_notebook

MODEL = "import keras\nm = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])"


def analyze(*cells):
    listed = [{"cell_type": "code", "source": cell} for cell in cells]
    return analyze_file(read_notebook("n.ipynb", json.dumps({"cells": listed})))


def test_a_cell_that_is_no_python_fails_alone():
    report = analyze("import keras", "this is no Python\n", MODEL)
    (found,) = report.diagnostics
    assert (found.code.id, found.span.cell, found.span.line) == ("SHC101", 2, 1)
    assert [
        (m.summary.params.total, m.record.span.cell, m.record.span.line) for m in report.models
    ] == [(15, 3, 2)]
    assert not report.unreadable


@pytest.mark.parametrize(
    "cell",
    ["  x = 1\n  if x:\n    x = 2", "x = [1,\n  2]\n!show --dir {x} --all", "text = '(['\n!ls"],
    ids=["indented", "behind-a-list", "behind-a-text"],
)
def test_what_jupyter_runs_is_no_fault(cell):
    report = analyze(cell, "!ls {text}\n" + MODEL)
    assert not report.diagnostics
    assert [m.summary.params.total for m in report.models] == [15]
