"""SHC208: an axis argument names no axis of the input."""

from __future__ import annotations

from shapecalc.checks.check import Finding, check
from shapecalc.checks.fault import Fault, place_of, rank_of, shown
from shapecalc.checks.history import maker
from shapecalc.diagnostics import Note, Severity
from shapecalc.rules.refusal import AxisOutOfRange


@check(
    "SHC208",
    "axis-out-of-range",
    Severity.ERROR,
    explains=AxisOutOfRange,
    bad=[
        """
        import keras
        from keras import layers

        a = keras.Input((8, 4))
        b = keras.Input((8, 4))
        x = layers.Concatenate(axis=3)([a, b])  # SHC208
        """
    ],
    good=[
        """
        import keras
        from keras import layers

        a = keras.Input((8, 4))
        b = keras.Input((8, 4))
        x = layers.Concatenate(axis=2)([a, b])
        """
    ],
)
def axis_out_of_range(fault: Fault) -> Finding:
    """An `axis` argument names no axis of the input.

    Axes are counted from 0, which is the batch axis, or from the end with negative numbers: -1 is
    the last one.
    """
    notes, advice = [], fault.refusal.help
    for tensor in fault.inputs[:1]:
        if tensor.call is not None:
            words = f"the input {shown(tensor.shape)} comes from {maker(tensor)}"
            notes.append(Note(words, place_of(tensor.call)))
        rank = rank_of(tensor)
        if rank is not None:
            advice = advice or f"its axes are 0 (the batch) to {rank - 1}, or -{rank} to -1"
    message = f"{fault.who}: {fault.refusal.message}"
    return Finding(message, tuple(notes), advice, argument="axis")
