"""SHC313: a loss that Keras does not have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shapecalc.checks.check import Finding, check
from shapecalc.diagnostics import Severity
from shapecalc.graph.objectives import (
    OLDER_LOSSES,
    loss_spellings,
    metric_spellings,
)
from shapecalc.graph.training import Compilation, Objective
from shapecalc.wording import closest


@check(
    "SHC313",
    "unknown-objective",
    Severity.ERROR,
    examines=Compilation,
    bad=[
        """
        import keras

        model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(1, activation="sigmoid")])
        model.compile("adam", "binary_cross_entropy")  # SHC313
        """,
        """
        import keras

        model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(1)])
        model.compile("adam", "mse", metrics=["rmse"])  # SHC313
        """,
    ],
    good=[
        """
        import keras

        model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(1, activation="sigmoid")])
        model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
        """
    ],
)
def unknown_objective(use: Compilation) -> Iterator[Finding]:
    """A loss or metric is named by a text that Keras does not know.

    Keras raises an error, though not here: it resolves the names when it sees the first batch. What
    only Keras 1 and 2 knew is a warning.
    """
    if "compile" in use.overridden:
        return
    for argument in ("loss", "metrics", "weighted_metrics"):
        known = loss_spellings() if argument == "loss" else metric_spellings()
        word = "loss" if argument == "loss" else "metric"
        for objective in _flat(use.argument(argument)):
            name = objective.name
            if name is None or not objective.text or name in known:
                continue
            if name.lower() in ("accuracy", "acc") and word == "metric":
                continue
            today = OLDER_LOSSES.get(name)
            near = today or closest(name, known)
            yield Finding(
                f"Keras has no {word} {name!r}, and says so when it sees the first batch",
                help=f"did you mean {near!r}?" if near else None,
                argument=argument,
                severity=Severity.WARNING if today else None,
            )


def _flat(value: Any) -> Iterator[Objective]:
    if isinstance(value, Objective):
        yield value
    elif isinstance(value, (list, tuple, dict)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _flat(item)
