"""SHC507: the tensors alive at once take more memory than the budget allows."""

from __future__ import annotations

from collections.abc import Iterator

from shapecalc.checks.check import Finding, check
from shapecalc.checks.overrun import overrun
from shapecalc.diagnostics import Severity
from shapecalc.graph.budget import Expense


@check(
    "SHC507",
    "too-much-peak-memory",
    Severity.ERROR,
    examines=Expense,
    budget={"peak-memory": "400B"},
    bad=[
        """
        import keras

        model = keras.Sequential([  # SHC507
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
def too_much_peak_memory(expense: Expense) -> Iterator[Finding]:
    """The tensors alive at once take more memory than the budget allows.

    That is what inference needs besides the weights, for one sample, layer by layer.
    """
    yield from overrun(expense, "peak-memory")
