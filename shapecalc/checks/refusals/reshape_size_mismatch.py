"""SHC206: a reshape to another number of elements."""

from __future__ import annotations

from shapecalc.checks.check import Finding, check
from shapecalc.checks.fault import Fault, place_of, shown
from shapecalc.checks.history import maker
from shapecalc.diagnostics import Note, Severity
from shapecalc.dims import product
from shapecalc.rules.refusal import DoesNotFit, show_shape


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
    notes = [
        Note(f"the input {shown(t.shape)} comes from {maker(t)}", place_of(t.call))
        for t in fault.inputs
        if t.call is not None
    ]
    message = f"{fault.who}: {fault.refusal.message}"
    return Finding(message, tuple(notes), fault.refusal.help or _with_a_rest(fault))


def _with_a_rest(fault: Fault) -> str | None:
    """The target with a -1 in the place of an axis, where that makes it fit."""
    target = getattr(fault.layer, "target_shape", None)
    shape = fault.inputs[0].shape if fault.inputs else None
    if not isinstance(target, tuple) or not isinstance(shape, tuple):
        return None
    units = product(shape[1:])
    if not isinstance(units, int) or not all(isinstance(n, int) and n > 0 for n in target):
        return None
    for place in reversed(range(len(target))):
        others = target[:place] + target[place + 1 :]
        if units % product(others) == 0:
            fitting = show_shape((*target[:place], -1, *target[place + 1 :]))
            return f"{fitting} would do: -1 takes what the other axes leave"
    return None
