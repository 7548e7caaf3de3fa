"""Findings as data for other tools."""

from __future__ import annotations

from shapecalc.reports.data import as_json, coverage_data, diagnostic_data, held_back_data
from shapecalc.reports.report import FileReport, Report, Style


def render(report: Report, style: Style) -> str:  # noqa: ARG001 - no style here
    """The diagnostics and the coverage of each file, and what a baseline holds back."""
    return as_json([_file(file) for file in report.files], **held_back_data(report))


def _file(file: FileReport) -> dict[str, object]:
    return {
        "path": file.path,
        "diagnostics": [diagnostic_data(d) for d in file.diagnostics],
        "coverage": coverage_data([file]),
        "not_analysed": file.unanalysed,
    }
