"""SHC306: labels that are repeated to meet the output."""

from __future__ import annotations

from collections.abc import Iterator

from shapecalc.checks.check import Finding, check
from shapecalc.checks.labelling import Mismatch, labelled
from shapecalc.diagnostics import Note, Severity
from shapecalc.graph.training import DataUse


@check(
    "SHC306",
    "broadcast-labels",
    Severity.WARNING,
    examines=DataUse,
    bad=[
        """
        import keras
        import numpy as np

        x, y = np.ones((64, 8)), np.zeros((64, 3))
        model = keras.Sequential([
            keras.Input((8,)),
            keras.layers.Dense(1),
        ])
        model.compile("adam", "mse")
        model.fit(x, y)  # SHC306
        """
    ],
    good=[
        """
        import keras
        import numpy as np

        x, y = np.ones((64, 8)), np.zeros((64, 3))
        model = keras.Sequential([
            keras.Input((8,)),
            keras.layers.Dense(3),
        ])
        model.compile("adam", "mse")
        model.fit(x, y)
        """,
        """
        import keras
        import numpy as np

        x, y = np.ones((64, 8)), np.zeros((64,))
        model = keras.Sequential([
            keras.Input((8,)),
            keras.layers.Dense(1),
        ])
        model.compile("adam", "mse")
        model.fit(x, y)
        """,
    ],
)
def broadcast_labels(use: DataUse) -> Iterator[Finding]:
    """Labels and output have different shapes, and one is repeated to meet the other.

    Regression losses subtract arrays as numpy does. Keras adds or drops a last axis of one, so
    `(N,)` beside `(N, 1)` is well; whatever else differs is repeated, without a word.
    """
    for found in labelled(use):
        if found.mismatch is Mismatch.STRETCHED:
            yield Finding(
                f"`{found.pair.words}` repeats labels or outputs to make them meet: {found.sizes}",
                notes=(Note("the loss is given here", found.pair.span),),
                help="give the last layer as many units as a sample has labels",
                argument=found.argument,
                cause=found.cause,
            )
