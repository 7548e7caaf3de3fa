"""The pipeline on one screen: source, program, diagnostics, report."""

from __future__ import annotations

import os
from collections.abc import Iterable

from shapecalc.checks.diagnosis import diagnose, unreadable, why_not_analysed
from shapecalc.diagnostics import Diagnostic, Suppressions
from shapecalc.discovery import Target, find_targets
from shapecalc.frontends.python import read
from shapecalc.graph.program import Program
from shapecalc.reports.report import FileReport, ModelReport, Report
from shapecalc.source import SourceFile, UnreadableSource, read_source

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]


def analyze(paths: Paths) -> Report:
    """Analyse files, and the Python files in folders; nothing of them is executed.

    Args:
        paths: one path or several. `file.py::name` stands for one model or function of a file.

    Returns:
        One report a file. A file that cannot be read has a diagnostic that says why.
    """
    single = isinstance(paths, (str, os.PathLike))
    listed = [paths] if single else paths
    return Report(analyze_target(t) for t in find_targets(map(os.fspath, listed)))  # type: ignore[arg-type]


def analyze_source(text: str, filename: str = "<string>") -> FileReport:
    """Analyse the text of a Python program."""
    return analyze_file(SourceFile(filename, text))


def check_paths(paths: Paths) -> list[Diagnostic]:
    """The diagnostics of files and folders."""
    return analyze(paths).diagnostics


def check_source(text: str, filename: str = "<string>") -> list[Diagnostic]:
    """The diagnostics of the text of a Python program."""
    return list(analyze_source(text, filename).diagnostics)


def analyze_target(target: Target) -> FileReport:
    """Analyse one file, or one model or function of it."""
    try:
        source = read_source(target.path)
        if target.path.endswith(".ipynb"):
            from shapecalc.frontends.notebook import read_notebook

            source = read_notebook(source.path, source.text)
    except UnreadableSource as error:
        return unreadable_file(error)
    report = analyze_file(source)
    return report if target.name is None else narrowed(report, target.name)


def analyze_file(source: SourceFile) -> FileReport:
    """Analyse a source file."""
    program = read(source)
    kept, _unused = Suppressions.from_source(source).apply(diagnose(program))
    return FileReport(
        source.path,
        source,
        map(ModelReport, program.models),
        kept,
        unanalysed=why_not_analysed(program),
        unreadable=is_no_python(program),
    )


def unreadable_file(error: UnreadableSource) -> FileReport:
    """The report of a file that cannot be read."""
    return FileReport(
        error.path,
        diagnostics=[unreadable(error.path, error.reason)],
        unanalysed=error.reason,
        unreadable=True,
    )


def is_no_python(program: Program) -> bool:
    """Whether a file could not be parsed."""
    return any(gap.kind == "syntax" for gap in program.gaps)


def narrowed(report: FileReport, name: str) -> FileReport:
    """A file's report on one model or function of it.

    Raises:
        NoSuchModel: the file has none of that name.
    """
    models = [m for m in report.models if m.answers_to(name)]
    findings = [d for d in report.diagnostics if d.function == name]
    if not models and not findings and not report.unreadable:
        raise NoSuchModel(report, name)
    calls = [c.span for m in models for c in m.record.model.calls]
    lines = {s.line for s in (*calls, *(m.record.span for m in models)) if s is not None}
    findings = [d for d in report.diagnostics if d in findings or d.span.line in lines]
    return FileReport(
        report.path,
        report.source,
        models,
        findings or (report.diagnostics if report.unreadable else ()),
        unanalysed=report.unanalysed,
        unreadable=report.unreadable,
    )


class NoSuchModel(LookupError):
    """A file has no model or function of the name that was asked for."""

    def __init__(self, report: FileReport, name: str) -> None:
        super().__init__(report.path, name)
        self.path = report.path
        self.name = name
        known = (w for m in report.models for w in (m.record.variable, m.record.function))
        self.names = list(dict.fromkeys(w for w in known if w is not None))

    def __str__(self) -> str:
        there = f"; there are: {', '.join(self.names)}" if self.names else ""
        return f"no model or function named {self.name!r} in {self.path}{there}"
