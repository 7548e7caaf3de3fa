"""The table that people know from `model.summary()`, with connections and MACs."""

from __future__ import annotations

import io
from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from shapecalc.graph.wording import shape_text
from shapecalc.reports.check.concise import concise_line
from shapecalc.reports.coverage import coverage_lines, coverage_of
from shapecalc.reports.report import FileReport, ModelReport, Report, Style
from shapecalc.reports.summary.cells import (
    count_cell,
    inbound_cell,
    is_chain,
    layer_cell,
    rows_with_depth,
    title,
    totals,
)

_NUMBERS = ("Param #", "Connections", "MACs")
_LEAST_TEXT = 12
# What the border of a column takes.
_FRAME = 1
_COLORS = {"Output Shape": "cyan", **dict.fromkeys(_NUMBERS, "green")}


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
            shape_text(row.output_shape),
            *map(count_cell, (row.params, row.connections, row.macs)),
            *([] if chained else [inbound_cell(row)]),
        ]
        for row, depth in rows_with_depth(model.summary, style.expand_nested)
    ]
    columns = list(zip(headers, *cells, strict=True))
    words = [max(len(w) for text in column for w in text.split(" ")) for column in columns]
    narrow = sum(words) + (2 + _FRAME) * len(words) + _FRAME > style.width
    if narrow:
        # A name that must be folded is folded apart from its class.
        for line in cells:
            line[0] = line[0].replace(" (", "\n(")
            line[5:] = [text.replace(", ", ",\n") for text in line[5:]]
    padding = 0 if narrow else 1
    table = Table(box=box.HEAVY_HEAD, padding=(0, padding), header_style="bold")
    least = _FRAME
    for header, column in zip(headers, columns, strict=True):
        width = _least_width(column)
        least += width + 2 * padding + _FRAME
        table.add_column(
            Text(header),
            justify="right" if header in _NUMBERS else "left",
            overflow="fold",
            min_width=width,
            style=_COLORS.get(header, ""),
        )
    for line in cells:
        table.add_row(*map(Text, line))
    return table, least


def _least_width(column: Sequence[str]) -> int:
    """How narrow a column may get: a name or a formula may be folded, a number never."""
    numbers = [len(text) for text in column if text.replace(",", "").isdigit()]
    return max([min(max(map(len, column)), _LEAST_TEXT), *numbers])
