"""SHC206: a reshape to another number of elements."""

from __future__ import annotations

from shapecalc.checks.check import Finding, check
from shapecalc.checks.fault import Fault, place_of, shown
from shapecalc.checks.history import maker
from shapecalc.diagnostics import Note, Severity
from shapecalc.dims import product, show
from shapecalc.rules.refusal import DoesNotFit
from shapecalc.rules.unknown import Unranked


@check(
    "SHC206",
    "reshape-size-mismatch",
    Severity.ERROR,
    explains=DoesNotFit,
    bad=[
        """
        import keras
        from keras import layers

        model = keras.Sequential([
            keras.Input((784,)),
            layers.Reshape((28, 29)),  # SHC206
        ])
        """
    ],
    good=[
        """
        import keras
        from keras import layers

        model = keras.Sequential([
            keras.Input((784,)),
            layers.Reshape((28, 28)),
        ])
        """
    ],
)
def reshape_size_mismatch(fault: Fault) -> Finding:
    """A tensor is reshaped to another number of elements.

    Reshaping arranges the same elements anew, so the products of the old and the new axes must
    be equal. One axis may be -1: it takes what the others leave, which they must divide.
    """
    notes = []
    for tensor in fault.inputs[:1]:
        if tensor.call is None or isinstance(tensor.shape, Unranked):
            continue
        axes = tensor.shape[1:]
        count = " × ".join(show(d) for d in axes)
        if len(axes) > 1:
            count += f" = {show(product(axes))}"
        words = f"{shown(tensor.shape)} from {maker(tensor)} holds {count} elements for each sample"
        notes.append(Note(words, place_of(tensor.call)))
    message = f"{fault.who}: {fault.refusal.message}"
    advice = "let one axis be -1, which takes what the others leave"
    return Finding(message, tuple(notes), fault.refusal.help or advice)
