"""Stacks that grow in a loop of unknown length: what their counts suppose is told."""

from shapecalc import analyze_source

PROGRAM = """
import keras
import somewhere

model = keras.Sequential([keras.Input((8,))])
for size in somewhere.sizes():
    model.add(keras.layers.Dense(10))
{}
"""


def test_the_round_that_is_counted_is_told_of():
    report = analyze_source(PROGRAM.format(""))
    (model,) = report.models
    assert not model.summary.params.exact
    assert (model.summary.params.total, len(model.summary.layers)) == (90, 3)
    (found,) = report.diagnostics
    assert "one round is counted" in found.message
    assert found.span.line == 6


def test_a_loop_that_adds_nothing_supposes_nothing():
    text = PROGRAM.replace("model.add(keras.layers.Dense(10))", "print(size)").format(
        "model.add(keras.layers.Dense(10))"
    )
    (model,) = analyze_source(text).models
    assert model.summary.params.exact
