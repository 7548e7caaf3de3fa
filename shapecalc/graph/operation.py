"""Tensor operations as nodes of a graph: `keras.ops.add(x, y)`, `x + y`, `x[:, 0]`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from shapecalc.dims import Dim, total
from shapecalc.graph.tensor import LayerCall, Tensor, map_tensors, tensors_of
from shapecalc.layers.layer import Layer
from shapecalc.rules.facts import Counts, Facts
from shapecalc.rules.requirement import recording
from shapecalc.rules.session import current_session, snake_case
from shapecalc.rules.spec import TensorSpec, count_of
from shapecalc.rules.unknown import UndecidedError, Unranked, unknown_dim
from shapecalc.source import Span

# The nodes whose output is their input, at most under another shape.
_RELABELLING = frozenset({"ExpandDims", "Identity", "Reshape", "Squeeze", "StopGradient"})

# What a node does with a weight of the program's own that meets a tensor of the network: it is
# added to units, rescales them, is looked up for them, or takes its place beside them.
_ADDING = frozenset({"Add", "Subtract"})
_RESCALING = frozenset({"Multiply", "Divide", "TrueDivide"})
_LOOKING_UP = frozenset({"Take", "TakeAlongAxis", "GetItem"})
_PLACING = frozenset({"Append", "BroadcastTo", "Concatenate", "Hstack", "Stack", "Vstack"})


# So far back the input of a network of a fixed batch size is looked for.
MAX_DEPTH = 10_000


class Operation(Layer):
    """The node of a tensor operation; it holds no weights.

    Attributes:
        class_name: the class that Keras gives the node.
        rule: from operands to the output.
    """

    def __init__(self, class_name: str, rule: Callable[..., Any]) -> None:
        state = self.__dict__
        state["class_name"] = class_name
        state["rule"] = rule
        self._start({})
        state["_weights"] = ()
        state["relabels"] = class_name in _RELABELLING

    def _automatic_name(self) -> str:  # type: ignore[override]
        name = snake_case(self.__dict__["class_name"])
        session = current_session()
        # Within a layer's own code Keras makes no node, and counts none.
        return name if session.tracer is not None else session.unique_name(name)

    def trace(self, call: LayerCall) -> Any:
        """Apply the operation to a call's operands and state the facts; the output shapes."""
        args, kwargs = map_tensors(_spec, call.arguments)
        result = self.__dict__["rule"](*args, **kwargs)
        call.facts = self.facts_of(result, call.inputs)
        return call.facts.output

    def facts_of(self, result: Any, operands: Sequence[Tensor]) -> Facts:
        """What a result states, and what it joins the program's own weights to."""
        specs: list[TensorSpec] = []
        map_specs(specs.append, result)
        counts = _own_counts(self.__dict__["class_name"], specs, operands)
        if not getattr(self.__dict__["rule"], "counted", True):
            counts = counts._replace(macs=unknown_dim(f"how much {self.name} multiplies"))
        if any(count != 0 for count in counts):
            batch = _fixed_batch(operands)
            counts = Counts(*(_per_sample(count, batch) for count in counts))
        return Facts(
            output_shapes(result),
            edges=counts.connections,
            bias_edges=counts.bias_connections,
            macs=counts.macs,
            dtype=[spec.dtype for spec in specs],
        )


def is_operation(layer: Layer) -> bool:
    """Whether a node of the graph is a tensor operation and no layer."""
    return isinstance(layer, Operation)


def call_operation(
    name: str,
    rule: Callable[..., Any],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    span: Span | None = None,
) -> Any:
    """Apply an operation to tensors.

    Args:
        name: the class of its node.
        rule: from operands (a `TensorSpec` for a tensor) to the output.
        args: the operands and options, by position.
        kwargs: by keyword.
        span: where the program applies it.

    Returns:
        The output tensors; a node of the graph makes them if an operand is part of one. What is
        no tensor (a shape, a rank) as it is.

    Raises:
        Refusal: Keras would refuse the operation.
    """
    specs, options = map_tensors(_spec, (args, kwargs))
    with recording() as assumptions:
        unknown = None
        try:
            result = rule(*specs, **options)
        except UndecidedError as undecided:
            unknown = undecided.unknown.reason
            result = TensorSpec(Unranked(unknown))  # type: ignore[arg-type]
    operands = list(tensors_of((args, kwargs)))
    if not any(t.symbolic for t in operands) or not _holds_spec(result):
        return _arrays(rule, args, kwargs, result)
    node = Operation(name, rule)
    call = LayerCall(node, (args, kwargs))
    call.span = node.__dict__["span"] = span
    call.assumptions = assumptions
    call.unknown = unknown
    if unknown is None:
        call.facts = node.facts_of(result, operands)
    return _connect(call, result)


