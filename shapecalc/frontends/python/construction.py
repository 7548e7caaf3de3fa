"""Layers and models as the program makes and calls them."""

from __future__ import annotations

import ast
from typing import Any

from shapecalc.frontends.python.branching import settle
from shapecalc.frontends.python.call_arguments import (
    argument_spans,
    map_arguments,
    written_arguments,
)
from shapecalc.frontends.python.certainty import certain_arguments
from shapecalc.frontends.python.dtypes import dtype_value
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.recording import record_model
from shapecalc.frontends.python.returned import as_returned
from shapecalc.frontends.python.size_names import name_sizes
from shapecalc.frontends.python.spellings import note_layer
from shapecalc.frontends.python.values import Value, first_unknown
from shapecalc.graph.model import Network
from shapecalc.graph.sequential import Sequential
from shapecalc.graph.tensor import LayerCall, Tensor, call_layer, map_tensors, tensors_of
from shapecalc.layers.layer import Layer
from shapecalc.rules.argument_kinds import Flag
from shapecalc.rules.dtype_policy import policy_of
from shapecalc.rules.refusal import (
    InvalidArgument,
    MissingArgument,
    Refusal,
    UnknownArgument,
    WrongInputs,
)
from shapecalc.rules.session import current_session
from shapecalc.rules.unknown import UndecidedError, Unknown, Unranked
from shapecalc.source import Span

MAX_RETRIES = 4


def make_layer(
    run: Interpreter,
    rule: type[Layer],
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    node: ast.expr | None,
) -> Value:
    """Make a layer. What Keras refuses is reported, and the layer made without it."""
    run.effect()
    note_layer(run, rule, node)
    spans = argument_spans(run, rule, node)
    args, kwargs = certain_arguments(run, rule, args, kwargs, spans)
    args, kwargs = _settle_flags(run, rule, args, kwargs, node)
    try:
        args, kwargs = rule.from_keras_1(args, kwargs)
        if "dtype" in kwargs:
            kwargs = {**kwargs, "dtype": dtype_value(kwargs["dtype"])}
        args, kwargs = name_sizes(run, rule, args, kwargs, node)
    except Refusal as refusal:
        run.refuse(refusal, run.span(node), arguments=spans, subject=rule.__name__)
        return Unknown(f"{rule.__name__} is refused", run.span(node))
    for _ in range(MAX_RETRIES):
        try:
            layer = rule(*args, **kwargs)
        except UndecidedError as undecided:
            return undecided.unknown
        except Refusal as refusal:
            if isinstance(refusal, MissingArgument) and _hands_on(node):
                # What the function itself is given may well hold it.
                return run.unknown(f"{refusal}, which may be handed on", node)
            given_tensor = next(tensors_of((args, kwargs)), None) is not None
            if given_tensor:
                refusal.help = f"make the layer first, then call it: {rule.__name__}(…)(x)"
            run.refuse(refusal, run.span(node), arguments=spans, subject=rule.__name__)
            # The program takes what it has made for a tensor: what follows from that is no news.
            repaired = None if given_tensor else _without(rule, refusal, args, kwargs)
            if repaired is None:
                return Unknown(f"{rule.__name__} is refused", run.span(node))
            args, kwargs = repaired
        else:
            layer.__dict__["span"] = run.span(node) or run.here()
            layer.__dict__["argument_spans"] = spans
            if isinstance(layer.__dict__["input_shape_argument"], (tuple, list, Unknown)):
                run.declared.append(layer)
            _report_unknown_arguments(run, layer, args, kwargs)
            return layer
    return Unknown(f"{rule.__name__} is refused", run.span(node))


def _settle_flags(
    run: Interpreter,
    rule: type[Layer],
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    node: ast.expr | None,
) -> tuple[tuple[Value, ...], dict[str, Value]]:
    """The arguments of a layer, with flags that are not known taken both ways.

    Raises:
        ForkRequest: one is unknown, and a branch is only being tried.
    """
    written = written_arguments(list(rule.arguments), node)

    def settled(name: str, value: Value) -> Value:
        is_flag = name == "trainable" or isinstance(rule.arguments.get(name), Flag)
        if not is_flag or not isinstance(value, Unknown):
            return value
        return settle(run, value, written.get(name) or ast.Name(name))

    return map_arguments(rule, args, kwargs, settled)


def _without(
    rule: type[Layer], refusal: Refusal, args: tuple[Value, ...], kwargs: dict[str, Value]
) -> tuple[tuple[Value, ...], dict[str, Value]] | None:
    """The arguments with the one at fault taken as unknown, and so one that it is at odds with."""
    if refusal.argument is None:
        return None
    repaired = _without_one(rule, refusal, refusal.argument, args, kwargs)
    if repaired is None or refusal.beside is None:
        return repaired
    return _without_one(rule, refusal, refusal.beside, *repaired)


