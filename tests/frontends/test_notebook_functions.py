"""Functions that no cell of a notebook calls: names hold what a call between the cells finds."""

import json

import pytest

from shapecalc.api import analyze_file
from shapecalc.frontends.notebook import read_notebook

BUILD = """
def build():
    model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(classes, activation="softmax")])
    model.compile(loss="categorical_crossentropy")
    model.fit(np.zeros((5, 8)), np.zeros((5, labels)))
    return model
"""
IMPORTS = "import keras\nimport numpy as np\n"


def analysis(*cells):
    listed = [{"cell_type": "code", "source": cell} for cell in cells]
    return analyze_file(read_notebook("n.ipynb", json.dumps({"cells": listed})))


def codes(*cells):
    return [d.code.id for d in analysis(*cells).diagnostics if d.code.id != "SHC103"]


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        # Whoever calls it does so while the names hold what belongs together.
        ([IMPORTS + "classes = labels = 2", BUILD, "classes = 10"], []),
        # Even one that is bound for the first time behind the definition.
        ([IMPORTS + "labels = 2", BUILD, "classes = 2", "classes = 10"], []),
        ([IMPORTS + "classes = labels = 2", BUILD, "for classes in range(5): pass"], []),
        # What was before the definition is over.
        ([IMPORTS + "classes = labels = 2", "classes = 10", BUILD], ["SHC304"]),
        ([IMPORTS + "classes, labels = 10, 2", BUILD], ["SHC304"]),
        ([IMPORTS, BUILD, "classes, labels = 10, 2"], ["SHC304"]),
        # The same value again is no other one; nor is what another name gets.
        ([IMPORTS + "classes, labels = 10, 2", BUILD, IMPORTS + "classes = 10"], ["SHC304"]),
        ([IMPORTS + "a = 1\nclasses, labels = 10, 2", BUILD, "a = 3"], ["SHC304"]),
        # A cell that calls it knows what it finds.
        ([IMPORTS + "classes, labels = 10, 2", BUILD, "build()", "classes = 2"], ["SHC304"]),
        ([IMPORTS + "classes, labels = 10, 2", BUILD, "%timeit -n1 build()", "classes = 2"],
         ["SHC304"]),
    ],
)  # fmt: skip
def test_names_that_cells_bind_anew(cells, found):
    assert codes(*cells) == found


def test_the_network_is_a_formula_in_such_a_name():
    (model,) = analysis(IMPORTS + "classes = labels = 2", BUILD, "classes = 10").models
    assert str(model.summary.params.total) == "9*classes"


def test_each_function_has_the_names_as_they_are_behind_it():
    second = BUILD.replace("build", "build_again")
    found = analysis(IMPORTS + "classes = labels = 2", BUILD, "classes = 10", second).diagnostics
    assert [(d.code.id, d.function) for d in found] == [("SHC304", "build_again")]
