"""Each finding with the lines it is about, its notes and its help."""

from __future__ import annotations

from collections.abc import Iterator

from shapecalc.diagnostics import Diagnostic, Note
from shapecalc.reports.check.concise import SEVERITY_COLORS, fixable_lines
from shapecalc.reports.coverage import coverage_lines, tally
from shapecalc.reports.report import Report, Style
from shapecalc.source import SourceFile, sanitize


def render(report: Report, style: Style) -> str:
    """The findings, how many there are, and the coverage."""
    lines: list[str] = []
    for file in report.files:
        for diagnostic in file.diagnostics:
            lines += [*_told(diagnostic, file.source, style), ""]
    found = tally(report)
    if found:
        lines.append(f"found {found}")
    elif any(file.coverage for file in report.files):
        known = report.held_back is not None and report.held_back.known
        lines.append("no new faults found" if known else "no faults found")
    last = [*fixable_lines(report, style), *([] if style.quiet else coverage_lines(report))]
    lines += [row for line in last for row in style.broken(line, 4)]
    return "".join(f"{line}\n" for line in lines)


def _told(diagnostic: Diagnostic, source: SourceFile | None, style: Style) -> Iterator[str]:
    code, span = diagnostic.code, diagnostic.span
    color = SEVERITY_COLORS[diagnostic.severity.value]
    head = style.paint(f"{diagnostic.severity.value}[{code.id}]", color)
    mark = f" {style.paint('[*]', '36')}" if style.fixes(diagnostic) else ""
    plain = f"{diagnostic.severity.value}[{code.id}] {code.name}{' [*]' if mark else ''}: "
    first, *rest = style.broken(sanitize(diagnostic.message), 4, len(plain))
    yield f"{head} {code.name}{mark}: {style.paint(first, '1')}"
    for row in rest:
        yield style.paint(row, "1")
    excerpt = source.excerpt(span, max(style.width - 8, 40)) if source is not None else ""
    rows = excerpt.split("\n") if excerpt else []
    gutter = rows[0].index("|") if rows else 3
    cell = f"cell {span.cell}:" if span.cell is not None else ""
    arrow = style.paint(f"{'':{gutter - 1}}-->", "34")
    yield f"{arrow} {sanitize(diagnostic.path)}:{cell}{span.line}:{span.column}"
    for row in rows:
        yield _colored(row, gutter, style, color)
    for word, text in _remarks(diagnostic):
        indent = gutter + len(f"= {word}: ")
        first, *rest = style.broken(text, indent, indent)
        yield f"{'':{gutter}}{style.paint('=', '34')} {style.paint(word, '1')}: {first}"
        yield from rest


def _colored(row: str, gutter: int, style: Style, color: str) -> str:
    bar, code = row[: gutter + 1], row[gutter + 1 :]
    pointing = code.strip() and not code.strip().strip("^") and not row[:gutter].strip()
    return style.paint(bar, "34") + (style.paint(code, color) if pointing else code)


def _remarks(diagnostic: Diagnostic) -> Iterator[tuple[str, str]]:
    for note in diagnostic.notes:
        yield "note", sanitize(told_note(note))
    if diagnostic.function is not None:
        yield "note", f"in the function `{sanitize(diagnostic.function)}`"
    if diagnostic.condition is not None:
        yield "note", f"if `{sanitize(diagnostic.condition)}`"
    if diagnostic.help is not None:
        yield "help", sanitize(diagnostic.help)
    if diagnostic.fix is not None:
        unsafe = "" if diagnostic.fix.safe else " (unsafe)"
        yield "fix", sanitize(diagnostic.fix.message) + unsafe


def told_note(note: Note) -> str:
    """A note with the place that it is about."""
    if note.span is None:
        return note.message
    path = f"{note.path}, " if note.path is not None else ""
    cell = f"cell {note.span.cell}, " if note.span.cell is not None else ""
    return f"{path}{cell}line {note.span.line}: {note.message}"
