"""SHC303: labels of another kind than the loss takes."""

from __future__ import annotations

from collections.abc import Iterator

from shapecalc.checks.check import Finding, check
from shapecalc.checks.labelling import Labelled, Mismatch, labelled
from shapecalc.diagnostics import Note, Severity
from shapecalc.graph.training import DataUse

_TEXTS = ("str", "string")


@check(
    "SHC303",
    "labels-against-loss",
    Severity.ERROR,
    examines=DataUse,
    bad=[
        """
        import keras
        import numpy as np

        x, y = np.ones((64, 8)), np.zeros((64,))
        model = keras.Sequential([
            keras.Input((8,)),
            keras.layers.Dense(3, activation="softmax"),
        ])
        model.compile("adam", "categorical_crossentropy")
        model.fit(x, y)  # SHC303
        """,
        """
        import keras
        import numpy as np

        x, y = np.ones((64, 8)), np.zeros((64, 3))
        model = keras.Sequential([
            keras.Input((8,)),
            keras.layers.Dense(3, activation="softmax"),
        ])
        model.compile("adam", "sparse_categorical_crossentropy")
        model.fit(x, y)  # SHC303
        """,
        """
        import keras
        import numpy as np

        x, y = np.ones((3, 8)), np.array(["cat", "dog", "cat"])
        model = keras.Sequential([
            keras.Input((8,)),
            keras.layers.Dense(2, activation="softmax"),
        ])
        model.compile("adam", "sparse_categorical_crossentropy")
        model.fit(x, y)  # SHC303
        """,
    ],
    good=[
        """
        import keras
        import numpy as np

        x, y = np.ones((64, 8)), np.zeros((64,))
        model = keras.Sequential([
            keras.Input((8,)),
            keras.layers.Dense(3, activation="softmax"),
        ])
        model.compile("adam", "sparse_categorical_crossentropy")
        model.fit(x, y)
        """
    ],
)
def labels_against_loss(use: DataUse) -> Iterator[Finding]:
    """The labels are numbers of classes and the loss takes one number a class, or the reverse.

    `categorical_crossentropy` takes one-hot labels, `sparse_categorical_crossentropy` the number of
    the class. Keras raises an error when it sees the first batch, and so it does of texts.
    """
    for found in labelled(use):
        if found.labels.dtype in _TEXTS:
            yield _finding(
                found,
                "takes numbers, but the labels are texts",
                "number them: keras.layers.StringLookup, or LabelEncoder().fit_transform(y)",
            )
        elif found.mismatch is Mismatch.INTEGERS:
            yield _finding(
                found,
                "takes one number a class, but the labels look like numbers of classes",
                "use loss='sparse_categorical_crossentropy', or keras.utils.to_categorical",
            )
        elif found.mismatch is Mismatch.ONE_HOT:
            yield _finding(
                found,
                "takes the number of a class, but the labels have one number a class",
                "use loss='categorical_crossentropy'",
            )


def _finding(found: Labelled, what: str, ways: str) -> Finding:
    return Finding(
        f"`{found.pair.words}` {what}: {found.sizes}",
        notes=(Note("the loss is given here", found.pair.span),),
        help=ways,
        argument=found.argument,
        cause=found.cause,
    )
