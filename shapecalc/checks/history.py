"""Where a size came from: the steps that an axis went through, and their arithmetic."""

from __future__ import annotations

from typing import Any, NamedTuple

from shapecalc.checks.fault import named, on_line, place_of, rank_of, size_at
from shapecalc.diagnostics import Note
from shapecalc.dims import Dim, extent, is_unknown, show, slide
from shapecalc.graph.summary import class_name
from shapecalc.graph.tensor import LayerCall, Tensor
from shapecalc.layers.input import is_input
from shapecalc.rules.refusal import show_axis
from shapecalc.source import Span

MOST_STEPS = 12
"""So many steps are told one by one; of more, the ones in the middle are only counted."""

# Layers after which an axis is another one, though the rank may be the same.
_MOVERS = frozenset({"Reshape", "Permute", "Flatten", "RepeatVector", "Dot"})


class Step(NamedTuple):
    """A call that an axis went through.

    Attributes:
        call: the layer call.
        before: the length of the axis before it, or None at the entry.
        after: its length after it.
    """

    call: LayerCall
    before: Dim | None
    after: Dim


def history(tensor: Tensor, axis: int) -> list[Step]:
    """The calls that changed the length of `axis`, from the entry on."""
    steps: list[Step] = []
    current: Tensor | None = tensor
    while current is not None and current.call is not None:
        call, after = current.call, size_at(current, axis)
        if after is None:
            break
        before = None
        source = call.inputs[0] if call.inputs else None
        if source is not None and _keeps_axis(call, source, current):
            before = size_at(source, axis)
        if before is None or before != after:
            steps.append(Step(call, before, after))
        current = source if before is not None else None
    return steps[::-1]


def _keeps_axis(call: LayerCall, source: Tensor, result: Tensor) -> bool:
    same_rank = rank_of(source) is not None and rank_of(source) == rank_of(result)
    return same_rank and class_name(call.layer) not in _MOVERS


def chain(steps: list[Step], end: str = "") -> str:
    """`28 → 26 → 13`, and how it ends."""
    sizes = [show_axis(step.after) for step in steps]
    if len(sizes) > MOST_STEPS:
        sizes = [*sizes[:3], "…", *sizes[3 - MOST_STEPS :]]
    return " → ".join([*sizes, end] if end else sizes)


def chain_notes(steps: list[Step], axis: int, end: str = "") -> list[Note]:
    """The chain as one note, then each step with its line and arithmetic."""
    if not steps:
        return []
    notes = [Note(f"sizes along axis {axis}: {chain(steps, end)}")]
    told = [Note(_tell(step, axis), place_of(step.call)) for step in steps]
    if len(told) > MOST_STEPS:
        skipped = Note(f"… and {len(told) - MOST_STEPS} more steps …")
        told = [*told[:3], skipped, *told[3 - MOST_STEPS :]]
    return notes + told


def _tell(step: Step, axis: int) -> str:
    layer = step.call.layer
    if step.before is None:
        verb = "starts with" if is_input(layer) else "makes it"
        return f"{named(layer)} {verb} {show_axis(step.after)}"
    arithmetic = window_arithmetic(layer, axis, step.before, step.after)
    return f"{named(layer)}: {arithmetic or f'{show(step.before)} → {show(step.after)}'}"


def window_arithmetic(layer: Any, axis: int, before: Dim, after: Dim) -> str | None:
    """How a window turns `before` into `after`, or None where the layer slides none."""
    window = spatial_argument(layer, "kernel_size", axis)
    word = "kernel"
    if window is None:
        window, word = spatial_argument(layer, "pool_size", axis), "window"
    if window is None:
        return None
    stride = stride_along(layer, axis)
    dilation = spatial_argument(layer, "dilation_rate", axis)
    dilation = 1 if dilation is None else dilation
    padding = getattr(layer, "padding", "valid")
    if padding not in ("valid", "same") or any(map(is_unknown, (window, stride, dilation))):
        return None
    if slide(before, window, stride, dilation, padding) != after:
        return None
    words = [f"{word} {show(window)}"]
    if dilation != 1:
        words.append(f"dilation {show(dilation)}")
    if stride != 1:
        words.append(f"stride {show(stride)}")
    words.append(str(padding))
    formula = _formula(before, extent(window, dilation), stride, padding)
    return f"{', '.join(words)}: {formula} = {show(after)}"


def stride_along(layer: Any, axis: int) -> Dim:
    """The stride along an axis; a pooling layer's is its window where it is not given."""
    given = (spatial_argument(layer, name, axis) for name in ("strides", "pool_size"))
    return next((stride for stride in given if stride is not None), 1)


def _formula(before: Dim, reach: Dim, stride: Dim, padding: str) -> str:
    size = show(before)
    if padding == "same":
        return f"ceil({size} / {show(stride)})" if stride != 1 else size
    if stride == 1:
        return f"{size} - {show(reach)} + 1"
    return f"({size} - {show(reach)})//{show(stride)} + 1"


def spatial_argument(layer: Any, name: str, axis: int) -> Dim | None:
    """What a layer's argument says of the spatial axis that `axis` is, or None."""
    values = getattr(layer, name, None)
    first = 2 if getattr(layer, "data_format", None) == "channels_first" else 1
    if isinstance(values, tuple) and 0 <= axis - first < len(values):
        value: Dim = values[axis - first]
        return value
    return None


def maker(tensor: Tensor) -> str:
    """Who makes a tensor, for a note that stands at its line."""
    return named(tensor.call.layer) if tensor.call is not None else "no layer"


def maker_and_line(tensor: Tensor) -> str:
    """Who makes a tensor, and on which line."""
    return maker(tensor) + on_line(origin(tensor))


def origin(tensor: Tensor) -> Span | None:
    """Where the program makes a tensor."""
    return place_of(tensor.call) if tensor.call is not None else None
