"""SHC225: the outputs of a layer are unpacked into another number of names."""

from __future__ import annotations

from shapecalc.checks.check import Finding, check
from shapecalc.checks.fault import Fault, named
from shapecalc.diagnostics import Severity
from shapecalc.rules.refusal import WrongOutputs


@check(
    "SHC225",
    "unpacked-outputs",
    Severity.ERROR,
    explains=WrongOutputs,
    bad=[
        """
        import keras
        from keras import layers

        inputs = keras.Input((20, 8))
        x, h, c = layers.Bidirectional(layers.LSTM(16, return_state=True))(inputs)  # SHC225
        """,
        """
        import keras
        from keras import layers

        inputs = keras.Input((20, 8))
        x, h, c = layers.LSTM(16)(inputs)  # SHC225
        """,
    ],
    good=[
        """
        import keras
        from keras import layers

        inputs = keras.Input((20, 8))
        x, h, c = layers.LSTM(16, return_state=True)(inputs)
        """,
        """
        import keras
        from keras import layers

        inputs = keras.Input((20, 8))
        x, *states = layers.Bidirectional(layers.LSTM(16, return_state=True))(inputs)
        """,
    ],
)
def unpacked_outputs(fault: Fault) -> Finding:
    """The outputs of a layer are unpacked into another number of names.

    Most layers give one tensor, which cannot be taken apart. A recurrent layer with
    `return_state=True` gives its states too: a GRU one, an LSTM two, a `Bidirectional` those of
    both ways.
    """
    layer = fault.layer
    who = named(layer) if layer is not None else fault.who
    return Finding(f"{who} {fault.refusal.message}", help=fault.refusal.help)
