"""The JSON contract, version 1: what is found as plain dicts, lists and numbers.

A dim is an int, None (the batch axis, an axis that Keras shows as None, or an unknown one) or a
string (a formula). A count is an int, a string or None. Keys are only ever added.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from shapecalc.diagnostics import Diagnostic, Fix
from shapecalc.dims import Dim, Variable, is_unknown, show
from shapecalc.graph.memory import Bytes, Memory
from shapecalc.graph.summary import LayerRow
from shapecalc.reports.check.full import told_note
from shapecalc.reports.report import FileReport, ModelReport, Report, rows_of
from shapecalc.rules.dtype_policy import UNKNOWN
from shapecalc.rules.unknown import Unranked
from shapecalc.source import Span

VERSION = 1


def as_json(files: list[dict[str, Any]], **more: Any) -> str:
    """A whole document, with what else it has beside the files."""
    return json.dumps({"version": VERSION, "files": files, **more}, indent=2) + "\n"


def coverage_data(files: Iterable[FileReport]) -> dict[str, int]:
    """How many layers there are, and how many are known how well."""
    states = [row.state for file in files for row in rows_of(file)]
    counts = {state: states.count(state) for state in ("exact", "symbolic", "unknown")}
    return {"layers": len(states), **counts}


def held_back_data(report: Report) -> dict[str, Any]:
    """What a baseline holds back, as a key of a document; nothing without a baseline."""
    held = report.held_back
    if held is None:
        return {}
    stale = [finding._asdict() for finding in held.stale]
    return {"baseline": {"path": held.path, "held_back": held.known, "stale": stale}}


def dim_data(dim: Dim) -> int | str | None:
    """One axis of a shape."""
    if isinstance(dim, int):
        return dim
    if is_unknown(dim) or (isinstance(dim, Variable) and dim.kind in ("batch", "free")):
        return None
    return show(dim)


def count_data(count: Dim | None) -> int | str | None:
    """A count."""
    if count is None or isinstance(count, int):
        return count
    return None if is_unknown(count) else show(count)


def shape_data(shape: Any) -> Any:
    """A shape, or the structure of shapes of several outputs; None where the rank is unknown."""
    if shape is None or isinstance(shape, Unranked):
        return None
    if isinstance(shape, list):
        return [shape_data(item) for item in shape]
    if isinstance(shape, dict):
        return {str(key): shape_data(item) for key, item in shape.items()}
    return [dim_data(dim) for dim in shape]


def file_data(file: FileReport) -> dict[str, Any]:
    """One file with its models and diagnostics."""
    return {
        "path": file.path,
        "models": [model_data(model) for model in file.models],
        "diagnostics": [diagnostic_data(d) for d in file.diagnostics],
    }


def model_data(model: ModelReport) -> dict[str, Any]:
    """One model."""
    summary, record = model.summary, model.record
    exact = summary.exact_counts
    params = summary.params
    return {
        "name": summary.name,
        "kind": summary.kind,
        "variable": record.variable,
        **_line(record.span),
        "function": record.function,
        "condition": record.condition,
        "inputs": [shape_data(shape) for shape in summary.inputs],
        "outputs": [shape_data(shape) for shape in summary.outputs],
        "params": {
            "total": count_data(params.total),
            "trainable": count_data(params.trainable),
            "non_trainable": count_data(params.non_trainable),
            "exact": params.exact,
        },
        "connections": count_data(summary.connections) if exact else None,
        "bias_connections": count_data(summary.bias_connections) if exact else None,
        "macs": count_data(summary.macs) if exact else None,
        "memory": memory_data(summary.memory),
        "coverage": summary.coverage._asdict(),
        "assumptions": [
            {"condition": str(assumption.condition), **_line(assumption.span)}
            for assumption in summary.assumptions
        ],
        "layers": [layer_data(row) for row in summary.layers],
    }


def memory_data(memory: Memory) -> dict[str, Any]:
    """Bytes for one sample; None where they are not known."""
    return {
        "weights": _bytes_data(memory.weights),
        "weights_by_dtype": {dtype: _bytes_data(size) for dtype, size in memory.by_dtype.items()},
        "activations": _bytes_data(memory.activations),
        "peak": _bytes_data(memory.peak),
        "training_estimate": _bytes_data(memory.training),
        "optimizer": memory.optimizer,
    }


def _bytes_data(size: Bytes | None) -> int | str | None:
    return count_data(size.size) if size is not None and size.exact else None


def dtype_data(dtype: Any) -> Any:
    """A dtype's name, or a list of them; None where it is not known."""
    if isinstance(dtype, list):
        return [dtype_data(item) for item in dtype]
    return None if dtype == UNKNOWN else dtype


def layer_data(row: LayerRow) -> dict[str, Any]:
    """One layer; a nested model has its own `layers`."""
    data = {
        "name": row.name,
        "class": row.class_name,
        **_line(row.span),
        "column": row.span.column if row.span is not None else None,
        "input_shapes": [shape_data(shape) for shape in row.input_shapes],
        "output_shape": shape_data(row.output_shape),
        "params": count_data(row.params),
        "trainable": count_data(row.trainable),
        "connections": count_data(row.connections),
        "bias_connections": count_data(row.bias_connections),
        "macs": count_data(row.macs),
        "weights": [
            {
                "name": weight.name,
                "shape": shape_data(weight.shape),
                "trainable": trained,
                "dtype": dtype_data(weight.dtype),
            }
            for weight, trained in row.weights
        ],
        "inbound": list(row.inbound),
        "dtype": dtype_data(row.dtype),
        "activation_memory": count_data(row.activation_memory),
    }
    if row.layers:
        data["layers"] = [layer_data(inner) for inner in row.layers]
    return data


def diagnostic_data(diagnostic: Diagnostic) -> dict[str, Any]:
    """One finding."""
    span = diagnostic.span
    return {
        "code": diagnostic.code.id,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        **_line(span),
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
        "notes": [told_note(note) for note in diagnostic.notes],
        "help": diagnostic.help,
        "function": diagnostic.function,
        "fix": fix_data(diagnostic.fix),
    }


def fix_data(fix: Fix | None) -> dict[str, Any] | None:
    """How a finding can be mended; the edits stand in its own file."""
    if fix is None:
        return None
    return {
        "applicability": fix.applicability,
        "message": fix.message,
        "edits": [
            {
                "line": span.line,
                "column": span.column,
                "end_line": span.end_line,
                "end_column": span.end_column,
                "replacement": replacement,
            }
            for span, replacement in fix.edits
        ],
    }


def _line(span: Span | None) -> dict[str, int | str | None]:
    """The line, in a notebook the cell that it is counted in, and the file if it is another."""
    if span is None:
        return {"line": None}
    place: dict[str, int | str | None] = {"line": span.line}
    if span.cell is not None:
        place["cell"] = span.cell
    if span.path is not None:
        place["file"] = span.path
    return place
