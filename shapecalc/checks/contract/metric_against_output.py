"""SHC309: a metric that does not measure what the model gives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shapecalc.checks.check import Finding, check
from shapecalc.checks.endings import is_unbounded
from shapecalc.checks.fault import named
from shapecalc.checks.pairing import Pair, output_names, pairs_of, spread
from shapecalc.diagnostics import Severity
from shapecalc.graph.objectives import (
    Judged,
    Labels,
    Outputs,
    judged_of,
    metric_class,
    takes_class_numbers,
)
from shapecalc.graph.tensor import Tensor
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
        import numpy as np

        x, prices = np.ones((4, 8)), np.array([12.5, 30.0, 8.75, 19.0])
        model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(1)])
        model.compile("adam", "mse", metrics=["accuracy"])  # SHC309
        model.fit(x, prices)
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
        """
        import keras
        from keras import layers

        model = keras.Sequential([
            keras.Input((64, 64, 3)),
            layers.Conv2D(4, 3, padding="same", activation="softmax"),
        ])
        model.compile(
            "adam",
            "sparse_categorical_crossentropy",
            metrics=[keras.metrics.MeanIoU(num_classes=4)],  # SHC309
        )
        """,
    ],
    good=[
        """
        import keras
        import numpy as np

        x, prices = np.ones((4, 8)), np.array([12.5, 30.0, 8.75, 19.0])
        model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(1)])
        model.compile("adam", "mse", metrics=["mae"])
        model.fit(x, prices)
        """,
        """
        import keras

        model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(3, activation="softmax")])
        model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
        """,
        """
        import keras
        from keras import layers

        model = keras.Sequential([
            keras.Input((64, 64, 3)),
            layers.Conv2D(4, 3, padding="same", activation="softmax"),
        ])
        model.compile(
            "adam",
            "sparse_categorical_crossentropy",
            metrics=[keras.metrics.MeanIoU(num_classes=4, sparse_y_pred=False)],
        )
        """,
    ],
)
def metric_against_output(use: Compilation) -> Iterator[Finding]:
    """A metric takes other labels or outputs than the loss beside it.

    Accuracy counts outputs that equal their label, which says nothing of numbers on a scale. Only
    where the labels are known not to be 0 and 1 is that a warning: a regression on these is
    counted right where it lies on the right side of one half. A
    metric for one-hot labels, given numbers of classes, compares the wrong axis, and one that takes
    outputs for numbers of classes cuts every probability to 0. Keras raises an error at best;
    mostly it shows a number that means nothing.
    """
    pairs = {pair.place: pair for pair in pairs_of(use)}
    for argument in ("metrics", "weighted_metrics"):
        for place, metric in _by_output(use, use.argument(argument)):
            found = _fault(metric, pairs[place], use) if place in pairs else None
            if found is not None:
                yield found._replace(argument=argument)


def _by_output(use: Compilation, given: Any) -> Iterator[tuple[int, Any]]:
    """Each metric, with which output it is computed of."""
    if len(use.outputs) == 1:
        yield from ((0, metric) for metric in _flat(given))
        return
    each: list[Any] = []
    if isinstance(given, dict):
        names = output_names(use.model, use.outputs) or []
        each = [given.get(name) for name in names]
    elif isinstance(given, list) and len(given) == len(use.outputs):
        each = given
    for place, metrics in enumerate(each):
        yield from ((place, metric) for metric in _flat(metrics))


def _flat(given: Any) -> Iterator[Any]:
    each = given.values() if isinstance(given, dict) else given
    if not isinstance(given, (dict, list)):
        yield given
        return
    for metric in each:
        yield from _flat(metric)


def _fault(metric: Any, pair: Pair, use: Compilation) -> Finding | None:
    """What is wrong with a metric."""
    if not isinstance(metric, Objective) or metric.name is None:
        return None
    cls = metric_class(metric)
    chosen = metric.text and metric.name.lower() in ("accuracy", "acc")
    if chosen or cls in ("Accuracy", "BinaryAccuracy", "CategoricalAccuracy"):
        found = _of_regression(metric, pair, use)
        if found is not None:
            return found
    if cls == "Accuracy" and pair.loss.outputs in (Outputs.CLASSES, Outputs.PROBABILITIES):
        return Finding(
            f"`{metric.name}` counts outputs that equal their label exactly, which "
            "probabilities and logits hardly ever do",
            help="use metrics=['accuracy'], which chooses by the labels",
        )
    if cls is None:
        return None
    return _of_class_numbers(metric, cls, pair) or _of_labels(metric, cls, pair)


def _of_class_numbers(metric: Objective, cls: str, pair: Pair) -> Finding | None:
    """A metric that takes each output for the number of a class, beside probabilities."""
    if (
        judged_of(cls) is not Judged.CLASSES
        or takes_class_numbers(metric, "sparse_y_pred") is not True
    ):
        return None
    if pair.ending is None or pair.ending.activation not in ("softmax", "sigmoid"):
        return None
    if pair.loss.outputs not in (Outputs.CLASSES, Outputs.PROBABILITIES):
        return None
    instead = f"{cls}(…, sparse_y_pred=False)"
    if pair.loss.labels is Labels.ONE_HOT:
        instead = "OneHotMeanIoU" if cls == "MeanIoU" else "OneHotIoU"
    elif pair.ending.activation == "sigmoid":
        instead = "BinaryIoU"
    return Finding(
        f"`{metric.name}` takes outputs for numbers of classes, but "
        f"{named(pair.ending.layer)} gives probabilities, which it cuts to 0",
        help=f"use keras.metrics.{instead}",
    )


def _of_regression(metric: Objective, pair: Pair, use: Compilation) -> Finding | None:
    """Accuracy of numbers on a scale, unless the labels are 0 and 1, as they are of classes."""
    end, loss = pair.ending, pair.loss
    if end is None or loss.outputs is not Outputs.ANY or loss.labels is not Labels.REAL:
        return None
    if end.activation not in _ANY_NUMBER or not is_unbounded(end):
        return None
    on_a_scale = True if metric_class(metric) == "Accuracy" else _are_on_a_scale(pair, use)
    if on_a_scale is False:
        return None
    unless = "" if on_a_scale else ", unless the labels are 0 and 1"
    return Finding(
        f"`{metric.name}` counts labels that are met, but {named(end.layer)} with "
        f"`{pair.words}` gives numbers on a scale{unless}",
        help="use metrics=['mae'] or another distance",
        severity=None if on_a_scale else Severity.INFO,
    )


def _are_on_a_scale(pair: Pair, use: Compilation) -> bool | None:
    """Whether the labels of an output are other numbers than 0 and 1; None if not known."""
    answers = set()
    for data in use.uses:
        each = spread(data.argument("y"), use.outputs, use.model) or []
        labels = each[pair.place] if pair.place < len(each) else None
        known = labels.contents if isinstance(labels, Tensor) else None
        if known is None or known.low is None or known.high is None:
            continue
        if known.one_hot or (known.whole and known.low >= 0 and known.high <= 1):
            return False
        answers.add(known.low < 0 or known.high > 1)
    return True if True in answers else None


def _of_labels(metric: Objective, cls: str, pair: Pair) -> Finding | None:
    units = pair.ending.units if pair.ending is not None else None
    if not isinstance(units, int) or units < 2:
        return None
    judged, labels = judged_of(cls), pair.loss.labels
    if labels is Labels.INTEGER and judged in (Judged.ONE_HOT, Judged.EACH):
        return Finding(
            f"`{metric.name}` takes {judged.value}, but `{pair.words}` takes labels that are "
            "numbers of classes",
            help="use a sparse metric, such as metrics=['sparse_categorical_accuracy']",
        )
    numbers = judged is Judged.CLASSES and takes_class_numbers(metric, "sparse_y_true") is True
    if labels is Labels.ONE_HOT and (judged is Judged.INTEGER or numbers):
        today = f"keras.metrics.OneHot{cls}" if numbers else "metrics=['categorical_accuracy']"
        return Finding(
            f"`{metric.name}` takes numbers of classes, but `{pair.words}` takes labels with "
            "one number a class",
            help=f"use {today}",
        )
    return None
