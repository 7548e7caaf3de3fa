"""SHC103: a value could not be followed."""

from __future__ import annotations

from shapecalc.checks.check import Finding, check
from shapecalc.diagnostics import Severity
from shapecalc.graph.program import Gap


@check(
    "SHC103",
    "unknown-value",
    Severity.INFO,
    explains="unknown",
    bad=[
        """
        import os
        import keras
        from keras import layers

        padding = os.environ["PADDING"]  # SHC103
        stack = [keras.Input((9, 9, 1)), layers.Conv2D(4, 3, padding=padding)]
        model = keras.Sequential(stack)
        """
    ],
    good=[
        """
        import keras
        from keras import layers

        padding = "same"
        stack = [keras.Input((9, 9, 1)), layers.Conv2D(4, 3, padding=padding)]
        model = keras.Sequential(stack)
        """
    ],
)
def unknown_value(gap: Gap) -> Finding:
    """A value that a model depends on could not be followed.

    It comes from outside the program, from code that is not at hand, or from a computation that is
    not modelled. What depends on it is unknown and marked as such; everything else is still
    computed. It is no fault of the program.
    """
    return Finding(f"not known: {gap.reason}")
