"""Arrays for several inputs, in every form, held to the live Keras."""

import itertools

import pytest

from shapecalc import check_source
from shapecalc.diagnostics import Severity
from tests.checks.contract.test_outputs import refusal_of

PROGRAM = """
import keras
import numpy as np
from keras import layers

a, b = keras.Input((8,), name="a"), keras.Input((4,), name="b")
one, both = layers.Dense(3)(a), layers.Add()([layers.Dense(3)(a), layers.Dense(3)(b)])
model = keras.Model({inputs}, {output})
x, y = np.ones((6, 8)), np.ones((6, 4))
model.predict({data}, verbose=0)
"""
TWO = ["[a, b]", "{'a': a, 'b': b}", "{'p': a, 'q': b}"]
DATA = ["{'a': x, 'b': y}", "{'a': x}", "{'a': x, 'c': y}", "{'a': x, 'b': y, 'c': y}",
        "{'p': x, 'q': y}", "{'a': x, 'b': x}", "{'a': y, 'b': x}", "[x, y]", "(x, y)", "[y, x]",
        "[x]", "x", "[x, y, y]"]  # fmt: skip
OF_ONE = ["{'a': x}", "{'a': y}", "{'b': x}", "{'a': x, 'b': y}", "[x]", "x", "(x,)"]


def program(inputs: str, output: str, data: str) -> str:
    return PROGRAM.format(inputs=inputs, output=output, data=data)


CASES = [
    *(program(inputs, "both", data) for inputs, data in itertools.product(TWO, DATA)),
    *(program("a", "one", data) for data in OF_ONE),
]
# Two arrays by the names of neither: Keras takes them in their order, and we do not follow it.
ORDERED = [program(TWO[2], "both", data) for data in ("{'a': x, 'b': x}", "{'a': y, 'b': x}")]


def found_in(text: str) -> list[Severity]:
    return [d.severity for d in check_source(text) if d.code.id == "SHC308"]


@pytest.mark.oracle
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("text", CASES)
def test_what_is_refused_is_found_and_nothing_else(text: str) -> None:
    pytest.importorskip("keras", reason="the `keras` extra is not installed")
    refusal, found = refusal_of(text), found_in(text)
    assert bool(found) == (refusal is not None and text not in ORDERED), refusal


def test_both_answers_are_among_the_cases() -> None:
    answers = [bool(found_in(text)) for text in CASES]
    assert 15 < sum(answers) < len(answers) - 15


def test_names_that_keras_2_passed_over_are_a_warning() -> None:
    assert found_in(program("[a, b]", "both", "{'p': x, 'q': y}")) == [Severity.WARNING]
    assert found_in(program("[a, b]", "both", "{'a': x}")) == [Severity.ERROR]


def test_a_list_of_samples_is_one_finding() -> None:
    text = program("a", "one", "[x[0], x[1]]").replace("predict", "fit").replace(
        "verbose", "y=[y[0], y[1]], verbose"
    )  # fmt: skip
    text = text.replace("x, y =", "model.compile('adam', 'mse')\nx, y =")
    (found,) = check_source(text)
    assert found.code.id == "SHC308"
    assert "list of 2 samples" in found.message
