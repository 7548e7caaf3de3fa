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
# What the borders and the padding of a column take.
_FRAME = 3
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
    table = Table(box=box.HEAVY_HEAD, show_lines=False, header_style="bold")
    least = 1
    for i, header in enumerate(headers):
        number = header in _NUMBERS
        longest = max(len(text) for text in (header, *(line[i] for line in cells)))
        width = min(longest, _LONGEST_NUMBER if number else _LEAST_TEXT)
        least += width + _FRAME
        table.add_column(
            Text(header),
            justify="right" if number else "left",
            overflow="fold",
            min_width=width,
            style="green" if number else ("cyan" if i == 1 else ""),
        )
    for line in cells:
        table.add_row(*map(Text, line))
    return table, least
