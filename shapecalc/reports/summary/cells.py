"""The words in the cells of a table."""

from __future__ import annotations

from collections.abc import Iterator

from shapecalc.dims import Dim, is_unknown, show
from shapecalc.graph.memory import Bytes, Memory
from shapecalc.graph.summary import LayerRow, ModelSummary
from shapecalc.graph.wording import UNKNOWN, count_text
from shapecalc.reports.report import ModelReport
from shapecalc.source import sanitize

_MOST_NAMED = 3


def count_cell(count: Dim | None, *, exact: bool = True) -> str:
    """A count; one that is not exact is a lower bound."""
    text = count_text(count)
    return text if exact or text == UNKNOWN else f"≥ {text}"


def layer_cell(row: LayerRow, depth: int = 0) -> str:
    """`conv2d (Conv2D)`, set in as deep as its model is nested."""
    branch = f"{'  ' * (depth - 1)}└ " if depth else ""
    return f"{branch}{sanitize(row.name)} ({sanitize(row.class_name)})"


def inbound_cell(row: LayerRow) -> str:
    """The layers that a layer takes its inputs from."""
    return ", ".join(map(sanitize, row.inbound)) or "-"


def rows_with_depth(summary: ModelSummary, expand_nested: bool) -> Iterator[tuple[LayerRow, int]]:
    """The rows of a table, those of nested models after the model if they are wanted."""
    stack = [(row, 0) for row in reversed(summary.layers)]
    while stack:
        row, depth = stack.pop()
        yield row, depth
        if expand_nested:
            stack.extend((inner, depth + 1) for inner in reversed(row.layers))


def is_chain(summary: ModelSummary) -> bool:
    """Whether every layer follows from the one before it."""
    before: tuple[str, ...] = ()
    for row in summary.layers:
        if row.inbound != before:
            return False
        before = (row.name,)
    return True


def title(path: str, model: ModelReport) -> str:
    """`Model: "lenet" (model.py:12, model)`, or in a notebook `(model.ipynb:cell 3:1, model)`."""
    record = model.record
    cell = "" if record.span.cell is None else f"cell {record.span.cell}:"
    place = f"{sanitize(record.span.path or path)}:{cell}{record.span.line}"
    if record.variable is not None:
        place += f", {sanitize(record.variable)}"
    if record.function is not None:
        place += f", in {sanitize(record.function)}()"
    if record.condition is not None:
        place += f", if {sanitize(record.condition)}"
    return f'Model: "{sanitize(model.summary.name)}" ({place})'


def totals(summary: ModelSummary) -> list[tuple[str, str]]:
    """What stands below a table, by name."""
    params, exact = summary.params, summary.exact_counts
    lines = [
        ("Total params", count_cell(params.total, exact=params.exact)),
        ("Trainable params", count_cell(params.trainable, exact=params.exact)),
        ("Non-trainable params", count_cell(params.non_trainable, exact=params.exact)),
        ("Connections", _connections(summary)),
        ("MACs", count_cell(summary.macs, exact=exact)),
        *_memory(summary.memory),
    ]
    if summary.assumptions:
        conditions = dict.fromkeys(sanitize(str(a.condition)) for a in summary.assumptions)
        lines.append(("Valid if", " and ".join(conditions)))
    if reasons := list(_reasons(summary)):
        lines.append(("Unknown", "; ".join(reasons)))
    return lines


def _reasons(summary: ModelSummary) -> Iterator[str]:
    """Why layers are unknown: `dense, dense_1: the model's input shape is not known`."""
    named: dict[str, list[str]] = {}
    for row in summary.layers:
        if row.unknown is not None:
            named.setdefault(row.unknown, []).append(sanitize(row.name))
    for reason, names in list(named.items())[:_MOST_NAMED]:
        more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
        yield f"{', '.join(names[:_MOST_NAMED])}{more}: {sanitize(reason)}"
    if len(named) > _MOST_NAMED:
        yield f"and {len(named) - _MOST_NAMED} more reasons"
    if summary.incomplete is not None:
        yield f"a part of the model: {sanitize(summary.incomplete)}"


def bytes_cell(size: Bytes | None) -> str:
    """`1.5 KiB`, a formula in bytes, or a question mark."""
    if size is None or is_unknown(size.size):
        return UNKNOWN
    bound = "" if size.exact else "≥ "
    if not isinstance(size.size, int):
        return f"{bound}{sanitize(show(size.size))} B"
    number, unit = float(size.size), 0
    while number >= 1024 and unit < len(_UNITS) - 1:
        number, unit = number / 1024, unit + 1
    return f"{bound}{number:,.2f} {_UNITS[unit]}" if unit else f"{bound}{size.size} B"


_UNITS = ("B", "KiB", "MiB", "GiB", "TiB")


def _memory(memory: Memory) -> Iterator[tuple[str, str]]:
    parts = ", ".join(f"{dtype} {bytes_cell(size)}" for dtype, size in memory.by_dtype.items())
    mixed = f" ({parts})" if len(memory.by_dtype) > 1 else ""
    yield "Memory of weights", f"{bytes_cell(memory.weights)}{mixed}"
    activations = bytes_cell(memory.activations)
    yield "Memory of one sample", f"{activations}, at most {bytes_cell(memory.peak)} at once"
    yield "Memory to train", f"about {bytes_cell(memory.training)} ({memory.optimizer}, one sample)"


def _connections(summary: ModelSummary) -> str:
    exact = summary.exact_counts
    weights, bias = summary.connections, summary.bias_connections
    whole = count_cell(weights + bias, exact=exact)
    if not isinstance(weights, int) or not isinstance(bias, int):
        return f"{whole} (weights {count_cell(weights)}; bias {count_cell(bias)})"
    return f"{whole} ({weights:,} of weights and windows, {bias:,} of biases)"
