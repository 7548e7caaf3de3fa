"""SHC212: a required argument is not given."""

from __future__ import annotations

from shapecalc.checks.check import Finding, check
from shapecalc.checks.earlier import advice_on_missing
from shapecalc.checks.fault import Fault
from shapecalc.diagnostics import Severity
from shapecalc.rules.refusal import MissingArgument


@check(
    "SHC212",
    "missing-argument",
    Severity.ERROR,
    explains=MissingArgument,
    bad=[
        """
        import keras
        from keras import layers

        layer = layers.Conv2D(32)  # SHC212
        """
    ],
    good=[
        """
        import keras
        from keras import layers

        layer = layers.Conv2D(32, 3)
        """
    ],
)
def missing_argument(fault: Fault) -> Finding:
    """A layer is made without an argument that it needs.

    Arguments without a default must be given, by their place or by their name.
    """
    advice = fault.refusal.help
    rule = fault.rule
    if advice is None and rule is not None:
        advice = advice_on_missing(rule.__name__, fault.refusal.argument or "")
    if advice is None and rule is not None:
        needed = [name for name, argument in rule.arguments.items() if argument.required]
        advice = f"write {rule.__name__}({', '.join(needed)})"
    return Finding(fault.refusal.message, (), advice)
