"""SHC222: a model is used before its input shape is known."""

from __future__ import annotations

from shapecalc.checks.check import Finding, check
from shapecalc.checks.fault import Fault
from shapecalc.diagnostics import Severity
from shapecalc.rules.refusal import MissingInput


@check(
    "SHC222",
    "missing-input-shape",
    Severity.ERROR,
    explains=MissingInput,
    bad=[
        """
        import keras
        from keras import layers

        model = keras.Sequential([layers.Flatten(), layers.Dense(2)])
        print(model.count_params())  # SHC222
        """
    ],
    good=[
        """
        import keras
        from keras import layers

        model = keras.Sequential([keras.Input((28, 28)), layers.Flatten(), layers.Dense(2)])
        print(model.count_params())
        """
    ],
)
def missing_input_shape(fault: Fault) -> Finding:
    """A model is used in a way that needs its input shape, which it does not have yet.

    A `Sequential` model that does not begin with an `Input` has no shapes and no weights until it
    is called on data: before that it has no outputs to take and no parameters to count.
    """
    advice = fault.refusal.help or "begin the model with keras.Input(shape)"
    return Finding(fault.refusal.message, (), advice)
