"""SHC102: the file could not be read."""

from __future__ import annotations

from shapecalc.checks.check import Finding, check
from shapecalc.diagnostics import Severity
from shapecalc.graph.program import Gap


@check("SHC102", "unreadable-source", Severity.ERROR, explains="unreadable")
def unreadable_source(gap: Gap) -> Finding:
    """The file could not be read.

    It is missing, no regular file, too large, or not text in the encoding that it declares (UTF-8
    where it declares none). There is no example, since it would be no text.
    """
    return Finding(f"cannot be read: {gap.reason}")
