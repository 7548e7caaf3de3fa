"""SHC211: a keyword that the layer does not take."""

from __future__ import annotations

from shapecalc.checks.check import Finding, check
from shapecalc.checks.fault import Fault
from shapecalc.checks.spelling import keyword_fix
from shapecalc.diagnostics import Severity
from shapecalc.rules.refusal import UnknownArgument


@check(
    "SHC211",
    "unknown-argument",
    Severity.ERROR,
    explains=UnknownArgument,
    bad=[
        """
        import keras
        from keras import layers

        layer = layers.Conv2D(32, kernal_size=3)  # SHC211
        """
    ],
    good=[
        """
        import keras
        from keras import layers

        layer = layers.Conv2D(32, kernel_size=3)
        """
    ],
)
def unknown_argument(fault: Fault) -> Finding:
    """A layer is given an argument that it does not take.

    Keras refuses to make a layer with a keyword that it does not know: it is misspelt, belongs to
    another layer, or comes from another version of Keras.
    """
    advice = _of_earlier_keras(fault)
    if advice is not None:
        return Finding(fault.refusal.message, (), advice)
    advice = fault.refusal.help
    if advice is None and fault.rule is not None:
        advice = f"it takes {', '.join(fault.rule.arguments)}" if fault.rule.arguments else None
    return Finding(fault.refusal.message, (), advice, fix=keyword_fix(fault))


def _of_earlier_keras(fault: Fault) -> str | None:
    """What to write instead of an argument that an earlier Keras took."""
    if fault.rule is None or fault.refusal.argument is None:
        return None
    from shapecalc.checks.earlier import advice_on_argument

    return advice_on_argument(fault.rule.__name__, fault.refusal.argument)
