"""SHC221: too few or too many inputs, or something that is no tensor."""

from __future__ import annotations

from shapecalc.checks.check import Finding, check
from shapecalc.checks.fault import Fault, shown
from shapecalc.checks.history import maker, origin
from shapecalc.diagnostics import Note, Severity
from shapecalc.rules.refusal import WrongInputs


@check(
    "SHC221",
    "wrong-inputs",
    Severity.ERROR,
    explains=WrongInputs,
    bad=[
        """
        import keras
        from keras import layers

        a = keras.Input((8,))
        b = keras.Input((8,))
        x = layers.Dense(4)([a, b])  # SHC221
        """
    ],
    good=[
        """
        import keras
        from keras import layers

        a = keras.Input((8,))
        b = keras.Input((8,))
        x = layers.Dense(4)(layers.Concatenate()([a, b]))
        """
    ],
)
def wrong_inputs(fault: Fault) -> Finding:
    """A layer or model is called on the wrong number of inputs, or on something that is no tensor.

    Most layers take one tensor; merging layers take a list of at least two; a model takes as many
    as it has inputs.
    """
    message: str = fault.refusal.message
    notes: tuple[Note, ...] = ()
    if len(fault.inputs) > 1:
        notes = tuple(
            Note(f"input {i}: {shown(t.shape)} from {maker(t)}", origin(t))
            for i, t in enumerate(fault.inputs, 1)
        )
    advice = fault.refusal.help
    if advice is None and len(fault.inputs) > 1 and fault.rule is not None and fault.rule.takes:
        advice = "join the tensors first, with Concatenate() or Add()"
    return Finding(message, notes, advice)
