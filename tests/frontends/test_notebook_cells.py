"""A cell that is no Python does not hide the others, as it does not when the notebook is run."""

import json

from shapecalc.api import analyze_file
from shapecalc.frontends.notebook import read_notebook

IMPORTS = "import keras\nfrom keras import layers"
MODEL = "model = keras.Sequential([keras.Input((28, 28, 1)), layers.Conv2D(3, 4)])"


def analyzed(*cells):
    listed = [{"cell_type": "code", "source": cell} for cell in cells]
    return analyze_file(read_notebook("n.ipynb", json.dumps({"cells": listed})))


def places(report):
    return [(d.code.id, d.span.cell, d.span.line) for d in report.diagnostics]


def test_the_other_cells_are_analysed():
    report = analyzed(IMPORTS, "layers.Dense(\n", MODEL, "x = 1\nprint 'hi'", "\n\nlayers.Dense(0)")
    assert places(report) == [("SHC101", 2, 1), ("SHC101", 4, 2), ("SHC213", 5, 3)]
    assert [model.record.span.cell for model in report.models] == [3]
    assert report.unanalysed is None
    # What could not be read whole is no success.
    assert report.unreadable


def test_the_excerpt_shows_the_broken_line():
    report = analyzed(IMPORTS, MODEL, "\nprint 'hi'")
    (finding,) = report.diagnostics
    assert "2 | print 'hi'" in report.source.excerpt(finding.span)


def test_what_a_broken_cell_defines_is_a_variable():
    report = analyzed(
        IMPORTS,
        "print 'four'\nn = 4",
        "keras.Sequential([keras.Input((8,)), layers.Dense(n), layers.Dense(3)])",
    )
    assert [d.code.id for d in report.diagnostics if d.severity.value == "error"] == ["SHC101"]
    (model,) = report.models
    assert [row.state for row in model.summary.layers[1:]] == ["symbolic", "symbolic"]


def test_a_notebook_without_a_cell_of_python_is_told_once():
    report = analyzed("print 'a'", "print 'b'")
    assert places(report) == [("SHC101", 1, 1)]
    assert report.unanalysed is not None
    assert report.unreadable


def test_magics_are_not_broken():
    assert places(analyzed(IMPORTS, "%matplotlib inline\n!pip list", MODEL)) == []
