"""Outputs of layers that a program unpacks into another number of names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shapecalc.dims import BATCH
from shapecalc.frontends.python.interpreter import REFUSED, Interpreter
from shapecalc.frontends.python.values import Value
from shapecalc.graph.tensor import LayerCall, Tensor
from shapecalc.layers.layer import Layer
from shapecalc.rules.refusal import WrongOutputs
from shapecalc.rules.unknown import Unknown


def refuse_unpacking(run: Interpreter, value: Value, count: int) -> list[Value] | None:
    """Report what a layer gives where a program wants another number of tensors of it.

    Args:
        run: the run.
        value: what is unpacked.
        count: how many names take it.

    Returns:
        What the names get; None where it is not a layer's output that does not go with them.
    """
    given: Sequence[Value] = ()
    if isinstance(value, Tensor):
        given = (value,) if _is_batch(value) else ()
    elif isinstance(value, (list, tuple)) and len(value) != count:
        given = value
    call = _maker(given)
    if call is None:
        return None
    span = run.span(run.node)
    refusal = WrongOutputs(len(given), count, help=_way(call.layer, len(given), count))
    run.refuse(refusal, span, layer=call.layer, subject="unpacking")
    gone = Unknown(f"an output of {call.layer.name}{REFUSED}", span)
    return [*given[:count], *[gone] * (count - len(given))]


def _is_batch(tensor: Tensor) -> bool:
    """Whether its first axis counts samples, whose number is open: it cannot be taken apart."""
    return isinstance(tensor.shape, tuple) and bool(tensor.shape) and tensor.shape[0] is BATCH


def _maker(given: Sequence[Value]) -> LayerCall | None:
    """The one call whose outputs these are, all of them; None of anything else."""
    if not given or not all(isinstance(t, Tensor) and t.symbolic for t in given):
        return None
    call: LayerCall | None = given[0].call
    whole = call is not None and len(call.outputs) == len(given)
    return call if whole and all(t.call is call for t in given) else None


def _way(layer: Layer, given: int, count: int) -> str | None:
    """What would give as many as there are names."""
    recurrent: list[Any] = [layer, *layer.sublayers()]
    if given < count and any(getattr(each, "return_state", None) is False for each in recurrent):
        return "return_state=True gives the states beside the output"
    if given > count and type(layer).__name__ == "Bidirectional":
        return (
            "the states of both ways come behind the output: forward and backward, h and c each; "
            "join them with Concatenate() for a decoder of twice the units"
        )
    return None
