"""SHC207: a size that must be a multiple of another is not."""

from __future__ import annotations

from shapecalc.checks.check import Finding, check
from shapecalc.checks.fault import Fault, place_of, shown
from shapecalc.checks.history import maker
from shapecalc.diagnostics import Note, Severity
from shapecalc.rules.refusal import Indivisible


@check(
    "SHC207",
    "not-divisible",
    Severity.ERROR,
    explains=Indivisible,
    bad=[
        """
        import keras
        from keras import layers

        inputs = keras.Input((32, 32, 10))
        x = layers.Conv2D(24, 3, groups=4)(inputs)  # SHC207
        """
    ],
    good=[
        """
        import keras
        from keras import layers

        inputs = keras.Input((32, 32, 12))
        x = layers.Conv2D(24, 3, groups=4)(inputs)
        """
    ],
)
def not_divisible(fault: Fault) -> Finding:
    """A size is not the multiple of another that it must be.

    A convolution with `groups` parts its channels and its filters into groups of equal size, and
    other layers part an axis likewise. What is parted must be divisible by the number of parts.
    """
    notes = [
        Note(f"the input {shown(t.shape)} comes from {maker(t)}", place_of(t.call))
        for t in fault.inputs
        if t.call is not None
    ]
    return Finding(f"{fault.who}: {fault.refusal.message}", tuple(notes), fault.refusal.help)
