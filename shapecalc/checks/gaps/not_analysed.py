"""SHC106: a file builds models, and none of them could be followed."""

from __future__ import annotations

from shapecalc.checks.check import Finding, check
from shapecalc.diagnostics import Severity
from shapecalc.graph.program import Gap


@check(
    "SHC106",
    "not-analysed",
    Severity.WARNING,
    explains="nothing-followed",
    bad=[
        """
        import keras
        from my_models import build

        inputs, outputs = build(32)  # SHC106
        model = keras.Model(inputs, outputs)
        """
    ],
    good=[
        """
        import keras
        from keras import layers

        def build(size):
            inputs = keras.Input((size,))
            return inputs, layers.Dense(10)(inputs)

        inputs, outputs = build(32)
        model = keras.Model(inputs, outputs)
        """
    ],
)
def not_analysed(gap: Gap) -> Finding:
    """The file seems to build a model, and no model in it could be followed.

    So nothing in it was checked, which is not the same as being free of faults. The notes say
    what stood in the way.
    """
    return Finding(
        f"no model in this file could be followed: {gap.reason}",
        help="it was not checked; that is no all-clear",
    )
