"""The table that people know from `model.summary()`, with connections and MACs."""

from __future__ import annotations

import io

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from shapecalc.reports.check.concise import concise_line
from shapecalc.reports.coverage import coverage_lines, coverage_of
from shapecalc.reports.report import FileReport, ModelReport, Report, Style
from shapecalc.reports.summary.cells import (
    count_cell,
    inbound_cell,
    is_chain,
    layer_cell,
    rows_with_depth,
    shape_cell,
    title,
    totals,
)

_NUMBERS = ("Param #", "Connections", "MACs")
_LEAST_TEXT = 12
# What the border of a column takes.
_FRAME = 1
# A formula may be folded, a number never.
_LONGEST_NUMBER = 26


def render(report: Report, style: Style) -> str:
    """Every model with its totals and its coverage, then the findings."""
    out = io.StringIO()
    for file in report.files:
        for model in file.models:
            _write_model(out, file, model, style)
    lines = [concise_line(d, style) for d in report.diagnostics]
    if lines or len([m for f in report.files for m in f.models]) != 1:
        lines += coverage_lines(report)
    return out.getvalue() + "".join(f"{line}\n" for line in lines)


def _write_model(out: io.StringIO, file: FileReport, model: ModelReport, style: Style) -> None:
    table, least = _table(model, style)
    console = Console(
        file=out,
        width=max(style.width, least),
        color_system="standard" if style.color else None,
        force_terminal=style.color,
        no_color=not style.color,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    console.print(Text(title(file.path, model), style="bold"), overflow="fold", soft_wrap=True)
    console.print(table)
    for name, value in totals(model.summary):
        console.print(Text(f" {name}: ", style="bold") + Text(value), soft_wrap=True)
    only = FileReport(file.path, models=[model])
    console.print(Text(" Coverage: ", style="bold") + Text(coverage_of([only])), soft_wrap=True)
    console.print()


def _table(model: ModelReport, style: Style) -> tuple[Table, int]:
    """The table, and how wide it must at least be for its numbers."""
    chained = is_chain(model.summary)
    headers = ["Layer (type)", "Output Shape", *_NUMBERS, *([] if chained else ["Connected to"])]
    cells = [
        [
            layer_cell(row, depth),
            shape_cell(row.output_shape),
            *map(count_cell, (row.params, row.connections, row.macs)),
            *([] if chained else [inbound_cell(row)]),
        ]
        for row, depth in rows_with_depth(model.summary, style.expand_nested)
    ]
    longest = [max(map(len, column)) for column in zip(headers, *cells, strict=True)]
    narrow = sum(longest) + (_FRAME + 2) * len(longest) + 1 > style.width
    if narrow:
        # A name that must be folded is folded apart from its class.
        for line in cells:
            line[0] = line[0].replace(" (", "\n(")
            line[5:] = [text.replace(", ", ",\n") for text in line[5:]]
    padding = 0 if narrow else 1
    table = Table(box=box.HEAVY_HEAD, padding=(0, padding), header_style="bold")
    least = 1
    for header, needed in zip(headers, longest, strict=True):
        number = header in _NUMBERS
        width = min(needed, _LONGEST_NUMBER if number else _LEAST_TEXT)
        least += width + 2 * padding + _FRAME
        table.add_column(
            Text(header),
            justify="right" if number else "left",
            overflow="fold",
            min_width=width,
            style="green" if number else ("cyan" if header == "Output Shape" else ""),
        )
    for line in cells:
        table.add_row(*map(Text, line))
    return table, least
