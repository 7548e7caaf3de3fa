"""What one file alone cannot say of its suppression comments, settled by all that are checked."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from shapecalc.diagnostics import Diagnostic
from shapecalc.reports.report import FileReport
from shapecalc.source import Span

IsImported = Callable[[str, frozenset[str]], bool]


def settle(reports: Sequence[FileReport], is_imported: IsImported | None) -> list[FileReport]:
    """Reports whose findings on comments hold with all that is known of each other.

    Args:
        reports: a report a file.
        is_imported: says of a file whether one that is not among the given ones (by their paths
            without links) may import it; None where that is not known.
    """
    if not any(report.unconfirmed or report.needs for report in reports):
        return list(reports)
    needed: dict[str, set[Span | None]] = {}
    for report in reports:
        for path, span in report.needs:
            needed.setdefault(path, set()).add(span)
    checked = frozenset(os.path.realpath(report.path) for report in reports)
    settled = []
    for report in reports:
        needs = needed.get(os.path.realpath(report.path), set())
        confirmed: tuple[Diagnostic, ...] = ()
        if report.unconfirmed and None not in needs and is_imported is not None:
            confirmed = () if is_imported(report.path, checked) else report.unconfirmed
        if confirmed or needs:
            found = _without([*report.diagnostics, *confirmed], needs)
            report = report.with_findings(sorted(found, key=lambda d: d.sort_key))
        settled.append(report)
    return settled


def _without(found: list[Diagnostic], needs: set[Span | None]) -> list[Diagnostic]:
    """Findings without those on comments that are needed; no fix takes such a comment out."""
    dropped = [d for d in found if d.code.id == "SHC901" and d.span in needs]
    kept_whole = {d.fix for d in dropped if d.fix is not None}
    return [
        d._replace(fix=None) if d.fix in kept_whole and d.code.id.startswith("SHC9") else d
        for d in found
        if d not in dropped
    ]
