"""A file's report as plain data, and back: what processes send and the cache keeps.

Models are left out: findings and coverage are all that `check` tells. Data may come from a file
that anybody can have written, so every value's type is looked at.
"""

from __future__ import annotations

from typing import Any, TypeVar

from shapecalc.diagnostics import Code, Diagnostic, Edit, Fix, Note, Severity
from shapecalc.frontends.files import read_file
from shapecalc.reports.report import Covered, FileReport, ModelCoverage
from shapecalc.source import SourceFile, Span, UnreadableSource

Data = dict[str, Any]
_Type = TypeVar("_Type")

_STATES = ("exact", "symbolic", "unknown")


class WrongData(ValueError):
    """Data that no report was made into."""


def data_of(report: FileReport) -> Data:
    """A report as dicts, lists, texts and numbers."""
    return {
        "path": report.path,
        "unanalysed": report.unanalysed,
        "unreadable": report.unreadable,
        "coverage": [
            [model.origin, [[row.class_name, row.span, row.state] for row in model.rows]]
            for model in report.coverage
        ],
        "diagnostics": [_diagnostic_data(d) for d in report.diagnostics],
        "unconfirmed": [_diagnostic_data(d) for d in report.unconfirmed],
        "needs": [list(need) for need in report.needs],
    }


def _diagnostic_data(diagnostic: Diagnostic) -> list[Any]:
    code = diagnostic.code
    return [
        [code.id, code.name, code.severity.value, code.summary],
        diagnostic.message,
        diagnostic.span,
        diagnostic.severity.value,
        [list(note) for note in diagnostic.notes],
        diagnostic.help,
        diagnostic.function,
        diagnostic.condition,
        diagnostic.path,
        diagnostic.fix,
        diagnostic.about,
    ]


def report_of(data: Data) -> FileReport:
    """The report that was made into data.

    Raises:
        WrongData: there was none.
    """
    try:
        path = _is(data["path"], str)
        diagnostics = [_diagnostic(d) for d in _is(data["diagnostics"], list)]
        unconfirmed = [_diagnostic(d) for d in _is(data["unconfirmed"], list)]
        return FileReport(
            path,
            _source(path) if any(d.path == path for d in [*diagnostics, *unconfirmed]) else None,
            diagnostics=diagnostics,
            coverage=[_coverage(model) for model in _is(data["coverage"], list)],
            unanalysed=_is(data["unanalysed"], str, None),
            unreadable=_is(data["unreadable"], bool),
            unconfirmed=unconfirmed,
            needs=[(_is(file, str), _span(span)) for file, span in _is(data["needs"], list)],
        )
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise WrongData(str(error)) from None


def _source(path: str) -> SourceFile | None:
    """The text that findings are shown in."""
    try:
        return read_file(path)
    except UnreadableSource:
        return None


def _is(value: Any, kind: type[_Type], *others: None) -> _Type:
    """The value, if it is of that type, or None where that is allowed."""
    if value is None and others:
        return None  # type: ignore[return-value]
    # A truth value is a number to Python, but not to us.
    if type(value) is not kind:
        raise WrongData(f"{type(value).__name__} is not {kind.__name__}")
    return value


def _diagnostic(data: Any) -> Diagnostic:
    code, message, span, severity, notes, help, function, condition, *rest = _is(data, list)
    path, fix, about = rest
    id, name, usual, summary = _is(code, list)
    place = _span(span)
    if place is None:
        raise WrongData("a finding without a place")
    return Diagnostic(
        Code(_is(id, str), _is(name, str), Severity(usual), _is(summary, str)),
        _is(message, str),
        place,
        Severity(severity),
        tuple(_note(note) for note in _is(notes, list)),
        _is(help, str, None),
        _is(function, str, None),
        _is(condition, str, None),
        _is(path, str),
        _fix(fix),
        _is(about, str, None),
    )


def _fix(data: Any) -> Fix | None:
    if data is None:
        return None
    message, edits, safe = data
    return Fix(_is(message, str), tuple(map(_edit, edits)), _is(safe, bool))


def _edit(data: Any) -> Edit:
    span, replacement = data
    place = _span(span)
    if place is None:
        raise WrongData("an edit without a place")
    return Edit(place, _is(replacement, str))


def _note(data: Any) -> Note:
    message, span, path = _is(data, list)
    return Note(_is(message, str), _span(span), _is(path, str, None))


def _span(data: Any) -> Span | None:
    if data is None:
        return None
    line, column, end_line, end_column, cell, path = data
    return Span(
        _is(line, int),
        _is(column, int),
        _is(end_line, int),
        _is(end_column, int),
        _is(cell, int, None),
        _is(path, str, None),
    )


def _coverage(data: Any) -> ModelCoverage:
    origin, rows = _is(data, list)
    covered = []
    for name, span, state in _is(rows, list):
        if state not in _STATES:
            raise WrongData("a layer in no known state")
        covered.append(Covered(_is(name, str), _span(span), state))
    return ModelCoverage(_is(origin, str, None), tuple(covered))
