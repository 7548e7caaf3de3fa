"""Running a network's calls on another input size, to learn which size would do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from shapecalc.checks.fault import Fault, place_of
from shapecalc.dims import Shape
from shapecalc.graph.model import Network
from shapecalc.graph.tensor import LayerCall, Tensor, map_tensors
from shapecalc.graph.traversal import collect_calls
from shapecalc.layers.input import is_input
from shapecalc.layers.layer import check_rank, is_shape
from shapecalc.rules.refusal import Refusal
from shapecalc.rules.unknown import UndecidedError, Unranked

LARGEST = 2**14
"""No larger size is tried."""

MOST_TRIALS = 600
"""So many sizes are tried one after the other where a larger one need not do."""

MOST_CALLS = 2_000
"""Larger networks are not tried."""


def runs(calls: Sequence[LayerCall], entries: Mapping[int, Shape]) -> bool:
    """Whether every call accepts its inputs, given the shapes of the entry tensors by id."""
    try:
        _run(calls, dict(entries))
    except (Refusal, UndecidedError, KeyError, ArithmeticError):
        return False
    return True


def _run(calls: Sequence[LayerCall], known: dict[int, Any]) -> None:
    for call in calls:
        if all(id(t) in known for t in call.outputs) and call.outputs:
            continue
        args, options = map_tensors(lambda t: known[id(t)], call.arguments)
        options = {k: v for k, v in options.items() if k not in ("training", "mask")}
        layer = call.layer
        if isinstance(layer, Network):
            given = list(_shapes((args, options)))
            if any(t.call is not None and place_of(t.call) is not None for t in layer.inputs):
                # The program says what it takes; else it is what it is called on first.
                layer.check_inputs(given)
            inner = dict(zip(map(id, layer.inputs), given, strict=True))
            _run(layer.calls, inner)
            results = [inner[id(t)] for t in layer.outputs]
        elif is_input(layer):
            results = [t.shape for t in call.outputs]
        else:
            if layer.takes is not None:
                check_rank(layer, args[0])
            results = list(_shapes(layer.infer(*args, **options).output))
        known.update(zip(map(id, call.outputs), results, strict=False))


def _shapes(value: Any) -> Iterator[Any]:
    if isinstance(value, Unranked) or is_shape(value):
        yield value
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from _shapes(item)
    elif isinstance(value, dict):
        yield from _shapes(list(value.values()))


def fitting_size(
    fault: Fault, axis: int, *, along: Sequence[int], monotone: bool
) -> tuple[Tensor, Shape] | None:
    """The entry of a refused call, and its smallest larger shape with which Keras would accept.

    That is the whole model where it can be run, else what the refused call depends on.

    Args:
        fault: the refused call.
        axis: the axis at fault; the entry must have it under the same number.
        along: the axes that may grow with it, as far as they are as long: those of an image, and
            not its channels.
        monotone: whether every size beyond one that does would do as well.
    """
    entries = _entries(fault) if fault.may_try else []
    if fault.call is None or len(entries) != 1 or isinstance(entries[0].shape, Unranked):
        return None
    entry, shape = entries[0], entries[0].shape
    size = shape[axis] if 0 < axis < len(shape) else None
    if not isinstance(size, int):
        return None
    search = _least if monotone else _next
    needed = [*collect_calls(fault.call.inputs, entries), fault.call]
    whole = fault.model.calls if fault.model is not None else needed
    like_it = [i for i, d in enumerate(shape) if i in along and d == size]
    for axes in ([axis, *like_it], [axis]):
        for calls in (whole, needed):
            if len(calls) > MOST_CALLS:
                continue
            found = search(partial(_fits, calls, entry, shape, axes), size)
            if found is not None:
                return entry, _grown(shape, axes, found)
    return None


def _fits(
    calls: Sequence[LayerCall], entry: Tensor, shape: Shape, axes: Sequence[int], size: int
) -> bool:
    return runs(calls, {id(entry): _grown(shape, axes, size)})


def _entries(fault: Fault) -> list[Tensor]:
    """The input tensors that the call depends on; none if a path ends elsewhere."""
    entries: list[Tensor] = []
    stack = list(fault.call.inputs) if fault.call is not None else []
    seen: set[int] = set()
    while stack:
        tensor = stack.pop()
        if tensor.call is None:
            return []
        if id(tensor.call) in seen:
            continue
        seen.add(id(tensor.call))
        stack.extend(tensor.call.inputs)
        if is_input(tensor.call.layer):
            entries.append(tensor)
    return entries


def _grown(shape: Shape, axes: Sequence[int], size: int) -> Shape:
    return tuple(size if i in axes else d for i, d in enumerate(shape))


def _least(does: Callable[[int], bool], start: int) -> int | None:
    """The least size above `start` that does, found by halving."""
    high = start + 1
    while not does(high):
        high = high * 2
        if high > LARGEST:
            return None
    low = start
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if does(middle) else (middle, high)
    return high


def _next(does: Callable[[int], bool], start: int) -> int | None:
    """The least size above `start` that does, tried one by one."""
    return next((n for n in range(start + 1, start + MOST_TRIALS) if does(n)), None)
