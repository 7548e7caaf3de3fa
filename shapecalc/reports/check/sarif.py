"""SARIF 2.1.0, which GitHub's code scanning and many editors read.

It has no notebook cells: a finding in one is placed at the beginning of the file, its message
begins with the cell and the line, and its properties have both as numbers.
"""

from __future__ import annotations

import json
import os
from typing import Any
from urllib.parse import quote

from shapecalc import __version__
from shapecalc.diagnostics import Code, Diagnostic, Fix, Note
from shapecalc.reports.coverage import coverage_lines
from shapecalc.reports.locations import cell_of, file_span, fingerprints, relative_path
from shapecalc.reports.report import FileReport, Report, Style
from shapecalc.source import Span, sanitize

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
FINGERPRINT = "shapecalc/v1"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}

_Data = dict[str, Any]


def render(report: Report, style: Style) -> str:
    """One run, with the rules that have findings."""
    codes = {d.code.id: d.code for d in report.diagnostics}
    rules = [codes[id] for id in sorted(codes)]
    places = {code.id: index for index, code in enumerate(rules)}
    run = {
        "tool": {
            "driver": {
                "name": "shapecalc",
                "version": __version__,
                "semanticVersion": __version__,
                **_home(),
                "rules": [_rule(code, style) for code in rules],
            }
        },
        "invocations": [
            {
                "executionSuccessful": not report.unreadable,
                "toolExecutionNotifications": _notifications(report),
            }
        ],
        "results": [
            _result(diagnostic, places[diagnostic.code.id], fingerprint)
            for file in report.files
            for diagnostic, fingerprint in zip(file.diagnostics, fingerprints(file), strict=True)
        ],
        "columnKind": "unicodeCodePoints",
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _home() -> _Data:
    """Where the tool is described, if its metadata says so."""
    from importlib.metadata import PackageNotFoundError, metadata

    try:
        urls = metadata("shapecalc").get_all("Project-URL") or []
    except PackageNotFoundError:  # run from a checkout
        return {}
    named = [url.partition(", ")[2] for url in urls]
    return {"informationUri": named[0]} if named else {}


def _rule(code: Code, style: Style) -> _Data:
    explained = style.explain(code.id) if style.explain is not None else None
    why, markdown = explained or (f"{code.summary}.", f"{code.summary}.")
    return {
        "id": code.id,
        "name": "".join(word.capitalize() for word in code.name.split("-")),
        "shortDescription": {"text": f"{code.summary}."},
        "fullDescription": {"text": why},
        "help": {"text": f"{code.summary}.\n\n{why}", "markdown": markdown},
        "defaultConfiguration": {"level": _LEVELS[code.severity.value]},
        "properties": {"tags": ["keras"], "problem.severity": _problem(code), "name": code.name},
    }


def _problem(code: Code) -> str:
    """The word that code scanning sorts by."""
    return {"info": "recommendation"}.get(code.severity.value, code.severity.value)


def _notifications(report: Report) -> list[_Data]:
    """What was not analysed and why, then the coverage of what was."""
    missing = [_notification(file) for file in report.files if file.unanalysed is not None]
    lines = [line for line in coverage_lines(report) if not line.startswith("not analysed: ")]
    return missing + [{"level": "note", "message": _message(line)} for line in lines]


def _notification(file: FileReport) -> _Data:
    return {
        "level": "error" if file.unreadable else "warning",
        "message": _message(f"not analysed: {file.unanalysed}"),
        "locations": [{"physicalLocation": {"artifactLocation": _artifact(file.path)}}],
    }


def _result(diagnostic: Diagnostic, rule_index: int, fingerprint: str) -> _Data:
    text = cell_of(diagnostic) + diagnostic.message
    if diagnostic.help is not None:
        text += f"; {diagnostic.help}"
    result: _Data = {
        "ruleId": diagnostic.code.id,
        "ruleIndex": rule_index,
        "level": _LEVELS[diagnostic.severity.value],
        "message": _message(text),
        "locations": [_location(diagnostic.path, file_span(diagnostic))],
        "partialFingerprints": {FINGERPRINT: fingerprint},
    }
    related = [
        {"id": id, **_related(diagnostic, note, note.span)}
        for id, note in enumerate((n for n in diagnostic.notes if n.span is not None), start=1)
        if note.span is not None
    ]
    if related:
        result["relatedLocations"] = related
    properties = _properties(diagnostic)
    if properties:
        result["properties"] = properties
    if diagnostic.fix is not None:
        result["fixes"] = [_fix(diagnostic.path, diagnostic.fix)]
    return result


def _related(diagnostic: Diagnostic, note: Note, span: Span) -> _Data:
    at = diagnostic._replace(span=span)
    location = _location(note.path or diagnostic.path, file_span(at))
    return {**location, "message": _message(cell_of(at) + note.message)}


def _properties(diagnostic: Diagnostic) -> _Data:
    """What has no place of its own in SARIF."""
    span = diagnostic.span
    told = {
        "notes": [sanitize(n.message) for n in diagnostic.notes if n.span is None] or None,
        "function": diagnostic.function and sanitize(diagnostic.function),
        "condition": diagnostic.condition and sanitize(diagnostic.condition),
        "cell": span.cell,
        "cellLine": span.line if span.cell is not None else None,
    }
    return {key: value for key, value in told.items() if value is not None}


def _fix(path: str, fix: Fix) -> _Data:
    replacements = [
        {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.replacement}}
        for edit in fix.edits
    ]
    change = {"artifactLocation": _artifact(path), "replacements": replacements}
    return {
        "description": _message(fix.message),
        "artifactChanges": [change],
        "properties": {"applicability": fix.applicability},
    }


def _message(text: str) -> _Data:
    # `[words](1)` would be a link.
    return {"text": sanitize(text).replace("](", "] (")}


def _location(path: str, span: Span) -> _Data:
    return {"physicalLocation": {"artifactLocation": _artifact(path), "region": _region(span)}}


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _artifact(path: str) -> dict[str, str]:
    """A file below the working folder, which stands for the root of the sources; or any other."""
    relative = relative_path(path)
    if relative is None:
        absolute = os.path.abspath(path).replace(os.sep, "/")
        return {"uri": "file://" + _quoted("/" + absolute.lstrip("/"))}
    return {"uri": _quoted(relative), "uriBaseId": "%SRCROOT%"}


def _quoted(path: str) -> str:
    return quote(path.encode("utf-8", "surrogateescape"))
