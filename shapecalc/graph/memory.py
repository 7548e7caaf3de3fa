"""Bytes: of weights, of the tensors that a graph makes, and of those it needs at once.

All are for one sample. What a layer holds within itself while it runs (the gates of an LSTM, the
scores of attention, a copy of an input in another dtype) is not counted, nor what a backend
allocates besides.

- The *activations* are the tensors that layers hand out, inputs included, each counted once.
- A tensor is *alive* from when it is made to the last layer that takes it; an output of the
  network to the end. Layers run one after the other in Keras's order, and a layer's inputs and
  outputs are alive together. A layer that relabels (Flatten, Reshape, Identity, and what acts in
  training only, such as Dropout) hands out the memory of its input. The *peak* is the most that
  is alive at once.
- Training is estimated: the weights, a gradient for each trained weight, the optimizer's slots
  for each, and all activations, as the way back needs them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from shapecalc.dims import Dim, is_unknown, maximum, total
from shapecalc.graph.model import Network
from shapecalc.graph.tensor import LayerCall, Tensor
from shapecalc.graph.traversal import execution_order
from shapecalc.layers.input import is_input
from shapecalc.layers.nesting import weights_within
from shapecalc.rules.dtype_policy import ITEM_BYTES
from shapecalc.rules.facts import Weight
from shapecalc.rules.spec import count_of
from shapecalc.rules.unknown import Unranked

# The tensors of the shape of a weight that an optimizer keeps for it, with Keras's defaults.
OPTIMIZER_SLOTS = {
    "sgd": 0, "momentum": 1, "rmsprop": 1, "adagrad": 1, "lion": 1, "adam": 2, "adamw": 2,
    "adamax": 2, "adadelta": 2, "nadam": 2, "ftrl": 2, "lamb": 2,
}  # fmt: skip
DEFAULT_OPTIMIZER = "adam"

# Of more formulas than that, the greatest is not told.
_MOST_FORMULAS = 12


class Bytes(NamedTuple):
    """A number of bytes; a lower bound where `exact` is false."""

    size: Dim
    exact: bool = True


class Memory(NamedTuple):
    """What a network takes, in bytes, for one sample.

    Attributes:
        weights: of all weights.
        by_dtype: of all weights, by their dtype.
        activations: of all tensors between layers.
        peak: of those alive at once at inference; weights are apart. None if that is not known.
        training: an estimate of the whole in training.
        optimizer: which one that estimate is for.
    """

    weights: Bytes
    by_dtype: dict[str, Bytes]
    activations: Bytes
    peak: Bytes | None
    training: Bytes
    optimizer: str = DEFAULT_OPTIMIZER


def memory_of(
    model: Network, optimizer: str | None = None, *, weights_known: bool = True
) -> Memory:
    """What a network takes.

    Args:
        model: any network.
        weights_known: whether its weights are all known; if not, they are a lower bound.
        optimizer: one of `OPTIMIZER_SLOTS`; for another, or none, the default is taken.
    """
    if optimizer not in OPTIMIZER_SLOTS:
        optimizer = DEFAULT_OPTIMIZER
    split = list(weights_within(model))
    weights = _sum(weight_bytes(w) for w, _ in split)
    weights = weights._replace(exact=weights.exact and weights_known)
    trained = _sum(weight_bytes(w) for w, trains in split if trains and model.trainable)
    known = model.built and model.incomplete is None
    batch = batch_of(model)
    entries = (tensor_bytes(t, batch) for t in model.inputs)
    activations = _sum([*entries, *_made(model, batch)])
    activations = activations._replace(exact=activations.exact and known)
    kept = 1 + OPTIMIZER_SLOTS[optimizer]
    return Memory(
        weights,
        _by_dtype(w for w, _ in split),
        activations,
        _peak(model) if known else None,
        Bytes(
            total([weights.size, trained.size * kept, activations.size]),
            weights.exact and activations.exact,
        ),
        optimizer,
    )


def weight_bytes(weight: Weight) -> Dim | None:
    """The bytes of a weight; None where its size or its dtype is not known."""
    return _bytes(weight.size, weight.dtype)


def batch_of(model: Network) -> int | None:
    """The batch size that the inputs of a network are declared with, or None."""
    sizes = {t.shape[0] for t in model.inputs if isinstance(t.shape, tuple) and t.shape}
    size = sizes.pop() if len(sizes) == 1 else None
    return size if isinstance(size, int) else None


def tensor_bytes(tensor: Tensor, batch: int | None = None) -> Dim | None:
    """The bytes of a tensor for one sample; None where its size or its dtype is not known.

    A batch axis, or a batch that is part of another length, counts as one sample. What has no
    batch is there once, however many samples there are.

    Args:
        tensor: the tensor.
        batch: the length of the first axis where that is a fixed batch size.
    """
    axes = tensor.shape
    if isinstance(axes, Unranked):
        return None
    if batch is not None and axes and isinstance(axes[0], int) and axes[0] == batch:
        axes = axes[1:]
    return _bytes(count_of(axes), tensor.dtype)


def _bytes(count: Dim, dtype: str | None) -> Dim | None:
    each = ITEM_BYTES.get(dtype or "")
    return None if each is None or is_unknown(count) else count * each


def _sum(sizes: Iterable[Dim | None]) -> Bytes:
    found = list(sizes)
    return Bytes(total(s for s in found if s is not None), None not in found)


def _by_dtype(weights: Iterable[Weight]) -> dict[str, Bytes]:
    groups: dict[str, list[Dim | None]] = {}
    for weight in weights:
        groups.setdefault(weight.dtype or "", []).append(weight_bytes(weight))
    return {dtype: _sum(sizes) for dtype, sizes in sorted(groups.items())}


# --- the tensors that calls make -------------------------------------------------------------


def bytes_made(calls: Sequence[LayerCall], batch: int | None = None) -> Dim | None:
    """The bytes of the tensors that calls of one layer make; None if that is not known.

    Args:
        calls: the calls.
        batch: the network's, if it is fixed.
    """
    made = _sum(size for call in calls for size in _made_by(call, batch))
    return made.size if calls and made.exact else None


def _made(model: Network, batch: int | None) -> Iterator[Dim | None]:
    for call in model.calls:
        if not is_input(call.layer):
            yield from _made_by(call, batch)


def _made_by(call: LayerCall, batch: int | None) -> Iterator[Dim | None]:
    inner = _inner(call)
    if inner is None:
        yield from (tensor_bytes(t, batch) for t in call.outputs)
        if isinstance(call.layer, Network) and call.layer.calls:
            yield None
        return
    for one in inner.calls:
        if not is_input(one.layer):
            yield from _made_by(one, batch)


class _Graph(NamedTuple):
    """The calls within a call of a network, in the order in which they run."""

    calls: Sequence[LayerCall]
    inputs: Sequence[Tensor]
    outputs: Sequence[Tensor]


def _inner(call: LayerCall) -> _Graph | None:
    """What a call of a network runs; None where that is not known, or the layer is no network."""
    network = call.layer
    if not isinstance(network, Network) or not network.calls:
        return None
    found = network.calls_on(call.inputs)
    return None if found is None else _ordered(*found)


def _ordered(
    calls: Sequence[LayerCall], inputs: Sequence[Tensor], outputs: Sequence[Tensor]
) -> _Graph:
    return _Graph(execution_order(calls, inputs), inputs, outputs)


# --- liveness ---------------------------------------------------------------------------------


class _Run:
    """The steps of a run, and where each tensor is kept.

    Attributes:
        batch: the fixed batch size, or None.
        sizes: the bytes of each place; None where they are not known.
        steps: of each step, the places it reads and those it fills.
    """

    def __init__(self, batch: int | None) -> None:
        self.batch = batch
        self.sizes: list[Dim | None] = []
        self.steps: list[tuple[list[int], list[int]]] = []

    def new_place(self, tensor: Tensor) -> int:
        """A place for a tensor of its own."""
        self.sizes.append(tensor_bytes(tensor, self.batch))
        return len(self.sizes) - 1

    def follow(self, graph: _Graph, places: dict[int, int]) -> None:
        """Run the calls of a graph whose inputs are in place already."""
        for call in graph.calls:
            if all(id(t) in places for t in call.outputs):
                continue
            for tensor in call.inputs:
                if id(tensor) not in places:
                    # Made by what is no node of the graph.
                    places[id(tensor)] = self.new_place(tensor)
            self._step(call, places)

    def _step(self, call: LayerCall, places: dict[int, int]) -> None:
        inner = _inner(call)
        read = [places[id(t)] for t in call.inputs]
        if inner is not None:
            within = dict(zip(map(id, inner.inputs), read, strict=False))
            self.follow(inner, within)
            for made, tensor in zip(inner.outputs, call.outputs, strict=False):
                place = within.get(id(made))
                places[id(tensor)] = self.new_place(tensor) if place is None else place
            return
        if _relabels(call):
            places[id(call.outputs[0])] = read[0]
            self.steps.append((read, []))
            return
        filled = [self.new_place(t) for t in call.outputs]
        places.update(zip(map(id, call.outputs), filled, strict=True))
        self.steps.append((read, filled))

    def alive(self, inputs: list[int], outputs: set[int]) -> Iterator[set[int]]:
        """The places that are alive at each step."""
        last = {place: i for i, (read, _) in enumerate(self.steps) for place in read}
        now = set(inputs)
        yield set(now)
        for i, (read, filled) in enumerate(self.steps):
            now.update(read, filled)
            yield now
            for place in (*read, *filled):
                if last.get(place, i) <= i and place not in outputs:
                    now.discard(place)


def _relabels(call: LayerCall) -> bool:
    """Whether the output of a call is its input under another shape."""
    return (
        call.layer.relabels
        and len(call.inputs) == len(call.outputs) == 1
        and call.inputs[0].dtype == call.outputs[0].dtype
    )


def _peak(model: Network) -> Bytes | None:
    run = _Run(batch_of(model))
    inputs = [run.new_place(t) for t in model.inputs]
    places = dict(zip(map(id, model.inputs), inputs, strict=True))
    run.follow(_ordered(model.calls, model.inputs, model.outputs), places)
    outputs = {places[id(t)] for t in model.outputs if id(t) in places}
    return _greatest(run.alive(inputs, outputs), run.sizes)


def _greatest(moments: Iterator[set[int]], sizes: Sequence[Dim | None]) -> Bytes | None:
    """The most bytes in one of several sets of places."""
    least: int = 0
    formulas: dict[str, Dim] = {}
    for places in moments:
        plain: int = 0
        symbolic: list[Dim] = []
        for place in places:
            size = sizes[place]
            if isinstance(size, int):
                plain += size
            elif size is not None:
                symbolic.append(size)
        least = max(least, plain)
        if symbolic:
            formula = total([plain, *symbolic])
            formulas[str(formula)] = formula
            if len(formulas) > _MOST_FORMULAS:
                return None
    greatest: Dim = least
    for formula in formulas.values():
        greatest = maximum(greatest, formula)
    return Bytes(greatest, None not in sizes)