def _connect(call: LayerCall, result: Any) -> Any:
    """Put a node into the graph.

    Returns:
        Its output tensors, in the structure of its result.
    """
    outputs: list[Tensor] = []

    def make(spec: TensorSpec) -> Tensor:
        tensor = Tensor(spec.shape, spec.dtype, call, len(outputs))
        outputs.append(tensor)
        return tensor

    made = map_specs(make, result)
    call.outputs = tuple(outputs)
    call.layer.__dict__["inbound"].append(call)
    tracer = current_session().tracer
    if tracer is not None:
        tracer.append(call)
    return made


def _spec(tensor: Tensor) -> TensorSpec:
    return TensorSpec(tensor.shape, tensor.dtype)  # type: ignore[arg-type]


def map_specs(function: Callable[[TensorSpec], Any], value: Any) -> Any:
    """Replace each `TensorSpec` in a nested structure."""
    if isinstance(value, TensorSpec):
        return function(value)
    if isinstance(value, (list, tuple)):
        return type(value)([map_specs(function, item) for item in value])
    if isinstance(value, dict):
        return {key: map_specs(function, item) for key, item in value.items()}
    return value


def _own_counts(name: str, specs: list[TensorSpec], operands: Sequence[Tensor]) -> Counts:
    """The edges and products of a node, those with weights of the program's own included."""
    edges, macs = total(s.edges for s in specs), total(s.macs for s in specs)
    if edges != 0 or not any(t.of_weights for t in operands) or name in _PLACING:
        return Counts(edges, 0, macs)
    units = total(count_of(s.shape) for s in specs)
    if name in _ADDING:
        return Counts(0, units, 0)
    if name in _RESCALING or name in _LOOKING_UP:
        return Counts(units, 0, 0)
    unknown = unknown_dim(f"what `{name}` joins a weight of the program's own to")
    return Counts(unknown, 0, unknown)


def _fixed_batch(operands: Sequence[Tensor]) -> int:
    """The batch size that a network's input is declared with; 1 where that is open."""
    tensor = next((t for t in operands if t.symbolic), None)
    for _ in range(MAX_DEPTH):
        if tensor is None:
            break
        shape = tensor.shape
        if isinstance(shape, Unranked) or not shape or not isinstance(shape[0], int):
            return 1
        if tensor.call is None or not tensor.call.inputs:
            return shape[0]
        tensor = tensor.call.inputs[0]
    return 1


def _per_sample(count: Dim, batch: int) -> Dim:
    if batch == 1 or count == 0:
        return count
    if isinstance(count, int) and count % batch == 0:
        return count // batch
    return unknown_dim("what of an operation belongs to one sample")


def _holds_spec(value: Any) -> bool:
    if isinstance(value, TensorSpec):
        return True
    if isinstance(value, (list, tuple)):
        return any(_holds_spec(item) for item in value)
    return isinstance(value, dict) and any(_holds_spec(item) for item in value.values())


def _arrays(
    rule: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any], result: Any
) -> Any:
    """An operation's result on arrays, with what is known of its numbers."""
    from shapecalc.graph.computed_contents import computed
    from shapecalc.ops.op import OpRule

    shared = next(tensors_of((args, kwargs)), None)
    views = isinstance(rule, OpRule) and rule.moved(args, kwargs) is not None

    of_weights = any(t.of_weights for t in tensors_of((args, kwargs)))

    def make(spec: TensorSpec) -> Tensor:
        base = None if shared is None or not views else shared.base or shared
        contents = computed(rule, args, kwargs, spec)
        return Tensor(spec.shape, spec.dtype, contents=contents, base=base, of_weights=of_weights)

    return map_specs(make, result)


def output_shapes(value: Any) -> Any:
    """An operation's result in the form of a rule's output: lists for several tensors."""
    if isinstance(value, TensorSpec):
        return value.shape
    if isinstance(value, (list, tuple)):
        return [output_shapes(item) for item in value]
    if isinstance(value, dict):
        return {key: output_shapes(item) for key, item in value.items()}
    return ()
