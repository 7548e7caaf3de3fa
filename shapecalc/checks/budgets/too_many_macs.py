"""SHC503: a model takes more multiply-accumulates than its budget allows."""

from __future__ import annotations

from collections.abc import Iterator

from shapecalc.checks.check import Finding, check
from shapecalc.checks.overrun import overrun
from shapecalc.diagnostics import Severity
from shapecalc.graph.budget import Expense


@check(
    "SHC503",
    "too-many-macs",
    Severity.ERROR,
    examines=Expense,
    budget={"macs": "1_000"},
    bad=[
        """
        import keras

        model = keras.Sequential([  # SHC503
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
def too_many_macs(expense: Expense) -> Iterator[Finding]:
    """A model takes more multiply-accumulates than its budget allows.

    They are counted for one sample, padding included: what inference costs wherever it runs.
    """
    yield from overrun(expense, "macs")
