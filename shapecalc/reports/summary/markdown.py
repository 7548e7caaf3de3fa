"""Models as Markdown tables."""

from __future__ import annotations

from collections.abc import Iterator

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

_ESCAPED = str.maketrans({c: f"\\{c}" for c in "\\`*_{}[]<>#|~$"})


def render(report: Report, style: Style) -> str:
    """Every model with its totals and its coverage."""
    lines: list[str] = []
    models = [(file, model) for file in report.files for model in file.models]
    for file, model in models:
        lines += [*_model(file, model, style), ""]
    lines += [f"- {_escaped(concise_line(d, Style()))}" for d in report.diagnostics]
    if len(models) != 1:
        lines += [f"- {_escaped(line)}" for line in coverage_lines(report)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _model(file: FileReport, model: ModelReport, style: Style) -> Iterator[str]:
    summary = model.summary
    chained = is_chain(summary)
    yield f"## {_escaped(title(file.path, model))}"
    yield ""
    more = "" if chained else " Connected to |"
    yield f"| Layer (type) | Output Shape | Param # | Connections | MACs |{more}"
    yield f"| --- | --- | ---: | ---: | ---: |{'' if chained else ' --- |'}"
    for row, depth in rows_with_depth(summary, style.expand_nested):
        counts = map(count_cell, (row.params, row.connections, row.macs))
        cells = [layer_cell(row, depth), shape_text(row.output_shape), *counts]
        cells += [] if chained else [inbound_cell(row)]
        yield f"| {' | '.join(map(_escaped, cells))} |"
    yield ""
    for name, value in totals(summary):
        yield f"- {name}: {_escaped(value)}"
    yield f"- Coverage: {_escaped(coverage_of([FileReport(file.path, models=[model])]))}"


def _escaped(text: str) -> str:
    return text.translate(_ESCAPED)
