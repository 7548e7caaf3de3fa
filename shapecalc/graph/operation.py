"""Tensor operations as nodes of a graph: `keras.ops.add(x, y)`, `x + y`, `x[:, 0]`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from shapecalc.graph.tensor import LayerCall, Tensor, map_tensors, tensors_of
from shapecalc.layers.layer import Layer
from shapecalc.rules.facts import Facts
from shapecalc.rules.requirement import recording
from shapecalc.rules.session import current_session, snake_case
from shapecalc.rules.spec import TensorSpec
from shapecalc.rules.unknown import UndecidedError, Unranked
from shapecalc.source import Span

# The nodes whose output is their input, at most under another shape.
_RELABELLING = frozenset({"ExpandDims", "Identity", "Reshape", "Squeeze", "StopGradient"})


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
        return current_session().unique_name(snake_case(self.__dict__["class_name"]))

    def trace(self, call: LayerCall) -> Any:
        """Apply the operation to a call's operands and state the facts; the output shapes."""
        args, kwargs = map_tensors(_spec, call.arguments)
        result = self.__dict__["rule"](*args, **kwargs)
        call.facts = _facts(result)
        return call.facts.output


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
    if not any(t.symbolic for t in tensors_of((args, kwargs))) or not _holds_spec(result):
        return _arrays(rule, args, kwargs, result)
    call = LayerCall(Operation(name, rule), (args, kwargs))
    call.span = call.layer.__dict__["span"] = span
    call.assumptions = assumptions
    call.unknown = unknown
    if unknown is None:
        call.facts = _facts(result)
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


def _facts(result: Any) -> Facts:
    dtypes: list[str] = []
    map_specs(lambda spec: dtypes.append(spec.dtype), result)
    return Facts(output_shapes(result), dtype=dtypes)


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

    def make(spec: TensorSpec) -> Tensor:
        base = None if shared is None or not views else shared.base or shared
        contents = computed(rule, args, kwargs, spec)
        return Tensor(spec.shape, spec.dtype, contents=contents, base=base)

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
