"""SHC224: a layer's name that is misspelt."""

from __future__ import annotations

from shapecalc.checks.check import Finding, check
from shapecalc.checks.fault import Fault
from shapecalc.diagnostics import Severity
from shapecalc.rules.refusal import NoSuchLayer


@check(
    "SHC224",
    "no-such-layer",
    Severity.ERROR,
    explains=NoSuchLayer,
    bad=[
        """
        import keras
        from keras import layers

        model = keras.Sequential([
            keras.Input((28, 28, 1)),
            layers.Conv2d(16, 3),  # SHC224
        ])
        """,
        """
        import keras
        from keras import layers

        model = keras.Sequential([keras.Input((28, 28)), layers.Flaten()])  # SHC224
        """,
    ],
    good=[
        """
        import keras
        from keras import layers

        model = keras.Sequential([
            keras.Input((28, 28, 1)),
            layers.Conv2D(16, 3),
        ])
        """
    ],
)
def no_such_layer(fault: Fault) -> Finding:
    """A layer's name has other capitals than Keras gives it, or differs in a letter or two.

    The names of Keras's layers begin with a capital and end in 1D, 2D or 3D; PyTorch writes
    `Conv2d`. A name that is like none of Keras's is not held to be wrong: it may be one of
    another version.
    """
    return Finding(fault.refusal.message, (), fault.refusal.help)
