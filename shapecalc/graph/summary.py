"""A model's numbers as plain data: one row a layer, totals, coverage."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial
from typing import Any, NamedTuple

from shapecalc.dims import Condition, Dim, Shape, is_unknown, total, unknown_reason
from shapecalc.graph.memory import Memory, batch_of, bytes_made, memory_of
from shapecalc.graph.model import Network
from shapecalc.graph.tensor import LayerCall
from shapecalc.layers.input import is_input
from shapecalc.layers.layer import Layer, layers_within, weights_within
from shapecalc.rules.facts import Counts, Weight
from shapecalc.rules.unknown import Unranked
from shapecalc.source import Span


class Params(NamedTuple):
    """Counts of weight elements. Where `exact` is false they are lower bounds."""

    total: Dim
    trainable: Dim
    non_trainable: Dim
    exact: bool


class LayerRow(NamedTuple):
    """One layer of a model.

    A count is None where it is unknown; `unknown` then says why. A shape is a tuple of dims,
    an `Unranked`, or a list or dict of those for several outputs. `dtype` is that of the output,
    a list of them for several. `activation_memory` is the bytes of the outputs of all calls, for
    one sample; of a nested model, those of its layers.
    """

    name: str
    class_name: str
    span: Span | None
    input_shapes: tuple[Any, ...]
    output_shape: Any
    params: Dim | None
    trainable: Dim | None
    connections: Dim | None
    bias_connections: Dim | None
    macs: Dim | None
    weights: tuple[tuple[Weight, bool], ...]
    inbound: tuple[str, ...]
    unknown: str | None
    layers: tuple[LayerRow, ...]
    dtype: Any
    activation_memory: Dim | None

    @property
    def state(self) -> str:
        """`exact`, `symbolic` (a formula) or `unknown`."""
        if self.unknown is not None or self.params is None:
            return "unknown"
        counts = (self.params, self.connections, self.macs)
        return "exact" if all(isinstance(c, int) for c in counts) else "symbolic"


class Coverage(NamedTuple):
    """How many layers are exact, symbolic (formulas) and unknown."""

    layers: int
    exact: int
    symbolic: int
    unknown: int


class Assumption(NamedTuple):
    """A requirement that holds only for some lengths, and the layer that makes it."""

    condition: Condition
    layer: str
    span: Span | None


class _Numbers(NamedTuple):
    """What every report on a model needs."""

    name: str
    kind: str
    inputs: tuple[Shape | Unranked, ...]
    outputs: tuple[Shape | Unranked, ...]
    params: Params
    connections: Dim
    bias_connections: Dim
    macs: Dim
    exact_counts: bool
    coverage: Coverage
    assumptions: tuple[Assumption, ...]
    layers: tuple[LayerRow, ...]
    incomplete: str | None


class ModelSummary(_Numbers):
    """All numbers of one model.

    `connections`, `bias_connections` and `macs` are lower bounds where `exact_counts` is false.
    `incomplete` says why a part of the model is not known, if that is so.
    """

    measure: Callable[[], Memory]

    @cached_property
    def memory(self) -> Memory:
        """What it takes; few reports show it, and it costs a quarter of all other numbers."""
        return self.measure()


def summarize(model: Network, optimizer: str | None = None) -> ModelSummary:
    """Compute a model's rows and totals.

    Args:
        model: any network; one that is not built yet has unknown counts.
        optimizer: what trains it, in Keras's words, if that is known.
    """
    rows = tuple(_rows(model, model.trainable))
    counted = [r for r in rows if r.class_name != "InputLayer" or r.params]
    states = [r.state for r in counted]
    if model.incomplete is not None:
        # The part that is missing counts as one layer that is not known.
        states.append("unknown")
    params = _total_params(model, rows)
    summary = ModelSummary(
        name=model.name,
        kind=model.kind,
        inputs=tuple(t.shape for t in model.inputs),
        outputs=tuple(t.shape for t in model.outputs),
        params=params,
        connections=_known(r.connections for r in rows),
        bias_connections=_known(r.bias_connections for r in rows),
        macs=_known(r.macs for r in rows),
        exact_counts=not _incomplete(model)
        and all(r.connections is not None and r.macs is not None for r in rows),
        coverage=Coverage(
            len(states), states.count("exact"), states.count("symbolic"), states.count("unknown")
        ),
        assumptions=tuple(_assumptions(model)),
        layers=rows,
        incomplete=model.incomplete,
    )
    summary.measure = partial(memory_of, model, optimizer, weights_known=params.exact)
    return summary


def outline(model: Network) -> tuple[str, str, int]:
    """What tells models apart, without what is costly: kind, ends with params, number of rows."""
    rows = tuple(_rows(model, model.trainable))
    ends = [tuple(t.shape for t in tensors) for tensors in (model.inputs, model.outputs)]
    return model.kind, f"{ends} {_total_params(model, rows)}", len(rows)


def _rows(model: Network, trained: bool) -> Iterator[LayerRow]:
    calls: dict[int, list[LayerCall]] = {}
    for call in model.calls:
        calls.setdefault(id(call.layer), []).append(call)
    members = list(model.operations)
    first = model.calls[0].layer if model.calls else None
    if first is not None and is_input(first) and all(m is not first for m in members):
        members.insert(0, first)
    batch = batch_of(model)
    for layer in members:
        made_by = calls.get(id(layer), [])
        yield _row(layer, made_by, bytes_made(made_by, batch), trained, model.built)


def _row(
    layer: Layer,
    calls: Sequence[LayerCall],
    memory: Dim | None,
    trained: bool,
    owner_built: bool,
) -> LayerRow:
    split = tuple(weights_of(layer, trained))
    unknown = _why_unknown(layer, calls, owner_built)
    weighed = total(w.size for w, _ in split)
    params: Dim | None = weighed
    trainable: Dim | None = total(w.size for w, trained in split if trained)
    if (
        is_unknown(weighed)
        or _incomplete(layer)
        or not _is_built(layer, bool(calls) or not owner_built)
    ):
        params = trainable = None
    counts = _counts(calls)
    nested = tuple(_rows(layer, trained)) if isinstance(layer, Network) else ()
    return LayerRow(
        name=layer.name,
        class_name=class_name(layer),
        span=layer.span,
        input_shapes=tuple(t.shape for t in calls[0].inputs) if calls else (),
        output_shape=_output_shape(calls),
        params=params,
        trainable=trainable,
        connections=_unless_unknown(counts and counts.connections),
        bias_connections=_unless_unknown(counts and counts.bias_connections),
        macs=_unless_unknown(counts and counts.macs),
        weights=split,
        inbound=tuple(dict.fromkeys(
            t.call.layer.name for c in calls for t in c.inputs if t.call is not None
        )),
        unknown=unknown,
        layers=nested,
        dtype=_output_dtype(calls),
        activation_memory=memory,
    )  # fmt: skip


def class_name(layer: Layer) -> str:
    """The class as Keras shows it."""
    return str(getattr(layer, "class_name", None) or type(layer).__name__)


def weights_of(layer: Layer, trained: bool = True) -> Iterator[tuple[Weight, bool]]:
    """Each weight of a layer and whether it is trained as things stand, every layer once.

    Args:
        layer: a layer, a wrapper or a network.
        trained: whether the model that trains it is trainable.
    """
    return ((weight, trained and trains) for weight, trains in weights_within(layer))


def _total_params(model: Network, rows: Sequence[LayerRow]) -> Params:
    sizes = [
        (weight.size, model.trainable and trained)
        for _, layer in layers_within(model)
        for weight, trained in layer.own_weights()
    ]
    known = [(size, trained) for size, trained in sizes if not is_unknown(size)]
    return Params(
        total(size for size, _ in known),
        total(size for size, trained in known if trained),
        total(size for size, trained in known if not trained),
        exact=(
            (model.built or model.says_built)
            and not _incomplete(model)
            and all(r.params is not None for r in rows)
        ),
    )


def _incomplete(layer: Layer) -> bool:
    """Whether some layer within is not known."""
    return any(getattr(inner, "incomplete", None) for _, inner in layers_within(layer))


def _is_built(layer: Layer, called: bool) -> bool:
    """Whether the weights within are known, as far as they are ever made.

    A layer that its owner never calls has none in Keras either.
    """
    if isinstance(layer, Network):
        return (layer.built or layer.says_built) and all(
            _is_built(inner, bool(inner.__dict__["inbound"]) or not layer.built)
            for inner in layer.layers
        )
    return layer.weights is not None or not called


def _counts(calls: Sequence[LayerCall]) -> Counts | None:
    if not calls or any(c.facts is None for c in calls):
        return None
    each = [c.facts.counts() for c in calls if c.facts is not None]
    return Counts(*(total(values) for values in zip(*each, strict=True)))


def _unless_unknown(dim: Dim | None) -> Dim | None:
    return None if dim is None or is_unknown(dim) else dim


def _known(counts: Iterable[Dim | None]) -> Dim:
    return total(c for c in counts if c is not None)


def _output_shape(calls: Sequence[LayerCall]) -> Any:
    if not calls:
        return None
    shapes = [t.shape for t in calls[0].outputs]
    return shapes[0] if len(shapes) == 1 else shapes


def _output_dtype(calls: Sequence[LayerCall]) -> Any:
    dtypes = [t.dtype for t in calls[0].outputs] if calls else [None]
    return dtypes[0] if len(dtypes) == 1 else dtypes


def _why_unknown(layer: Layer, calls: Sequence[LayerCall], owner_built: bool) -> str | None:
    incomplete: str | None = getattr(layer, "incomplete", None)
    if incomplete is not None:
        return incomplete
    if not calls:
        if isinstance(layer, Network):
            return None if layer.built or layer.says_built else "its input shape is not known"
        if layer.weights is not None:
            return None
        return "it is never called" if owner_built else "the model's input shape is not known"
    for call in calls:
        if call.unknown is not None:
            return call.unknown
        for shape in (t.shape for t in call.outputs):
            if isinstance(shape, Unranked):
                return shape.reason
            for dim in shape:
                if is_unknown(dim):
                    return unknown_reason(dim)
    return None


def _assumptions(model: Network) -> Iterator[Assumption]:
    seen: set[Condition] = set()
    for call in model.calls:
        for condition in call.assumptions:
            if condition not in seen and not any(is_unknown(v) for v in condition.variables):
                seen.add(condition)
                yield Assumption(condition, call.layer.name, call.span or call.layer.span)
