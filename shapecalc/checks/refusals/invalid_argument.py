"""SHC213: an argument's value is none that the layer takes."""

from __future__ import annotations

from shapecalc.checks.check import Finding, check
from shapecalc.checks.fault import Fault
from shapecalc.checks.spelling import word_fix
from shapecalc.diagnostics import Severity
from shapecalc.rules.refusal import InvalidArgument
from shapecalc.wording import closest


@check(
    "SHC213",
    "invalid-argument",
    Severity.ERROR,
    explains=InvalidArgument,
    bad=[
        """
        import keras
        from keras import layers

        layer = layers.Dense(0)  # SHC213
        """,
        """
        import keras
        from keras import layers

        layer = layers.Conv2D(32, 3, activation="rellu")  # SHC213
        """,
    ],
    good=[
        """
        import keras
        from keras import layers

        layer = layers.Dense(1)
        """,
        """
        import keras
        from keras import layers

        layer = layers.Conv2D(32, 3, activation="relu")
        """,
    ],
)
def invalid_argument(fault: Fault) -> Finding:
    """An argument has a value that the layer does not accept.

    Sizes are positive whole numbers, a window has one number or one for each spatial axis, and
    words such as `padding="same"` and the names of activations are fixed.
    """
    message = f"{fault.who}: {fault.refusal.message}"
    misspelt = _misspelt(fault)
    if misspelt is None:
        return Finding(message, (), fault.refusal.help)
    word, meant = misspelt
    advice = fault.refusal.help or f'did you mean "{meant}"?'
    return Finding(message, (), advice, fix=word_fix(fault, word, meant))


def _misspelt(fault: Fault) -> tuple[str, str] | None:
    """The word that is given and the one that was probably meant, where words are taken."""
    rule = fault.rule
    argument = rule.arguments.get(fault.refusal.argument or "") if rule is not None else None
    words = getattr(argument, "names", None) or getattr(argument, "options", None)
    given = str(fault.refusal.message).rpartition("got ")[2]
    if not words or not given.startswith("'"):
        return None
    word = given.strip("'")
    near = closest(word, [word for word in words if isinstance(word, str)])
    return (word, near) if near else None