def _without_one(
    rule: type[Layer],
    refusal: Refusal,
    name: str,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
) -> tuple[tuple[Value, ...], dict[str, Value]] | None:
    gone = Unknown(f"`{name}` is refused")
    kwargs = dict(kwargs)
    if isinstance(refusal, UnknownArgument):
        kwargs.pop(name, None)
        return args, kwargs
    names = list(rule.arguments)
    if name in names and names.index(name) < len(args):
        place = names.index(name)
        return (*args[:place], gone, *args[place + 1 :]), kwargs
    if name in rule.arguments:
        for old, new in rule.older.items():
            if new == name:
                kwargs.pop(old, None)
        kwargs[name] = gone
        return args, kwargs
    if kwargs.pop(name, None) is not None:
        return args, kwargs
    return None


def _hands_on(node: ast.expr | None) -> bool:
    """Whether a call hands on arguments, by `*args` or `**kwargs`."""
    return isinstance(node, ast.Call) and (
        any(isinstance(value, ast.Starred) for value in node.args)
        or any(keyword.arg is None for keyword in node.keywords)
    )


def _report_unknown_arguments(
    run: Interpreter, layer: Layer, args: tuple[Value, ...], kwargs: dict[str, Value]
) -> None:
    """Say which argument that bears on the numbers could not be followed."""
    given = {**dict(zip(layer.arguments, args, strict=False)), **kwargs}
    for name, value in given.items():
        argument = layer.arguments.get(layer.older.get(name, name))
        unknown = first_unknown((value,)) if argument is not None and argument.bears else None
        if unknown is not None:
            run.gap("unknown", unknown.reason, unknown.span)


def call_layer_value(
    run: Interpreter,
    layer: Layer,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    node: ast.expr | None,
) -> Value:
    """Call a layer or model of the program's."""
    inputs = _input_values(args, kwargs)
    tensors = list(tensors_of(inputs))
    if not tensors:
        return _call_without_tensor(run, layer, args, kwargs, node)
    if any(t.shape == () for t in tensors) and not any(t.symbolic for t in tensors):
        # Layers that prepare data take a single item too, which none in a network does.
        return run.unknown("what a layer makes of a single item of data", node)
    eager = current_session().tracer is None and not any(t.symbolic for t in tensors_of(inputs))
    if eager and _is_settled(layer):
        return _call_on_arrays(run, layer, args, kwargs, node)
    run.effect(grows=not _is_built(layer))
    unknown = first_unknown(inputs)
    if unknown is not None:
        run.gap("unknown", unknown.reason, unknown.span)
        args = tuple(_as_tensor(a) for a in args)
    span = run.span(node)
    with Listening(run, span):
        output = as_returned(call_layer(layer, args, kwargs, span=span), layer)
    if eager and unknown is None and all(isinstance(t.shape, tuple) for t in tensors):
        # What a layer makes of data is data: it joins no graph.
        return map_tensors(lambda tensor: Tensor(tensor.shape, tensor.dtype), output)
    return output


def _is_built(layer: Layer) -> bool:
    return layer.built if isinstance(layer, Network) else layer.weights is not None


def _is_settled(layer: Layer) -> bool:
    """Whether calling a layer once more leaves it as it is: it has its weights, and no code."""
    if not _is_built(layer) or not isinstance(layer, Network):
        return _is_built(layer)
    return layer.kind != "subclass" and all(map(_is_settled, layer.layers))


def _call_on_arrays(
    run: Interpreter,
    layer: Layer,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    node: ast.expr | None,
) -> Value:
    """A call that computes with arrays: it yields arrays, and the network stays as it is."""
    span = run.span(node)
    inbound = layer.__dict__["inbound"]
    before = len(inbound)
    session = current_session()
    outer, session.on_arrays = session.on_arrays, True
    with Listening(run, span):
        try:
            output = call_layer(layer, tuple(_as_tensor(a) for a in args), kwargs, span=span)
        finally:
            session.on_arrays = outer
            del inbound[before:]
    return map_tensors(lambda tensor: Tensor(tensor.shape, tensor.dtype), output)


def _input_values(args: tuple[Value, ...], kwargs: dict[str, Value]) -> list[Value]:
    return [*args, *(v for k, v in kwargs.items() if k not in ("training", "mask"))]


