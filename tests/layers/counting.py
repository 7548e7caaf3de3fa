"""Edges drawn one by one: the independent count that a rule's numbers are held to.

A counter takes the made layer and the inputs of a call (shapes of ints, without the batch axis)
and returns the `Counts` of one sample. It follows the definitions, not the rules: loops over
output units and what each is joined to, with no formula and nothing of `shapecalc.dims`.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from shapecalc.rules.facts import Counts

Axes = tuple[int, ...]
# What one output position is joined to: input positions, None for a tap on the padding.
Taps = list[int | None]


def windows(n: int, window: int, stride: int, dilation: int, padding: str) -> list[Taps]:
    """For each output position along an axis, the input position under each tap."""
    reach = range(0, window * dilation, dilation)
    if padding == "valid":
        starts = [s for s in range(0, n, stride) if s + reach[-1] < n]
    else:
        count = len(range(0, n, stride))
        last = (count - 1) * stride + reach[-1]  # where the last tap falls without padding
        before = reach[-1] if padding == "causal" else max(last - (n - 1), 0) // 2
        starts = [i * stride - before for i in range(count)]
    return [[s + t if 0 <= s + t < n else None for t in reach] for s in starts]


def grid(axes: list[list[Taps]]) -> Iterator[list[tuple[int | None, ...]]]:
    """For each output position of several axes, the input position under each tap."""
    for position in itertools.product(*axes):
        yield list(itertools.product(*position))


def split(layer: Any, x: Axes) -> tuple[Axes, int]:
    """The spatial axes and the channels of an input without its batch axis."""
    return (x[1:], x[0]) if layer.data_format == "channels_first" else (x[:-1], x[-1])


def units(x: Axes) -> Iterator[tuple[int, ...]]:
    """Every unit of a tensor."""
    return itertools.product(*[range(n) for n in x])


def elementwise(layer: Any, x: Axes, *, scale: bool, shift: bool) -> Counts:
    """One edge and one bias edge per unit."""
    edges = bias = 0
    for _ in units(x):
        edges += scale
        bias += shift
    return Counts(edges, bias, 0)


def dense(layer: Any, x: Axes) -> Counts:
    """Every feature to every unit at each position."""
    edges = bias = 0
    for _ in units(x[:-1]):
        for _unit in range(layer.units):
            bias += bool(layer.use_bias)
            for _feature in range(x[-1]):
                edges += 1
    return Counts(edges, bias, edges)


def convolution(layer: Any, x: Axes) -> Counts:
    """Every filter at each position to each tap of each channel of its group."""
    space, channels = split(layer, x)
    hyper = (space, layer.kernel_size, layer.strides, layer.dilation_rate)
    axes = [windows(*axis, layer.padding) for axis in zip(*hyper, strict=True)]
    per_group = layer.filters // layer.groups
    edges = bias = macs = 0
    for taps in grid(axes):
        for f in range(layer.filters):
            bias += bool(layer.use_bias)
            for c in range(channels):
                if c // (channels // layer.groups) != f // per_group:
                    continue
                for tap in taps:
                    macs += 1
                    edges += None not in tap
    return Counts(edges, bias, macs)


def pooling(layer: Any, x: Axes) -> Counts:
    """Every unit inside each window, channel by channel."""
    space, channels = split(layer, x)
    strides = layer.pool_size if layer.strides is None else layer.strides
    hyper = (space, layer.pool_size, strides)
    axes = [windows(n, k, s, 1, layer.padding) for n, k, s in zip(*hyper, strict=True)]
    edges = 0
    for taps in grid(axes):
        for _channel in range(channels):
            edges += sum(None not in tap for tap in taps)
    return Counts(edges, 0, 0)


def global_pooling(layer: Any, x: Axes) -> Counts:
    """Every unit to the one output of its channel."""
    return Counts(sum(1 for _ in units(x)), 0, 0)
