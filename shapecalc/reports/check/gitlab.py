"""Code Quality reports, which GitLab shows in a merge request.

The format has no place for coverage: the command tells that on the standard error. A finding in
a notebook is placed at its first line, and says its cell and line in words.
"""

from __future__ import annotations

import json
from typing import Any

from shapecalc.diagnostics import Diagnostic
from shapecalc.reports.locations import cell_of, file_span, fingerprints, relative_path
from shapecalc.reports.report import Report, Style
from shapecalc.source import sanitize

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def render(report: Report, style: Style) -> str:  # noqa: ARG001 - no style here
    """A list with an entry for each finding."""
    entries = [
        _entry(diagnostic, fingerprint)
        for file in report.files
        for diagnostic, fingerprint in zip(file.diagnostics, fingerprints(file), strict=True)
    ]
    return json.dumps(entries, indent=2) + "\n"


def _entry(diagnostic: Diagnostic, fingerprint: str) -> dict[str, Any]:
    span = file_span(diagnostic)
    return {
        "description": sanitize(f"{cell_of(diagnostic)}{diagnostic.message}"),
        "check_name": diagnostic.code.id,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[diagnostic.severity.value],
        "location": {
            "path": sanitize(relative_path(diagnostic.path) or diagnostic.path),
            "positions": {
                "begin": {"line": span.line, "column": span.column},
                "end": {"line": span.end_line, "column": span.end_column},
            },
        },
    }
