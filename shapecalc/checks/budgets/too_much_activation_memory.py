"""SHC506: the tensors between layers take more memory than the budget allows."""

from __future__ import annotations

from collections.abc import Iterator

from shapecalc.checks.check import Finding, check
from shapecalc.checks.overrun import overrun
from shapecalc.diagnostics import Severity
from shapecalc.graph.budget import Expense


@check(
    "SHC506",
    "too-much-activation-memory",
    Severity.ERROR,
    examines=Expense,
    budget={"activation-memory": "400B"},
    bad=[
        """
        import keras

        model = keras.Sequential([  # SHC506
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
def too_much_activation_memory(expense: Expense) -> Iterator[Finding]:
    """The tensors between layers take more memory than the budget allows.

    They are counted once each, for one sample. Training holds them all for the way back.
    """
    yield from overrun(expense, "activation-memory")
