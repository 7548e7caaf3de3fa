"""Findings as data for other tools."""

from __future__ import annotations

from shapecalc.reports.data import as_json, diagnostic_data
from shapecalc.reports.report import FileReport, Report, Style, rows_of


def render(report: Report, style: Style) -> str:  # noqa: ARG001 - no style here
    """The diagnostics and the coverage of each file, and what a baseline holds back."""
    files = [_file(file) for file in report.files]
    held = report.held_back
    if held is None:
        return as_json(files)
    stale = [finding._asdict() for finding in held.stale]
    return as_json(files, baseline={"path": held.path, "held_back": held.known, "stale": stale})


def _file(file: FileReport) -> dict[str, object]:
    states = [row.state for row in rows_of(file)]
    return {
        "path": file.path,
        "diagnostics": [diagnostic_data(d) for d in file.diagnostics],
        "coverage": {
            "layers": len(states),
            "exact": states.count("exact"),
            "symbolic": states.count("symbolic"),
            "unknown": states.count("unknown"),
        },
        "not_analysed": file.unanalysed,
    }
