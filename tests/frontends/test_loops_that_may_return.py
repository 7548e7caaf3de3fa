"""A function that may return from a loop of unknown length bears on nothing behind it."""

import pytest

from shapecalc.api import analyze_source

PROGRAM = """
import keras

def search(image, count, decoder):
    found = []
    state = decoder.start(1)
    for i in range(count):
        word, state = decoder(image, state)
        found.append(word)
        if word == "<end>":
            return found, state
    return found, None

def build():
    i = keras.Input((4,))
    return keras.Model(i, keras.layers.Dense(3)(i))

"""


@pytest.mark.parametrize(
    "called", ["", "words = search(*open('x'))\nm = build()"], ids=["nobody-calls", "called"]
)
def test_models_behind_it_are_known(called):
    (model,) = analyze_source(PROGRAM + called).models
    assert (model.summary.params.total, model.summary.params.exact) == (15, True)
