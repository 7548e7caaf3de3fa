"""Workflow commands that show findings on the lines of a pull request.

A finding in a notebook is shown at its first line, and says its cell and line in words.
"""

from __future__ import annotations

from shapecalc.diagnostics import Diagnostic
from shapecalc.reports.check.full import told_note
from shapecalc.reports.coverage import coverage_lines
from shapecalc.reports.locations import cell_of, file_span
from shapecalc.reports.report import Report, Style
from shapecalc.source import sanitize

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def render(report: Report, style: Style) -> str:
    """One command a finding, and the coverage as a plain line of the log."""
    lines = [_command(d) for d in report.diagnostics]
    lines += [] if style.quiet else coverage_lines(report)
    return "".join(f"{line}\n" for line in lines)


def _command(diagnostic: Diagnostic) -> str:
    code, span = diagnostic.code, file_span(diagnostic)
    properties = {
        "file": diagnostic.path,
        "line": span.line,
        "col": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
        "title": f"{code.id} {code.name}",
    }
    told = [cell_of(diagnostic) + diagnostic.message, *map(told_note, diagnostic.notes)]
    if diagnostic.help is not None:
        told.append(f"help: {diagnostic.help}")
    listed = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{_COMMANDS[diagnostic.severity.value]} {listed}::{_data(told)}"


def _data(lines: list[str]) -> str:
    return "%0A".join(sanitize(line).replace("%", "%25") for line in lines)


def _property(text: str) -> str:
    return sanitize(text).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
