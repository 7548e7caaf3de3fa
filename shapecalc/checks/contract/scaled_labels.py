"""SHC310: labels of classes that were scaled."""

from __future__ import annotations

from collections.abc import Iterator

from shapecalc.checks.check import Finding, check
from shapecalc.checks.labelling import labelled
from shapecalc.diagnostics import Note, Severity
from shapecalc.graph.objectives import Labels, Outputs
from shapecalc.graph.training import DataUse


@check(
    "SHC310",
    "scaled-labels",
    Severity.WARNING,
    examines=DataUse,
    bad=[
        """
        import keras
        import numpy as np

        pixels, y = np.full((4, 8), 200), np.array([0, 1, 2, 1])
        x, y = pixels / 255, y / 255
        model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(3, activation="softmax")])
        model.compile("adam", "sparse_categorical_crossentropy")
        model.fit(x, y)  # SHC310
        """,
        """
        import keras
        import numpy as np

        y = keras.utils.to_categorical(np.array([0, 1, 2, 1]), 3) / 255
        model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(3, activation="softmax")])
        model.compile("adam", "categorical_crossentropy")
        model.fit(np.ones((4, 8)), y)  # SHC310
        """,
    ],
    good=[
        """
        import keras
        import numpy as np

        pixels, y = np.full((4, 8), 200), np.array([0, 1, 2, 1])
        x = pixels / 255
        model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(3, activation="softmax")])
        model.compile("adam", "sparse_categorical_crossentropy")
        model.fit(x, y)
        """,
        """
        import keras
        import numpy as np

        y = keras.utils.to_categorical(np.array([0, 1, 2, 1]), 3)
        model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(3, activation="softmax")])
        model.compile("adam", "categorical_crossentropy")
        model.fit(np.ones((4, 8)), y)
        """,
    ],
)
def scaled_labels(use: DataUse) -> Iterator[Finding]:
    """The labels of classes are all below 1, as they are when they are divided.

    Inputs are scaled, labels are not: `y / 255` makes class 0 of every number of a class, and
    leaves no one-hot label that adds up to 1. Keras trains on them without a word.
    """
    for found in labelled(use):
        known, loss = found.labels.contents, found.pair.loss
        if known is None or known.high is None or known.low is None or known.low < 0:
            continue
        units = found.pair.output.shape[-1] if isinstance(found.pair.output.shape, tuple) else None
        high = known.high
        if loss.labels is Labels.INTEGER and 0 < high < 1:
            what = f"the labels go up to {high:.3g}, which is class 0 for `{found.pair.words}`"
        elif (
            loss.labels is Labels.ONE_HOT
            and loss.outputs is Outputs.CLASSES
            and isinstance(units, int)
            and 0 < high * units < 1
        ):
            what = f"the labels go up to {high:.3g}: those of a sample cannot add up to 1"
        else:
            continue
        yield Finding(
            what,
            notes=(Note("the loss is given here", found.pair.span),),
            help="scale the inputs only",
            argument=found.argument,
            cause=("scaled labels", id(found.pair.output)),
        )
