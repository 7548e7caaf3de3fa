"""SHC305: labels of a shape that the loss refuses."""

from __future__ import annotations

from collections.abc import Iterator

from shapecalc.checks.check import Finding, check
from shapecalc.checks.fault import rank_of, size_at
from shapecalc.checks.history import chain, history
from shapecalc.checks.labelling import Labelled, Mismatch, labelled
from shapecalc.diagnostics import Note, Severity
from shapecalc.graph.objectives import Labels
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
                notes=(Note("the loss is given here", found.pair.span), *_sizes_of_places(found)),
                help=_ways(found),
                argument=found.argument,
                cause=found.cause,
            )


def _ways(found: Labelled) -> str:
    output, labels = rank_of(found.pair.output), rank_of(found.labels)
    if output is not None and labels == output + 1 and _is_one_hot_twice(found):
        return "the labels are made one-hot twice: leave out one to_categorical"
    if found.pair.loss.labels is Labels.BINARY and labels == 1 and output == 2:
        return (
            "give the last layer one unit, or use activation='softmax' and "
            "loss='sparse_categorical_crossentropy'"
        )
    # An output of two axes has units, and no places.
    if output is not None and labels is not None and output > max(labels, 2):
        return "flatten or pool before the last layer, or give one label a position"
    if _differing_places(found):
        return (
            'padding="same" keeps the size of a convolution; what a pooling halves comes back '
            "as it was only from a size that every pooling divides"
        )
    return "give the last layer as many units as a sample has labels, or use another loss"


def _is_one_hot_twice(found: Labelled) -> bool:
    """Whether the labels have a one-hot row for each number of a one-hot row."""
    known, shape = found.labels.contents, found.labels.shape
    rows = isinstance(shape, tuple) and len(shape) > 2 and size_at(found.labels, -2)
    return known is not None and known.one_hot and rows == size_at(found.pair.output, -1)


def _differing_places(found: Labelled) -> list[int]:
    """The axes between batch and units along which output and labels have other lengths."""
    output, labels = found.pair.output.shape, found.labels.shape
    if not isinstance(output, tuple) or not isinstance(labels, tuple) or len(output) != len(labels):
        return []
    lengths = [*zip(output, labels, strict=True)][1:-1]
    return [
        axis
        for axis, (a, b) in enumerate(lengths, start=1)
        if isinstance(a, int) and isinstance(b, int) and a != b
    ]


def _sizes_of_places(found: Labelled) -> Iterator[Note]:
    """Where the lengths of the output's places come from."""
    told: set[str] = set()
    for axis in _differing_places(found):
        sizes = chain(history(found.pair.output, axis))
        if "→" in sizes and sizes not in told:
            told.add(sizes)
            yield Note(f"sizes along axis {axis}: {sizes}")
