"""Tensors and layer calls: the nodes of a graph, and how calling a layer makes one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from shapecalc.dims import BATCH, Condition, Dim, Shape
from shapecalc.graph.contents import Contents
from shapecalc.layers.layer import Layer, is_shape
from shapecalc.rules.dtype_policy import UNKNOWN
from shapecalc.rules.facts import Facts
from shapecalc.rules.refusal import Refusal, show_shape
from shapecalc.rules.requirement import recording
from shapecalc.rules.session import current_session
from shapecalc.rules.unknown import UndecidedError, Unknown, Unranked, unknown_dim
from shapecalc.source import Span


class Tensor:
    """A symbolic tensor: the output of a layer call.

    Attributes:
        shape: its dims, or `Unranked`.
        dtype: its dtype's name.
        call: the layer call that made it, or None for one that no layer made.
        index: which of that call's outputs it is.
        symbolic: whether it is part of a graph; an array or a weight is not.
        contents: what is known of an array's elements, or None.
        base: the array whose memory it may share, so that a write to the one shows in the other.
        written: what has been written into the array since, or None.
        of_weights: whether it is a weight that the program makes, or computed of such alone.
    """

    __slots__ = (
        "_contents", "base", "call", "dtype", "index", "of_weights", "shape", "symbolic", "written",
    )  # fmt: skip

    def __init__(
        self,
        shape: Shape | Unranked,
        dtype: str = "float32",
        call: LayerCall | None = None,
        index: int = 0,
        *,
        symbolic: bool = False,
        contents: Contents | None = None,
        base: Tensor | None = None,
        of_weights: bool = False,
    ) -> None:
        self.of_weights = of_weights
        self.symbolic = symbolic or call is not None
        self._contents = contents
        self.base = base
        self.written: Contents | None = None
        self.shape = shape
        self.dtype = dtype
        self.call = call
        self.index = index

    def __repr__(self) -> str:
        maker = f" of {self.call.layer.name}" if self.call else ""
        shape = "(unknown)" if isinstance(self.shape, Unranked) else show_shape(self.shape)
        return f"tensor {shape}{maker}"

    @property
    def contents(self) -> Contents | None:
        """What is known of an array's elements, whatever has been written into it."""
        written = self._owner().written
        if self._contents is None or written is None:
            return self._contents
        return self._contents.join(written)

    @contents.setter
    def contents(self, contents: Contents | None) -> None:
        self._contents = contents

    def _owner(self) -> Tensor:
        """The array that holds its memory."""
        return self if self.base is None else self.base

    def write(self, contents: Contents | None) -> None:
        """Say that elements of such contents have been written into an array.

        All that share its memory know less from then on. Nothing takes this back: an array that
        is written to in a branch only holds one or the other.
        """
        owner = self._owner()
        new = contents or Contents()
        # Neither whole rows nor all values need have been written.
        new = new._replace(one_hot=False, all_occur=False)
        owner.written = new if owner.written is None else owner.written.join(new)

    def apply_layer(self, layer: Layer, inputs: tuple[Any, ...], options: dict[str, Any]) -> Any:
        """Call `layer`; what `layer(tensor)` does."""
        return call_layer(layer, inputs, options)


class LayerCall:
    """One use of a layer: a node of the graph.

    Attributes:
        layer: the layer.
        inputs: the tensors it takes, flat, in the order of the call.
        arguments: what it was called with, as given: positional and by keyword.
        outputs: the tensors it makes, flat.
        facts: what its rule states, or None where that is unknown.
        unknown: why the facts are unknown, or None.
        assumptions: the requirements that are undecided.
        refusal: why Keras would refuse the call, or None.
        span: where the program makes the call.
    """

    __slots__ = (
        "arguments", "assumptions", "facts", "inputs", "layer", "outputs", "refusal", "span",
        "unknown",
    )  # fmt: skip

    def __init__(self, layer: Layer, arguments: tuple[tuple[Any, ...], dict[str, Any]]) -> None:
        self.layer = layer
        self.arguments = arguments
        self.inputs: tuple[Tensor, ...] = tuple(tensors_of(arguments))
        self.outputs: tuple[Tensor, ...] = ()
        self.facts: Facts | None = None
        self.unknown: str | None = None
        self.assumptions: list[Condition] = []
        self.refusal: Refusal | None = None
        self.span: Span | None = None

    def __repr__(self) -> str:
        return f"<LayerCall {self.layer.name}>"


