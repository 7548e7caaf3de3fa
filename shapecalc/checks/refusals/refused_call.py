"""SHC200: a call that Keras refuses for a reason that has no code of its own."""

from __future__ import annotations

from shapecalc.checks.check import Finding, check
from shapecalc.checks.fault import Fault
from shapecalc.diagnostics import Severity
from shapecalc.rules.refusal import Refusal


@check("SHC200", "refused-call", Severity.ERROR, explains=Refusal)
def refused_call(fault: Fault) -> Finding:
    """Keras refuses a call, for a reason that has no code of its own.

    The message says what is wrong. There is no example, because each kind of fault that is known
    today has a code of its own; this one is there so that none is ever passed over.
    """
    return Finding(f"{fault.who}: {fault.refusal.message}", (), fault.refusal.help)
