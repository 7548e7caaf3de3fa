"""Models as a graph in the DOT language, in the look of Keras's `plot_model`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

import graphviz

from shapecalc.graph.model import Network
from shapecalc.graph.summary import LayerRow, ModelSummary, summarize
from shapecalc.graph.tensor import LayerCall, Tensor
from shapecalc.graph.wording import count_text, shape_text
from shapecalc.layers.input import is_input
from shapecalc.layers.layer import Layer
from shapecalc.source import sanitize

_FONT = "Helvetica"
# The head of a box, by what the layer is: an entry, one with weights, one without, a model.
_ENTRY, _WEIGHTED, _PLAIN, _MODEL = "#3d7a4f", "#2f5d8a", "#5b6470", "#7a4f86"
_UNKNOWN = "#a8502f"
_EDGE = "#5b6470"


class Options:
    """What a picture shows.

    Attributes:
        shapes: the input and output shapes of each layer.
        names: the name of each layer, beside its class.
        params: how many params each layer has.
        expand_nested: nested models as frames around their layers.
        rankdir: the direction of the arrows: TB, LR, BT or RL.
        dpi: the resolution of a PNG; None for pictures that have none, which it would blow up.
    """

    __slots__ = ("dpi", "expand_nested", "names", "params", "rankdir", "shapes")

    def __init__(
        self,
        *,
        shapes: bool = False,
        names: bool = False,
        params: bool = False,
        expand_nested: bool = False,
        rankdir: str = "TB",
        dpi: int | None = None,
    ) -> None:
        self.shapes = shapes
        self.names = names
        self.params = params
        self.expand_nested = expand_nested
        self.rankdir = rankdir
        self.dpi = dpi


def to_dot(models: Iterable[Network], options: Options | None = None) -> graphviz.Digraph:
    """A graph with all models; several stand side by side, each in a frame with its name."""
    options = options or Options()
    graph = graphviz.Digraph(
        "model",
        graph_attr={
            "rankdir": options.rankdir,
            "fontname": _FONT,
            "nodesep": "0.35",
            "ranksep": "0.35",
            "pad": "0.2",
            **({"dpi": str(options.dpi)} if options.dpi is not None else {}),
        },
        node_attr={"shape": "plaintext", "fontname": _FONT, "fontsize": "12", "margin": "0"},
        edge_attr={"color": _EDGE, "arrowsize": "0.8", "fontname": _FONT, "fontsize": "10"},
    )
    listed = list(models)
    for number, model in enumerate(listed):
        drawing = _Drawing(f"m{number}", options)
        if len(listed) == 1:
            drawing.draw(graph, model, summarize(model))
            continue
        with graph.subgraph(name=f"cluster_m{number}") as frame:
            frame.attr(**_frame(model.name))
            drawing.draw(frame, model, summarize(model))
    return graph


def _frame(name: str) -> dict[str, str]:
    return {
        "label": _quoted(name), "style": "rounded", "color": "#b8bfc8", "fontsize": "13",
        "labeljust": "l", "margin": "12",
    }  # fmt: skip


class _Drawing:
    """One model on its way into a graph: which node or frame stands for which layer."""

    def __init__(self, prefix: str, options: Options) -> None:
        self.prefix = prefix
        self.options = options
        self.nodes: dict[int, str] = {}

    def draw(self, graph: Any, model: Network, summary: ModelSummary) -> None:
        """Put a model's layers and edges into a graph."""
        self._layers(graph, model, summary.layers)
        for start, end in dict.fromkeys(self._edges(model)):
            graph.edge(start, end)

    def _layers(self, graph: Any, model: Network, rows: Iterable[LayerRow]) -> None:
        by_name = {row.name: row for row in rows}
        members = {id(call.layer): call.layer for call in model.calls}
        members |= {id(layer): layer for layer in model.layers}
        for layer in members.values():
            row = by_name.get(layer.name)
            if row is None or id(layer) in self.nodes:
                continue
            self.nodes[id(layer)] = node = f"{self.prefix}_{len(self.nodes)}"
            if isinstance(layer, Network) and self._is_open(layer):
                with graph.subgraph(name=f"cluster_{node}") as frame:
                    frame.attr(**_frame(layer.name))
                    self._layers(frame, layer, row.layers)
            else:
                graph.node(node, label=_label(layer, row, self.options))

    def _is_open(self, layer: Layer | None) -> bool:
        return self.options.expand_nested and isinstance(layer, Network) and bool(layer.calls)

    def _edges(self, model: Network) -> Iterator[tuple[str, str]]:
        for call in model.calls:
            if self._is_open(call.layer):
                yield from self._edges_into(call)
                continue
            for tensor in call.inputs:
                start = self._source(tensor)
                if start is not None:
                    yield start, self.nodes[id(call.layer)]

    def _edges_into(self, call: LayerCall) -> Iterator[tuple[str, str]]:
        inner: Any = call.layer
        for tensor, entry in zip(call.inputs, inner.inputs, strict=False):
            start, end = self._source(tensor), self._source(entry)
            if start is not None and end is not None:
                yield start, end
        yield from self._edges(inner)

    def _source(self, tensor: Tensor) -> str | None:
        """The node that a tensor comes from."""
        while tensor.call is not None and self._is_open(tensor.call.layer):
            inner: Any = tensor.call.layer
            tensor = inner.outputs[tensor.index]
        return self.nodes.get(id(tensor.call.layer)) if tensor.call is not None else None


def _label(layer: Layer, row: LayerRow, options: Options) -> str:
    """A box: the layer in its head, below it the shapes and params that are wanted."""
    head = f"<b>{_html(row.class_name)}</b>"
    if options.names:
        head = f"<b>{_html(row.name)}</b> ({_html(row.class_name)})"
    style = f'colspan="2" bgcolor="{_color(layer, row)}" border="0" cellpadding="7"'
    words = f'<font color="white" point-size="13">{head}</font>'
    cells = [f"<tr><td {style}>{words}</td></tr>"]
    if options.shapes:
        if row.input_shapes:
            cells.append(_cell("input", shape_text(list(row.input_shapes))))
        cells.append(_cell("output", shape_text(row.output_shape)))
    if options.params and row.params != 0:
        cells.append(_cell("params", count_text(row.params)))
    table = '<table border="1" color="#5b6470" cellborder="0" cellspacing="0" cellpadding="4"'
    return f'<{table} bgcolor="white">{"".join(cells)}</table>>'


def _cell(word: str, value: str) -> str:
    return (
        f'<tr><td align="left"><font color="#5b6470">{word}</font></td>'
        f'<td align="right">{_html(value)}</td></tr>'
    )


def _color(layer: Layer, row: LayerRow) -> str:
    if row.unknown is not None:
        return _UNKNOWN
    if is_input(layer):
        return _ENTRY
    if isinstance(layer, Network):
        return _MODEL
    return _WEIGHTED if row.weights else _PLAIN


def _html(text: str) -> str:
    """Text of the program for an HTML-like label, in which no element may be empty."""
    return escape(sanitize(text)) or "&#160;"


def _quoted(text: str) -> str:
    """Text of the program for a plain label, in which a backslash begins an escape."""
    return graphviz.escape(sanitize(text))  # type: ignore[no-any-return]
