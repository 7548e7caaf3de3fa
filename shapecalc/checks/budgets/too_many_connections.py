"""SHC504: a model has more connections than its budget allows."""

from __future__ import annotations

from collections.abc import Iterator

from shapecalc.checks.check import Finding, check
from shapecalc.checks.overrun import overrun
from shapecalc.diagnostics import Severity
from shapecalc.graph.budget import Expense


@check(
    "SHC504",
    "too-many-connections",
    Severity.ERROR,
    examines=Expense,
    budget={"connections": "1_000"},
    bad=[
        """
        import keras

        model = keras.Sequential([  # SHC504
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
def too_many_connections(expense: Expense) -> Iterator[Finding]:
    """A model has more connections than its budget allows.

    Connections are the edges of the network drawn unit by unit; those of biases are not among them.
    """
    yield from overrun(expense, "connections")
