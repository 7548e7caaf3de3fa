"""One line a finding: `model.py:12:5: SHC201 message`."""

from __future__ import annotations

from shapecalc.diagnostics import Diagnostic
from shapecalc.reports.coverage import coverage_lines
from shapecalc.reports.report import Report, Style
from shapecalc.source import sanitize


def render(report: Report, style: Style) -> str:
    """The findings, a line each, and the coverage."""
    lines = [concise_line(d, style) for d in report.diagnostics]
    lines += fixable_lines(report, style)
    lines += [] if style.quiet else coverage_lines(report)
    return "".join(f"{line}\n" for line in lines)


def fixable_lines(report: Report, style: Style) -> list[str]:
    """How many findings `--fix` would mend, and how many more if it were allowed to."""
    fixable = sum(map(style.fixes, report.diagnostics))
    hidden = sum(d.fix is not None for d in report.diagnostics) - fixable
    if not fixable and not hidden:
        return []
    told = "no fixes available" if not fixable else f"[*] {fixable} fixable with `--fix`"
    return [f"{told} ({hidden} more with `--unsafe-fixes`)" if hidden else told]


def concise_line(diagnostic: Diagnostic, style: Style) -> str:
    """A finding in one line, as compilers print it."""
    span = diagnostic.span
    cell = f"cell {span.cell}:" if span.cell is not None else ""
    place = f"{sanitize(diagnostic.path)}:{cell}{span.line}:{span.column}:"
    code = style.paint(diagnostic.code.id, SEVERITY_COLORS[diagnostic.severity.value])
    mark = f"{style.paint('[*]', '36')} " if style.fixes(diagnostic) else ""
    return f"{style.paint(place, '1')} {code} {mark}{sanitize(diagnostic.message)}"


SEVERITY_COLORS = {"error": "1;31", "warning": "1;33", "info": "1;36"}
