"""SHC317: words whose numbers are beyond the rows of an embedding."""

from __future__ import annotations

from collections.abc import Iterator

from shapecalc.checks.check import Finding, check
from shapecalc.checks.fault import named
from shapecalc.diagnostics import Note, Severity
from shapecalc.graph.model import Network
from shapecalc.graph.steps import Step, first_step
from shapecalc.graph.tensor import Tensor
from shapecalc.graph.training import DataUse

_MOST_STEPS = 50


@check(
    "SHC317",
    "words-beyond-embedding",
    Severity.WARNING,
    examines=DataUse,
    bad=[
        """
        import keras
        import numpy as np

        x, y = np.random.randint(0, 10000, (64, 20)), np.zeros((64, 1))
        model = keras.Sequential([
            keras.layers.Embedding(5000, 32),  # SHC317
            keras.layers.LSTM(16),
            keras.layers.Dense(1, activation="sigmoid"),
        ])
        model.compile("adam", "binary_crossentropy")
        model.fit(x, y)
        """
    ],
    good=[
        """
        import keras
        import numpy as np

        x, y = np.random.randint(0, 10000, (64, 20)), np.zeros((64, 1))
        model = keras.Sequential([
            keras.layers.Embedding(10000, 32),
            keras.layers.LSTM(16),
            keras.layers.Dense(1, activation="sigmoid"),
        ])
        model.compile("adam", "binary_crossentropy")
        model.fit(x, y)
        """,
        """
        import keras
        import numpy as np

        x, y = np.random.randint(0, 10000, (64, 20)), np.zeros((64, 1))
        x = np.where(x < 5000, x, 2)
        model = keras.Sequential([
            keras.layers.Embedding(5000, 32),
            keras.layers.LSTM(16),
            keras.layers.Dense(1, activation="sigmoid"),
        ])
        model.compile("adam", "binary_crossentropy")
        model.fit(x, y)
        """,
    ],
)
def words_beyond_embedding(use: DataUse) -> Iterator[Finding]:
    """Words are given numbers beyond the rows of the embedding that looks them up.

    Rows are counted from 0, so that words up to 5000 take 5001 rows; the number 0, which fills up
    short texts, is one of them. Where the backend looks, Keras raises an error; others give zeros
    or NaN. It is said where the program itself tells how far the numbers go.
    """
    data = use.argument("x")
    each = list(data) if isinstance(data, (list, tuple)) else [data]
    if use.model.incomplete is not None or len(each) != len(use.model.inputs):
        return
    for own, array in zip(use.model.inputs, each, strict=True):
        high = _highest(array)
        step = None if high is None else _embedding(use.model, own)
        rows = None if step is None else step.argument("input_dim")
        if step is not None and isinstance(rows, int) and high is not None and high >= rows:
            place = use.arguments.get("x", use.span)
            yield Finding(
                f"{named(step.layer)} has {rows} rows, but the numbers of the words go up to "
                f"{high}",
                notes=(Note("the words are given here", place),),
                help=f"give it {high + 1} rows: they are counted from 0",
                span=step.span("input_dim"),
                cause=("rows of an embedding", id(step.layer)),
            )


def _highest(array: object) -> int | None:
    known = array.contents if isinstance(array, Tensor) else None
    if known is None or not known.reached or not known.whole:
        return None
    return int(known.high) if known.high is not None else None


def _embedding(model: Network, own: Tensor) -> Step | None:
    """The embedding that looks up an input of a model."""
    step = first_step(model, own)
    for _ in range(_MOST_STEPS):
        if step is None or (step.call is not None and len(step.call.inputs) != 1):
            return None
        if step.kind == "Embedding":
            return step
        step = step.after[0] if step.layer.relabels and len(step.after) == 1 else None
    return None
