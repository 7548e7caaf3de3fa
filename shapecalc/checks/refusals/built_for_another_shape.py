"""SHC205: a layer that has its weights is used on an input they do not fit."""

from __future__ import annotations

from shapecalc.checks.check import Finding, check
from shapecalc.checks.fault import Fault, place_of, shown
from shapecalc.checks.history import maker
from shapecalc.diagnostics import Note, Severity
from shapecalc.graph.model import Network
from shapecalc.rules.refusal import BuiltForAnother


@check(
    "SHC205",
    "built-for-another-shape",
    Severity.ERROR,
    explains=BuiltForAnother,
    bad=[
        """
        import keras
        from keras import layers

        shared = layers.Dense(16)
        first = shared(keras.Input((8,)))
        second = shared(keras.Input((12,)))  # SHC205
        """
    ],
    good=[
        """
        import keras
        from keras import layers

        shared = layers.Dense(16)
        first = shared(keras.Input((8,)))
        second = shared(keras.Input((8,)))
        """
    ],
)
def built_for_another_shape(fault: Fault) -> Finding:
    """A layer or model is used again on an input that its weights do not fit.

    A layer gets its weights when it is first called. Calling it once more shares them, which
    needs an input of the same size along the axes they belong to. For weights of its own, make
    a second layer. A model that is called on one sample lacks the batch axis.
    """
    message: str = fault.refusal.message
    notes = []
    layer = fault.layer
    built = layer.__dict__.get("inbound", []) if layer is not None else []
    if built and built[0] is not fault.call and built[0].inputs:
        shape = shown(built[0].inputs[0].shape)
        notes.append(Note(f"it was first called on {shape}", place_of(built[0])))
    notes += [
        Note(f"here its input {shown(t.shape)} comes from {maker(t)}", place_of(t.call))
        for t in fault.inputs
        if t.call is not None
    ]
    # A model says itself what it takes; another one would take that too.
    advice = "make a second layer if the weights need not be shared"
    return Finding(message, tuple(notes), None if isinstance(layer, Network) else advice)
