"""A stack keeps its layers, and is not known, where the code of one raises as it is built."""

from shapecalc.api import analyze_source

PROGRAM = """
import numpy as np
import keras

class Odd(keras.layers.Layer):
    def call(self, x):
        raise RuntimeError("not today")

m = keras.Sequential([keras.layers.Dense(3), Odd(), keras.layers.Dense(2)])
m(np.zeros((2, 4)))
"""


def test_a_stack_whose_layer_raises_has_all_its_layers():
    (model,) = analyze_source(PROGRAM).models
    assert [row.class_name for row in model.summary.layers] == ["Dense", "Odd", "Dense"]
    assert not model.summary.params.exact
