"""A loop with a progress bar is the loop without it."""

import pytest

from shapecalc.api import analyze_source

PROGRAM = """
import keras
from tqdm import {imported}

model = keras.Sequential([keras.Input((4,))])
bar = {bar}
for i in bar:
    bar.set_description("at %d" % i)
    model.add(keras.layers.Dense(i + 2))
bar.close()
"""


@pytest.mark.parametrize(
    ("imported", "bar"),
    [
        ("tqdm", "tqdm(range(2))"),
        ("trange", "trange(2, desc='layers')"),
        ("auto", "auto.tqdm([0, 1], total=2)"),
    ],
)
def test_a_progress_bar_hands_on_what_it_is_given(imported, bar):
    (model,) = analyze_source(PROGRAM.format(imported=imported, bar=bar)).models
    assert (model.summary.params.total, model.summary.params.exact) == (19, True)


def test_what_is_unknown_stays_so():
    program = PROGRAM.format(imported="tqdm", bar="tqdm(open('x').read())")
    assert not any(m.summary.params.exact for m in analyze_source(program).models)
