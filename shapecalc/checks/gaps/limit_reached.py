"""SHC104: the analysis stopped at one of its bounds."""

from __future__ import annotations

from shapecalc.checks.check import Finding, check
from shapecalc.diagnostics import Severity
from shapecalc.graph.program import Gap


@check(
    "SHC104",
    "limit-reached",
    Severity.WARNING,
    explains="limit",
)
def limit_reached(gap: Gap) -> Finding:
    """The analysis reached one of its bounds and did not follow the program further.

    shapecalc follows a program for a bounded number of steps, so that it always answers. What
    comes after the bound was not analysed: there may be faults that are not reported.
    """
    return Finding(gap.reason, help="what comes after this place was not analysed")