# So many parts of a nested structure are looked at: `x = (x, x)` doubles them each time.
MOST_PARTS = 100_000


def tensors_of(value: Any) -> Iterator[Tensor]:
    """The tensors in a nested structure, in order.

    Raises:
        UndecidedError: there are more than `MOST_PARTS` parts.
    """
    stack = [value]
    left = MOST_PARTS
    while stack:
        left -= 1
        if left < 0:
            raise UndecidedError(Unknown("a structure of too many parts"))
        part = stack.pop()
        if isinstance(part, Tensor):
            yield part
        elif isinstance(part, (tuple, list)):
            stack.extend(reversed(part))
        elif isinstance(part, dict):
            # Keras flattens a dict by its sorted keys.
            stack.extend(part[key] for key in sorted(part, key=str, reverse=True))


def map_tensors(function: Callable[[Tensor], Any], value: Any) -> Any:
    """Replace each tensor in a nested structure."""
    if isinstance(value, Tensor):
        return function(value)
    if isinstance(value, (tuple, list)):
        return type(value)([map_tensors(function, item) for item in value])
    if isinstance(value, dict):
        return _map_items(partial(map_tensors, function), value)
    return value


def map_shapes(function: Callable[[Shape | Unranked], Any], value: Any) -> Any:
    """Replace each shape in an `infer`'s output structure."""
    if isinstance(value, list):
        return [map_shapes(function, item) for item in value]
    if isinstance(value, dict):
        return _map_items(partial(map_shapes, function), value)
    return function(value)


def _map_items(function: Callable[[Any], Any], items: dict[Any, Any]) -> dict[Any, Any]:
    """Map the values of a dict in the order in which Keras flattens it; the keys stay in theirs."""
    mapped = {key: function(items[key]) for key in sorted(items, key=str)}
    return {key: mapped[key] for key in items}


def call_layer(
    layer: Layer,
    inputs: tuple[Any, ...],
    options: dict[str, Any] | None = None,
    span: Span | None = None,
) -> Any:
    """Call a layer on tensors and return its output tensors, in the rule's structure.

    Where Keras would refuse, the session's `on_refusal` is told, if it has one, and the
    outputs are the most plausible ones, so that an analysis can go on.

    Raises:
        Refusal: Keras would refuse the call and nobody listens.
    """
    call = LayerCall(layer, (inputs, options or {}))
    call.span = span
    try:
        with recording() as assumptions:
            output = _infer(layer, call)
        call.assumptions = assumptions
    except OverflowError:
        # A formula that grows past every bound.
        call.unknown = f"the formulas of {layer.name} are too large"
        output = _without_facts(layer, call.unknown)
    except UndecidedError as undecided:
        call.unknown = undecided.unknown.reason
        output = _without_facts(layer, call.unknown)
    except Refusal as refusal:
        listener = current_session().on_refusal
        if listener is None:
            raise
        call.refusal = refusal
        call.unknown = f"{layer.name} is refused"
        listener(refusal, call)
        inputs, _ = map_tensors(lambda t: t.shape, call.arguments)
        first = inputs[0] if len(inputs) == 1 else None
        output = layer.plausible(*inputs) or _without_facts(layer, call.unknown, first)
    if call.facts is not None:
        layer.build_with(call.facts)
    layer.__dict__["inbound"].append(call)
    tracer = current_session().tracer
    if tracer is not None:
        tracer.append(call)
    return _attach(call, output)


def run_call(layer: Layer, arguments: tuple[tuple[Any, ...], dict[str, Any]]) -> LayerCall:
    """What a call on these tensors would yield; the layer and the graph stay as they are.

    Raises:
        Refusal: Keras would refuse the call.
    """
    call = LayerCall(layer, arguments)
    try:
        output = _infer(layer, call)
    except UndecidedError as undecided:
        call.unknown = undecided.unknown.reason
        output = _without_facts(layer, call.unknown)
    _attach(call, output)
    return call


