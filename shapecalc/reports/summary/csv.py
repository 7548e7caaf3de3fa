"""Models as comma-separated values, one line a layer."""

from __future__ import annotations

import csv
import io

from shapecalc.dims import Dim, is_unknown, show
from shapecalc.graph.wording import shape_text
from shapecalc.reports.report import Report, Style
from shapecalc.reports.summary.cells import rows_with_depth
from shapecalc.source import sanitize

HEADER = (
    "path", "model", "line", "layer", "class", "depth", "output_shape", "params", "trainable",
    "connections", "bias_connections", "macs", "inbound",
)  # fmt: skip


def render(report: Report, style: Style) -> str:
    """A header, then a line for each layer; an unknown count is empty."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    for file in report.files:
        for model in file.models:
            for row, depth in rows_with_depth(model.summary, style.expand_nested):
                counts = (
                    row.params, row.trainable, row.connections, row.bias_connections, row.macs
                )  # fmt: skip
                writer.writerow(
                    [
                        sanitize((row.span.path if row.span is not None else None) or file.path),
                        sanitize(model.summary.name),
                        row.span.line if row.span is not None else "",
                        sanitize(row.name),
                        sanitize(row.class_name),
                        depth,
                        shape_text(row.output_shape),
                        *map(_plain, counts),
                        " ".join(map(sanitize, row.inbound)),
                    ]
                )
    return out.getvalue()


def _plain(count: Dim | None) -> str:
    if count is None or is_unknown(count):
        return ""
    return str(count) if isinstance(count, int) else sanitize(show(count))
