"""JUnit's XML, which continuous integration shows as tests.

A file is a suite and a finding a test that fails; a note is skipped, since nothing is wrong. What
was analysed without a finding is a test that passes, what was not analysed one that is skipped,
and what could not be read an error. A place in a notebook is told in words.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from shapecalc.diagnostics import Diagnostic, Severity
from shapecalc.reports.check.full import told_note
from shapecalc.reports.coverage import coverage_lines
from shapecalc.reports.locations import cell_of, file_span
from shapecalc.reports.report import FileReport, Report, Style
from shapecalc.source import sanitize

_PACKAGE = "org.shapecalc"


def render(report: Report, style: Style) -> str:  # noqa: ARG001 - no style here
    """A suite for each file, and the coverage as the last one's output."""
    suites = [_suite(file) for file in report.files]
    coverage = "\n".join(coverage_lines(report))
    cases = [f'    <testcase name="{_PACKAGE}.coverage" classname="shapecalc">']
    cases += [f"      <system-out>{_text(coverage)}</system-out>", "    </testcase>"]
    suites.append(("shapecalc", cases))
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    whole = [line for _, cases in suites for line in cases]
    lines.append(f'<testsuites name="shapecalc" {_counts(whole)}>')
    for name, cases in suites:
        lines.append(
            f'  <testsuite name="{_attribute(name)}" package="{_PACKAGE}" {_counts(cases)}>'
        )
        lines += [*cases, "  </testsuite>"]
    return "\n".join([*lines, "</testsuites>"]) + "\n"


def _counts(lines: list[str]) -> str:
    """How many tests there are and how they ended; a line begins each of them."""
    starts = [line.lstrip() for line in lines]
    kinds = {"tests": "<testcase ", "failures": "<failure ", "errors": "<error ",
             "skipped": "<skipped "}  # fmt: skip
    return " ".join(
        f'{name}="{sum(start.startswith(tag) for start in starts)}"' for name, tag in kinds.items()
    )


def _suite(file: FileReport) -> tuple[str, list[str]]:
    cases = [line for d in file.diagnostics for line in _finding(d, unreadable=file.unreadable)]
    classname = _attribute(file.path.removesuffix(".py"))
    start = f'    <testcase name="{_PACKAGE}.analysis" classname="{classname}"'
    if file.unanalysed is not None:
        reason = f'<skipped message="{_attribute(f"not analysed: {file.unanalysed}")}" />'
        cases += [f"{start}>", f"      {reason}", "    </testcase>"]
    elif file.coverage and not file.diagnostics:
        cases.append(f"{start} />")
    elif not file.diagnostics:
        reason = '<skipped message="no Keras model found" />'
        cases += [f"{start}>", f"      {reason}", "    </testcase>"]
    return file.path, cases


def _finding(diagnostic: Diagnostic, *, unreadable: bool) -> Iterator[str]:
    span = file_span(diagnostic)
    code = diagnostic.code
    classname = _attribute(diagnostic.path.removesuffix(".py"))
    yield (
        f'    <testcase name="{_PACKAGE}.{code.id}" classname="{classname}" '
        f'file="{_attribute(diagnostic.path)}" line="{span.line}" column="{span.column}">'
    )
    message = _attribute(f"{cell_of(diagnostic)}{diagnostic.message}")
    if diagnostic.severity is Severity.INFO:
        yield f'      <skipped message="{message}" />'
    else:
        tag = "error" if unreadable and diagnostic.severity is Severity.ERROR else "failure"
        told = _text("\n".join(_told(diagnostic)))
        yield f'      <{tag} message="{message}" type="{diagnostic.severity.value}">{told}</{tag}>'
    yield "    </testcase>"


def _told(diagnostic: Diagnostic) -> Iterator[str]:
    span, code = diagnostic.span, diagnostic.code
    cell = f"cell {span.cell}, " if span.cell is not None else ""
    yield f"{cell}line {span.line}, column {span.column}, {code.id} {code.name}: " + (
        diagnostic.message
    )
    yield from map(told_note, diagnostic.notes)
    if diagnostic.help is not None:
        yield f"help: {diagnostic.help}"


def _text(text: str) -> str:
    """Several lines of text; a line feed of the program's own is none of ours."""
    return escape("\n".join(map(sanitize, text.split("\n"))), quote=False)


def _attribute(text: str) -> str:
    return escape(sanitize(text))