def _infer(layer: Layer, call: LayerCall) -> Any:
    """Run the rule; on unranked inputs, as far as the rule knows the rank itself.

    A layer whose facts are not a matter of shapes alone has a `trace`, which takes the call.
    """
    trace = getattr(layer, "trace", None)
    if trace is not None:
        return trace(call)
    inputs, options = map_tensors(lambda t: t.shape, call.arguments)
    options = {k: v for k, v in options.items() if k not in _RUN_TIME_OPTIONS}
    unranked = next((t.shape for t in call.inputs if isinstance(t.shape, Unranked)), None)
    if unranked is None:
        call.facts = layer.facts(*inputs, **options)
        return call.facts.output
    call.unknown = unranked.reason
    return _infer_unranked(layer, call, unranked)


# Options of a call that bear on values, not on shapes.
_RUN_TIME_OPTIONS = frozenset({"training", "mask"})


def _infer_unranked(layer: Layer, call: LayerCall, unranked: Unranked) -> Any:
    """What follows when an input's rank is unknown: the rule run on dims that are unknown."""
    if layer.takes is None or len(call.inputs) != 1:
        return Unranked(unranked.reason)
    dims = _unknown_dims(layer.takes, unranked)
    try:
        call.facts = layer.facts(dims)
    except Refusal:
        # It may be that the rank tried here is not the input's.
        return Unranked(unranked.reason)
    if "..." not in layer.takes:
        return call.facts.output
    # Only the last axis is sure where the axes between are not known.
    return map_shapes(partial(_only_last, unranked.reason), call.facts.output)


def _only_last(reason: str, shape: Any) -> Unranked:
    return Unranked(reason, shape[-1:])


def _unknown_dims(takes: str, unranked: Unranked) -> Shape:
    """An input shape of unknown dims, with an axis or two where the rule takes any number."""
    dims: list[Dim] = [BATCH]
    for axis in takes.split()[1:]:
        dims += [unknown_dim(unranked.reason) for _ in range(2 if axis == "..." else 1)]
    known = unranked.last[: len(dims) - 1]
    return (*dims[: len(dims) - len(known)], *known)  # type: ignore[arg-type]


def _last_axis(shape: Shape | Unranked, reason: str) -> Unranked:
    return Unranked(reason, shape.last if isinstance(shape, Unranked) else shape[-1:])


def _without_facts(layer: Layer, reason: str, shape: Any = None) -> Any:
    """The output of a call whose rule could not be run: the rule on what it may be called on.

    Args:
        layer: the layer.
        reason: why.
        shape: what it is called on, if that is one tensor.
    """
    if layer.takes is None:
        return Unranked(reason)
    axes = layer.takes.split()
    named = [axis for axis in axes if axis != "..."]
    fits = bool(is_shape(shape) and shape) and (
        len(shape) >= len(named) if "..." in axes else len(shape) == len(named)
    )
    if fits:
        # A length that is needed, but free; else none of the lengths is to be trusted.
        free = [getattr(d, "kind", "") == "free" for d in shape]
        tries = [tuple(unknown_dim(reason) if f else d for d, f in zip(shape, free, strict=True))]
        tries.append((shape[0], *(unknown_dim(reason) for _ in shape[1:])))
    else:
        tries = [(BATCH, *(unknown_dim(reason) for _ in named[1:]))]
    for dims in tries:
        try:
            with recording():
                output = layer.infer(dims).output
        except (Refusal, UndecidedError):
            continue
        if fits or "..." not in axes:
            return output
        return map_shapes(lambda s: _last_axis(s, reason), output)
    return Unranked(reason)


def _attach(call: LayerCall, output: Any) -> Any:
    """Turn output shapes into the call's output tensors."""
    outputs: list[Tensor] = []

    def make(shape: Shape | Unranked) -> Tensor:
        tensor = Tensor(shape, _output_dtype(call, len(outputs)), call, len(outputs))
        outputs.append(tensor)
        return tensor

    result = map_shapes(make, output)
    call.outputs = tuple(outputs)
    return result


def _output_dtype(call: LayerCall, place: int) -> str:
    """The dtype of one of a call's outputs."""
    inputs = call.inputs
    given = inputs[min(place, len(inputs) - 1)].dtype if inputs else UNKNOWN
    return call.layer.output_dtype(call.facts or Facts(None), given, place)


def input_tensor(layer: Layer, span: Span | None = None) -> Tensor:
    """The tensor that an input layer hands to the network, made once."""
    inbound = layer.__dict__["inbound"]
    if inbound:
        first: Tensor = inbound[0].outputs[0]
        return first
    layer.__dict__["span"] = span or layer.span
    tensor = call_layer(layer, (), span=span)
    assert isinstance(tensor, Tensor)
    return tensor
