"""SHC204: a weight would need the length of an axis that is None."""

from __future__ import annotations

from shapecalc.checks.check import Finding, check
from shapecalc.checks.fault import Fault, ancestors, named, on_line, place_of, rank_of
from shapecalc.diagnostics import Note, Severity
from shapecalc.graph.summary import class_name
from shapecalc.layers.input import is_input
from shapecalc.rules.refusal import Undefined, show_shape
from shapecalc.rules.unknown import Unranked


@check(
    "SHC204",
    "undefined-axis",
    Severity.ERROR,
    explains=Undefined,
    bad=[
        """
        import keras
        from keras import layers

        model = keras.Sequential([
            keras.Input((None, None, 3)),
            layers.Conv2D(16, 3),
            layers.Flatten(),
            layers.Dense(10),  # SHC204
        ])
        """
    ],
    good=[
        """
        import keras
        from keras import layers

        model = keras.Sequential([
            keras.Input((None, None, 3)),
            layers.Conv2D(16, 3),
            layers.GlobalAveragePooling2D(),
            layers.Dense(10),
        ])
        """
    ],
)
def undefined_axis(fault: Fault) -> Finding:
    """A weight needs the length of an axis that is None.

    The size of a weight is fixed when the layer is built, so the axis that it is multiplied with
    must have a known length. An input of any size (`None`) is fine for convolutions, but after
    `Flatten` its length is unknown and a `Dense` layer cannot have a kernel. Pool over the open
    axes, or give the input a fixed size.
    """
    refusal: Undefined = fault.refusal
    axis = refusal.axis % len(refusal.shape)
    message = (
        f"{fault.who} needs the length of axis {axis} of its input for a weight, "
        f"but in {show_shape(refusal.shape)} it is None"
    )
    return Finding(message, tuple(_origins(fault)), _advice(fault))


def _origins(fault: Fault) -> list[Note]:
    notes = []
    calls = [call for tensor in fault.inputs[:1] for call in ancestors(tensor)]
    for call in reversed(calls):
        shape = call.outputs[0].shape
        if isinstance(shape, Unranked):
            continue
        if is_input(call.layer):
            words = f"{named(call.layer)} is declared as {show_shape(shape)}"
            notes.append(Note(words, place_of(call)))
        elif class_name(call.layer) in ("Flatten", "Reshape"):
            words = f"{named(call.layer)} makes it {show_shape(shape)}"
            notes.append(Note(words, place_of(call)))
    return notes


def _advice(fault: Fault) -> str:
    fixed = "give the input a fixed size"
    for call in ancestors(fault.inputs[0]) if fault.inputs else ():
        if class_name(call.layer) == "Flatten" and call.inputs:
            rank = rank_of(call.inputs[0])
            if rank in (3, 4, 5):
                pool = f"GlobalAveragePooling{rank - 2}D()"
                place = on_line(place_of(call))
                return f"use {pool} instead of {named(call.layer)}{place}, or {fixed}"
    return fixed
