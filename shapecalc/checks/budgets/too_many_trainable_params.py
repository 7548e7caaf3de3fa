"""SHC502: a model has more trainable params than its budget allows."""

from __future__ import annotations

from collections.abc import Iterator

from shapecalc.checks.check import Finding, check
from shapecalc.checks.overrun import overrun
from shapecalc.diagnostics import Severity
from shapecalc.graph.budget import Expense


@check(
    "SHC502",
    "too-many-trainable-params",
    Severity.ERROR,
    examines=Expense,
    budget={"trainable-params": "1_000"},
    bad=[
        """
        import keras

        model = keras.Sequential([  # SHC502
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
def too_many_trainable_params(expense: Expense) -> Iterator[Finding]:
    """A model has more trainable params than its budget allows.

    Each trainable param costs a gradient and the slots of the optimizer. In transfer learning,
    more of them than meant is the sign of a base that was not frozen.
    """
    yield from overrun(expense, "trainable-params")
