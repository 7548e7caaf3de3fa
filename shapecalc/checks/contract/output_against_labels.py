"""SHC305: labels of a shape that the loss refuses."""

from __future__ import annotations

from collections.abc import Iterator

from shapecalc.checks.check import Finding, check
from shapecalc.checks.fault import rank_of
from shapecalc.checks.labelling import Labelled, Mismatch, labelled
from shapecalc.diagnostics import Note, Severity
from shapecalc.graph.training import DataUse


@check(
    "SHC305",
    "output-against-labels",
    Severity.ERROR,
    examines=DataUse,
    bad=[
        """
        import keras
        import numpy as np

        x, y = np.ones((64, 28, 28, 1)), np.zeros((64, 10))
        model = keras.Sequential([
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(4, 3, padding="same", activation="relu"),
            keras.layers.Dense(10, activation="sigmoid"),
        ])
        model.compile("adam", "binary_crossentropy")
        model.fit(x, y)  # SHC305
        """
    ],
    good=[
        """
        import keras
        import numpy as np

        x, y = np.ones((64, 28, 28, 1)), np.zeros((64, 10))
        model = keras.Sequential([
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(4, 3, padding="same", activation="relu"),
            keras.layers.Flatten(),
            keras.layers.Dense(10, activation="sigmoid"),
        ])
        model.compile("adam", "binary_crossentropy")
        model.fit(x, y)
        """
    ],
)
def output_against_labels(use: DataUse) -> Iterator[Finding]:
    """The labels have a shape that the loss does not take beside the output's.

    Keras raises an error when it sees the first batch. An output with more axes than the labels
    usually misses a `Flatten`, a pooling over all positions, or `return_sequences=False`.
    """
    for found in labelled(use):
        if found.mismatch is Mismatch.SHAPE:
            yield Finding(
                f"`{found.pair.words}` takes labels whose shape is {found.pair.loss.fit.value}, "
                f"batch by batch: {found.sizes}",
                notes=(Note("the loss is given here", found.pair.span),),
                help=_ways(found),
                argument=found.argument,
                cause=found.cause,
            )


def _ways(found: Labelled) -> str:
    output, labels = rank_of(found.pair.output), rank_of(found.labels)
    # An output of two axes has units, and no positions.
    if output is not None and labels is not None and output > max(labels, 2):
        return "flatten or pool before the last layer, or give one label a position"
    return "give the last layer as many units as a sample has labels, or use another loss"
