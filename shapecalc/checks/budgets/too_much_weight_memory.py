"""SHC505: the weights of a model take more memory than its budget allows."""

from __future__ import annotations

from collections.abc import Iterator

from shapecalc.checks.check import Finding, check
from shapecalc.checks.overrun import overrun
from shapecalc.diagnostics import Severity
from shapecalc.graph.budget import Expense


@check(
    "SHC505",
    "too-much-weight-memory",
    Severity.ERROR,
    examines=Expense,
    budget={"weight-memory": "4KiB"},
    bad=[
        """
        import keras

        model = keras.Sequential([  # SHC505
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
def too_much_weight_memory(expense: Expense) -> Iterator[Finding]:
    """The weights of a model take more memory than its budget allows.

    That is params times the bytes of their dtypes: what has to be downloaded and held.
    """
    yield from overrun(expense, "weight-memory")
