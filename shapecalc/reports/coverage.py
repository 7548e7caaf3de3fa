"""The last words of every report: how much of the program was understood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from shapecalc.reports.report import Covered, FileReport, HeldBack, KnownFinding, Report, rows_of
from shapecalc.source import sanitize
from shapecalc.wording import counted

_MOST_NAMED = 3


def coverage_lines(report: Report) -> list[str]:
    """What is known and not told, what was analysed, then what was not and why; never empty."""
    lines = held_back_lines(report.held_back) if report.held_back is not None else []
    return lines + _analysed_lines(report)


def held_back_lines(held: HeldBack) -> list[str]:
    """How many findings a baseline holds back, and what it has in vain."""
    path = sanitize(held.path)
    lines = []
    if held.known:
        lines.append(f"{counted(held.known, 'known finding')} held back by {path}")
    if held.stale:
        entries = counted(len(held.stale), "stale entry", "stale entries")
        lines.append(f"{entries} in {path}: {'; '.join(_named(held.stale))}")
    return lines


def _named(stale: tuple[KnownFinding, ...]) -> Iterator[str]:
    counts = Counter((finding.path, finding.code) for finding in stale)
    for (path, code), count in list(counts.items())[:_MOST_NAMED]:
        times = f" ({count} times)" if count > 1 else ""
        yield f"{sanitize(code)} in {sanitize(path)}{times}"
    if len(counts) > _MOST_NAMED:
        yield f"and {len(counts) - _MOST_NAMED} more"


def _analysed_lines(report: Report) -> list[str]:
    files = [file for file in report.files if not file.reached]
    analysed = [file for file in files if file.coverage and file.unanalysed is None]
    lines = []
    if analysed:
        lines.append(coverage_of(analysed, several=len(files) > 1))
    lines += [
        f"not analysed: {sanitize(file.path)}: {sanitize(file.unanalysed)}"
        for file in files
        if file.unanalysed is not None
    ]
    empty = [file for file in files if not file.coverage and file.unanalysed is None]
    if len(empty) == 1 and len(files) == 1:
        lines.append(f"no Keras model found in {sanitize(empty[0].path)}")
    elif empty:
        lines.append(f"no Keras model found in {counted(len(empty), 'file')}")
    return lines or ["nothing analysed: no Python file found"]


def coverage_of(files: Iterable[FileReport], *, several: bool = False) -> str:
    """`41 of 43 layers exact, 1 symbolic, 1 unknown: Lambda, line 27`."""
    rows = [(file, row) for file in files for row in rows_of(file)]
    states = [row.state for _, row in rows]
    text = f"{states.count('exact')} of {counted(len(states), 'layer')} exact"
    if symbolic := states.count("symbolic"):
        text += f", {symbolic} symbolic"
    unknown = [(file, row) for file, row in rows if row.state == "unknown"]
    if unknown:
        named = [_place(row, file.path if several else None) for file, row in unknown]
        text += f", {len(unknown)} unknown: {'; '.join(named[:_MOST_NAMED])}"
        if len(named) > _MOST_NAMED:
            text += f"; and {len(named) - _MOST_NAMED} more"
    return text


def _place(row: Covered, path: str | None) -> str:
    place = ""
    if row.span is not None:
        cell = f"cell {row.span.cell}, " if row.span.cell is not None else ""
        place = f", {cell}line {row.span.line}"
    path = (row.span.path if row.span is not None else None) or path
    where = f" of {sanitize(path)}" if path is not None else ""
    return f"{sanitize(row.class_name)}{place}{where}"


def tally(report: Report) -> str:
    """`2 errors, 1 warning`, or nothing."""
    from shapecalc.diagnostics import Severity

    words = {Severity.INFO: "note"}
    counts = [(report.count(s), words.get(s, s.value)) for s in reversed(Severity)]
    return ", ".join(counted(count, word) for count, word in counts if count)
