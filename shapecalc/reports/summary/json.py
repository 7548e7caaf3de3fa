"""Models as data for other tools."""

from __future__ import annotations

from shapecalc.reports.data import as_json, file_data
from shapecalc.reports.report import Report, Style


def render(report: Report, style: Style) -> str:  # noqa: ARG001 - no style here
    """Each file with its models and diagnostics."""
    return as_json([file_data(file) for file in report.files])
