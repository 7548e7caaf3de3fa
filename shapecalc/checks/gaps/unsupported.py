"""SHC105: a construct or a layer that is not modelled."""

from __future__ import annotations

from shapecalc.checks.check import Finding, check
from shapecalc.diagnostics import Severity
from shapecalc.graph.program import Gap


@check(
    "SHC105",
    "unsupported",
    Severity.INFO,
    explains="unsupported",
    bad=[
        """
        import keras
        from keras import layers

        model = keras.Sequential([
            keras.Input((4,)),
            layers.Dense(8),
            layers.LayerOfNextYear(8),  # SHC105
        ])
        """
    ],
    good=[
        """
        import keras
        from keras import layers

        model = keras.Sequential([
            keras.Input((4,)),
            layers.Dense(8),
            layers.LayerNormalization(),
        ])
        """
    ],
)
def unsupported(gap: Gap) -> Finding:
    """A layer or a construct has no rule, so its result is unknown.

    What follows from it is marked as unknown, never guessed. `shapecalc layers` lists the layers
    that have a rule.
    """
    return Finding(f"not supported: {gap.reason}")
