"""SHC304: another number of units than the labels show classes."""

from __future__ import annotations

from collections.abc import Iterator

from shapecalc.checks.check import Finding, check
from shapecalc.checks.fault import size_at
from shapecalc.checks.labelling import Labelled, Mismatch, labelled
from shapecalc.diagnostics import Note, Severity
from shapecalc.graph.objectives import Labels
from shapecalc.graph.training import DataUse


@check(
    "SHC304",
    "units-against-classes",
    Severity.ERROR,
    examines=DataUse,
    bad=[
        """
        import keras
        import numpy as np

        x, y = np.ones((64, 8)), np.zeros((64, 4))
        model = keras.Sequential([
            keras.Input((8,)),
            keras.layers.Dense(3, activation="softmax"),
        ])
        model.compile("adam", "categorical_crossentropy")
        model.fit(x, y)  # SHC304
        """,
        """
        import keras
        import numpy as np

        x, y = np.ones((6, 8)), np.array([0, 1, 2, 3, 0, 1])
        model = keras.Sequential([
            keras.Input((8,)),
            keras.layers.Dense(1, activation="sigmoid"),
        ])
        model.compile("adam", "binary_crossentropy")
        model.fit(x, y)  # SHC304
        """,
        """
        import keras
        import numpy as np

        species = np.random.randint(0, 3, 64)
        y = keras.utils.to_categorical(species)
        model = keras.Sequential([
            keras.Input((8,)),
            keras.layers.Dense(1, activation="sigmoid"),
        ])
        model.compile("adam", "binary_crossentropy")
        model.fit(np.ones((64, 8)), y)  # SHC304
        """,
    ],
    good=[
        """
        import keras
        import numpy as np

        x, y = np.ones((64, 8)), np.zeros((64, 4))
        model = keras.Sequential([
            keras.Input((8,)),
            keras.layers.Dense(4, activation="softmax"),
        ])
        model.compile("adam", "categorical_crossentropy")
        model.fit(x, y)
        """,
        """
        import keras
        import numpy as np

        x, y = np.ones((6, 8)), np.array([0, 1, 2, 3, 0, 1])
        model = keras.Sequential([
            keras.Input((8,)),
            keras.layers.Dense(4, activation="softmax"),
        ])
        model.compile("adam", "sparse_categorical_crossentropy")
        model.fit(x, y)
        """,
        """
        import keras
        import numpy as np

        species = np.random.randint(0, 2, 64)
        model = keras.Sequential([
            keras.Input((8,)),
            keras.layers.Dense(1, activation="sigmoid"),
        ])
        model.compile("adam", "binary_crossentropy")
        model.fit(np.ones((64, 8)), species)
        """,
    ],
)
def units_against_classes(use: DataUse) -> Iterator[Finding]:
    """The labels show another number of classes than the last layer has units.

    With one-hot labels Keras raises an error. With numbers of classes it does so where the backend
    looks; others count a class that has no unit as no loss, or as NaN. Then it is a warning, and
    likewise where a loss for two classes is given the numbers of more.
    """
    for found in labelled(use):
        units = size_at(found.pair.output, -1)
        if found.mismatch is Mismatch.CLASSES:
            yield _finding(found, f"{size_at(found.labels, -1)} classes", units, None)
            continue
        known, loss = found.labels.contents, found.pair.loss
        if found.mismatch is not None or known is None:
            continue
        if known.one_hot and units == 1 and size_at(found.labels, -1) != 1:
            yield _of_columns(found)
            continue
        if not known.all_occur or not known.whole or known.high is None:
            continue
        if loss.labels is Labels.INTEGER and isinstance(units, int) and 1 < units <= known.high:
            yield _finding(found, f"classes up to {known.high}", units, Severity.WARNING)
        elif loss.labels is Labels.BINARY and known.high > 1:
            yield _of_two(found, known.high)


def _of_columns(found: Labelled) -> Finding:
    """One-hot labels, however many classes there are, beside one unit."""
    return Finding(
        f"the labels have one column a class, but the last layer gives one number: {found.sizes}",
        notes=_place_of_units(found),
        help="give the last layer one unit a class with activation='softmax', or labels of one "
        "number (class_mode='binary', label_mode='binary', no to_categorical)",
        argument=found.argument,
        cause=(Mismatch.CLASSES, id(found.pair.output)),
    )


def _of_two(found: Labelled, high: float) -> Finding:
    return Finding(
        f"the labels show classes up to {high}, but `{found.pair.words}` takes 0 and 1",
        notes=(Note("the loss is given here", found.pair.span),),
        help="give the last layer one unit a class with activation='softmax', and use "
        "loss='sparse_categorical_crossentropy'",
        argument=found.argument,
        severity=Severity.WARNING,
        cause=(Mismatch.CLASSES, id(found.pair.output)),
    )


def _finding(found: Labelled, classes: str, units: object, severity: Severity | None) -> Finding:
    return Finding(
        f"the labels show {classes}, but the last axis has {units} units: {found.sizes}",
        notes=_place_of_units(found),
        help="give the last layer one unit a class; classes are counted from 0",
        argument=found.argument,
        cause=(Mismatch.CLASSES, id(found.pair.output)),
        severity=severity,
    )


def _place_of_units(found: Labelled) -> tuple[Note, ...]:
    end = found.pair.ending
    return (Note("the units are given here", end.layer.span),) if end is not None else ()
