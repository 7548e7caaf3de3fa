"""SHC501: a model has more params than its budget allows."""

from __future__ import annotations

from collections.abc import Iterator

from shapecalc.checks.check import Finding, check
from shapecalc.checks.overrun import overrun
from shapecalc.diagnostics import Severity
from shapecalc.graph.budget import Expense


@check(
    "SHC501",
    "too-many-params",
    Severity.ERROR,
    examines=Expense,
    budget={"params": "1_000"},
    bad=[
        """
        import keras

        model = keras.Sequential([  # SHC501
            keras.Input((20,)),
            keras.layers.Dense(100),
        ])
        """
    ],
    good=[
        """
        import keras

        model = keras.Sequential([
            keras.Input((20,)),
            keras.layers.Dense(10),
        ])
        """
    ],
)
def too_many_params(expense: Expense) -> Iterator[Finding]:
    """A model has more params than its budget allows.

    Params are what a saved model weighs and what has to be learned. A budget keeps
    a change from making a model larger than where it is to run can hold.
    """
    yield from overrun(expense, "params")
