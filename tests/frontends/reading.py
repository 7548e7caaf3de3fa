"""Our side: a program read by the front end, as an `Observed`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shapecalc.checks.diagnosis import diagnose
from shapecalc.dims import is_unknown, show
from shapecalc.frontends.python import read
from shapecalc.graph.program import ModelRecord, Program
from shapecalc.graph.summary import LayerRow, ModelSummary, summarize
from shapecalc.rules.unknown import Unranked
from shapecalc.source import SourceFile, Span
from tests.frontends.expectations import Fields, Finding, Observed


def observe(path: str, text: str) -> Observed:
    """Read a program and say what is on its lines."""
    program = read(SourceFile(path, text))
    return observe_program(program)


def observe_program(program: Program) -> Observed:
    """What is on the lines of a program."""
    observed = Observed()
    seen: set[tuple[Any, ...]] = set()
    for record in program.models:
        summary = summarize(record.model)
        observed.models.setdefault(record.span.line, []).append(_model_fields(record, summary))
        # On one line, in the order in which they stand there, as Python makes them.
        rows = sorted(_made_by_program(summary.layers), key=lambda r: r.span or record.span)
        for row in rows:
            assert row.span is not None
            key = (row.span, row.name)
            if key not in seen:
                seen.add(key)
                observed.layers.setdefault(row.span.line, []).append(_layer_fields(row))
    lines = program.source.lines
    for diagnostic in diagnose(program):
        finding = Finding(str(diagnostic.code), _text(lines, diagnostic.span), diagnostic.condition)
        observed.findings.setdefault(diagnostic.span.line, []).append(finding)
    return observed


def _made_by_program(rows: tuple[LayerRow, ...]) -> Iterator[LayerRow]:
    """All rows but for models and for the input layers that Keras makes by itself."""
    made = {row.span for row in rows if row.class_name != "InputLayer"}
    for row in rows:
        if row.layers:
            yield from _made_by_program(row.layers)
        elif row.span is not None and not (row.class_name == "InputLayer" and row.span in made):
            yield row


def _layer_fields(row: LayerRow) -> Fields:
    return {
        "shape": shown(row.output_shape),
        "params": _count(row.params),
        "trainable": _count(row.trainable),
        "connections": _count(row.connections),
        "bias_connections": _count(row.bias_connections),
        "macs": _count(row.macs),
        "name": row.name,
        "class": row.class_name,
    }


def _model_fields(record: ModelRecord, summary: ModelSummary) -> Fields:
    return {
        "params": _count(summary.params.total),
        "trainable": _count(summary.params.trainable),
        "exact": "yes" if summary.params.exact else "no",
        "connections": _count(summary.connections),
        "macs": _count(summary.macs),
        "in": _ends(summary.inputs),
        "out": _ends(summary.outputs),
        "name": summary.name,
        "kind": summary.kind,
        "variable": str(record.variable),
        "function": str(record.function),
        "if": f"({record.condition})",
        "layers": str(len(summary.layers)),
    }


def _ends(shapes: tuple[Any, ...]) -> str:
    return shown(shapes[0] if len(shapes) == 1 else list(shapes))


def _count(dim: Any) -> str:
    if dim is None:
        return "?"
    text = show(dim)
    return f"({text})" if " " in text else text


def shown(shape: Any) -> str:
    """A shape as the comments write it: None for free axes, `?` for what is unknown."""
    if shape is None or isinstance(shape, Unranked):
        return "?"
    if isinstance(shape, list):
        return f"[{', '.join(shown(s) for s in shape)}]"
    if isinstance(shape, dict):
        return f"[{', '.join(shown(s) for s in shape.values())}]"
    axes = [_axis(d) for d in shape]
    return f"({', '.join(axes)}{',' if len(axes) == 1 else ''})"


def _axis(dim: Any) -> str:
    if is_unknown(dim):
        return "?"
    return "None" if getattr(dim, "kind", "") in ("batch", "free") else show(dim)


def _text(lines: list[str] | tuple[str, ...], span: Span) -> str:
    """What a span underlines, as far as its first line goes."""
    line = lines[span.line - 1] if span.line <= len(lines) else ""
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    return line[span.column - 1 : end].split("  #")[0].rstrip()