def _call_without_tensor(
    run: Interpreter,
    layer: Layer,
    args: tuple[Value, ...],
    kwargs: dict[str, Value],
    node: ast.expr | None,
) -> Value:
    unknown = first_unknown((*args, *kwargs.values()))
    if unknown is not None:
        if layer.weights is None and not isinstance(layer, Network):
            run.effect(grows=not _is_built(layer))
            with Listening(run, run.span(node)):
                return call_layer(layer, tuple(_as_tensor(a) for a in args), span=run.span(node))
        return Unknown(unknown.reason, unknown.span)
    if args and isinstance(args[0], Layer):
        run.effect()
        refusal = WrongInputs(
            f"{layer.name} is called on the layer {args[0].name}, not on a tensor",
            help=f"call {args[0].name} first: {layer.name}({args[0].name}(x))",
        )
        run.refuse(refusal, run.span(node), layer=layer, subject=type(layer).__name__)
        return Unknown(f"{layer.name} is refused", run.span(node))
    return run.unknown(f"{layer.name} is called on a value that is no tensor", node)


def _as_tensor(value: Value) -> Value:
    """An unknown input as a tensor of unknown rank."""
    if isinstance(value, Unknown):
        return Tensor(Unranked(value.reason))
    if isinstance(value, (list, tuple)):
        return type(value)([_as_tensor(v) for v in value])
    return value


class Listening:
    """For the length of a `with` block, report refusals of layer calls and go on."""

    __slots__ = ("_previous", "_run", "_span")

    def __init__(self, run: Interpreter, span: Span | None) -> None:
        self._run = run
        self._span = span

    def __enter__(self) -> None:
        session = current_session()
        self._previous = session.on_refusal
        session.on_refusal = self._heard

    def __exit__(self, *exc_info: object) -> None:
        current_session().on_refusal = self._previous

    def _heard(self, refusal: Any, call: LayerCall) -> None:
        layer = call.layer
        self._run.refuse(
            refusal,
            layer.span or call.span or self._span,
            arguments=layer.__dict__.get("argument_spans"),
            layer=layer,
            call=call,
            subject=type(layer).__name__,
        )


def list_lone_layers(run: Interpreter) -> None:
    """List as networks the layers that declare their input and are in no model.

    `Dense(8, input_dim=4)` on a line of its own says all that its numbers need.
    """
    used = {id(layer) for record in run.program.models for layer in record.model.layers}
    for layer in run.declared:
        if id(layer) in used or layer.__dict__["inbound"]:
            continue
        model = Sequential(name=layer.name)
        with Listening(run, layer.span):
            try:
                model.add(layer, span=layer.span)
            except Refusal as refusal:
                spans = layer.__dict__.get("argument_spans")
                run.refuse(refusal, layer.span, arguments=spans, subject=type(layer).__name__)
                continue
        model.__dict__["span"] = layer.span
        record_model(run, model, None)
        run.records[id(model)].span = layer.span or Span(1, 1, 1, 1)


def guarded(
    run: Interpreter,
    action: Any,
    node: ast.expr | None,
    subject: str,
    otherwise: Value = None,
    place: Span | None = None,
    layer: Layer | None = None,
) -> Value:
    """Do something to a model, maybe with a layer whose arguments may be at fault.

    What Keras refuses is reported at `place`, or else at the call.
    """
    run.effect()
    span = place or run.span(node)
    with Listening(run, span):
        try:
            return action()
        except Refusal as refusal:
            own = {} if layer is None else layer.__dict__.get("argument_spans") or {}
            spans = {**argument_spans(run, None, node), **own}
            run.refuse(refusal, span, arguments=spans, subject=subject)
            return otherwise
        except UndecidedError as undecided:
            return undecided.unknown


# What stands for a flag that no expression gives, as in `setattr(layer, name, flag)`.
_A_FLAG = ast.Name("trainable")


def set_layer_attribute(run: Interpreter, layer: Layer, name: str, value: Value) -> None:
    """`layer.name = value`."""
    if name == "trainable":
        run.effect()
        written = getattr(run.node, "value", None)
        layer.trainable = settle(run, value, written if written is not None else _A_FLAG)
        return
    if name == "dtype_policy":
        run.effect()
        layer.__dict__["dtype_policy"] = policy_of(dtype_value(value))
        return
    attributes = layer.__dict__.setdefault("attributes", {})
    run.touch(attributes)
    attributes[name] = value
    if name == "_name" and isinstance(value, str):
        layer.__dict__["name"] = value
        current_session().renames += 1


__all__ = ["InvalidArgument", "Listening", "call_layer_value", "guarded", "make_layer"]
