"""SHC309: a metric that does not measure what the model gives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shapecalc.checks.check import Finding, check
from shapecalc.checks.endings import is_unbounded
from shapecalc.checks.fault import named
from shapecalc.checks.pairing import Pair, pairs_of
from shapecalc.diagnostics import Severity
from shapecalc.graph.objectives import Judged, Labels, Outputs, judged_of, metric_class
from shapecalc.graph.training import Compilation, Objective

_ANY_NUMBER = frozenset({"linear", "relu"})


@check(
    "SHC309",
    "metric-against-output",
    Severity.WARNING,
    examines=Compilation,
    bad=[
        """
        import keras

        model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(1)])
        model.compile("adam", "mse", metrics=["accuracy"])  # SHC309
        """,
        """
        import keras

        model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(3, activation="softmax")])
        model.compile(
            "adam",
            "sparse_categorical_crossentropy",
            metrics=["categorical_accuracy"],  # SHC309
        )
        """,
    ],
    good=[
        """
        import keras

        model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(1)])
        model.compile("adam", "mse", metrics=["mae"])
        """,
        """
        import keras

        model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(3, activation="softmax")])
        model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
        """,
    ],
)
def metric_against_output(use: Compilation) -> Iterator[Finding]:
    """A metric takes other labels or outputs than the loss beside it.

    Accuracy counts outputs that equal their label, which says nothing of numbers on a scale. A
    metric for one-hot labels, given numbers of classes, compares the wrong axis. Keras raises an
    error at best; mostly it shows a number that means nothing.
    """
    pairs = list(pairs_of(use))
    if len(use.outputs) != 1 or len(pairs) != 1:
        return
    for argument in ("metrics", "weighted_metrics"):
        given = use.argument(argument)
        for metric in given if isinstance(given, list) else ():
            told = _fault(metric, pairs[0])
            if told is not None:
                yield Finding(told[0], help=told[1], argument=argument)


def _fault(metric: Any, pair: Pair) -> tuple[str, str] | None:
    """What is wrong with a metric, and what to do about it."""
    if not isinstance(metric, Objective) or metric.name is None:
        return None
    cls = metric_class(metric)
    chosen = metric.text and metric.name.lower() in ("accuracy", "acc")
    if chosen or cls in ("Accuracy", "BinaryAccuracy", "CategoricalAccuracy"):
        told = _of_regression(metric, pair)
        if told is not None:
            return told
    if cls == "Accuracy" and pair.loss.outputs in (Outputs.CLASSES, Outputs.PROBABILITIES):
        return (
            (
                f"`{metric.name}` counts outputs that equal their label exactly, which "
                "probabilities and logits hardly ever do"
            ),
            "use metrics=['accuracy'], which chooses by the labels",
        )
    return _of_labels(metric, cls, pair) if cls is not None else None


def _of_regression(metric: Objective, pair: Pair) -> tuple[str, str] | None:
    end, loss = pair.ending, pair.loss
    if end is None or loss.outputs is not Outputs.ANY or loss.labels is not Labels.REAL:
        return None
    if end.activation not in _ANY_NUMBER or not is_unbounded(end):
        return None
    return (
        (
            f"`{metric.name}` counts labels that are met, but {named(end.layer)} with "
            f"`{pair.words}` gives numbers on a scale"
        ),
        "use metrics=['mae'] or another distance",
    )


def _of_labels(metric: Objective, cls: str, pair: Pair) -> tuple[str, str] | None:
    units = pair.ending.units if pair.ending is not None else None
    if not isinstance(units, int) or units < 2:
        return None
    judged, labels = judged_of(cls), pair.loss.labels
    if labels is Labels.INTEGER and judged in (Judged.ONE_HOT, Judged.EACH):
        return (
            (
                f"`{metric.name}` takes one number a class, but `{pair.words}` takes labels that "
                "are numbers of classes"
            ),
            "use a sparse metric, such as metrics=['sparse_categorical_accuracy']",
        )
    if labels is Labels.ONE_HOT and judged is Judged.INTEGER:
        return (
            (
                f"`{metric.name}` takes numbers of classes, but `{pair.words}` takes labels with "
                "one number a class"
            ),
            "use metrics=['categorical_accuracy']",
        )
    return None
