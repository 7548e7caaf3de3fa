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


def depthwise(layer: Any, x: Axes) -> Counts:
    """Every kernel of each channel, at each position, to its taps on that channel."""
    space, channels = split(layer, x)
    hyper = (space, layer.kernel_size, layer.strides, layer.dilation_rate)
    axes = [windows(*axis, layer.padding) for axis in zip(*hyper, strict=True)]
    edges = bias = macs = 0
    for taps in grid(axes):
        for _output in itertools.product(range(channels), range(layer.depth_multiplier)):
            bias += bool(layer.use_bias)
            for tap in taps:
                macs += 1
                edges += None not in tap
    return Counts(edges, bias, macs)


def separable(layer: Any, x: Axes) -> Counts:
    """The depthwise edges, and at each position every channel between to every filter."""
    space, channels = split(layer, x)
    hyper = (space, layer.kernel_size, layer.strides, layer.dilation_rate)
    axes = [windows(*axis, layer.padding) for axis in zip(*hyper, strict=True)]
    first = depthwise(layer, x)
    edges = bias = 0
    for _position in itertools.product(*axes):
        for _filter in range(layer.filters):
            bias += bool(layer.use_bias)
            edges += len(range(channels * layer.depth_multiplier))
    return Counts(first.connections + edges, bias, first.macs + edges)


def spread(n: int, layer: Any, axis: int) -> tuple[int, list[list[int]]]:
    """A transposed convolution's output length along an axis, and where each input's taps land.

    Without padding, tap t of input i lands on unit i * stride + t * dilation; `same` cuts units
    off both ends. A tap that is cut off has a place below 0 or beyond the length.
    """
    stride, dilation = layer.strides[axis], layer.dilation_rate[axis]
    reach = range(0, layer.kernel_size[axis] * dilation, dilation)
    full = (n - 1) * stride + reach[-1] + 1
    extra = None if layer.output_padding is None else layer.output_padding[axis]
    if layer.padding == "valid":
        length, cut = (max(full, n * stride) if extra is None else full + extra), 0
    elif extra is None:
        length = n * stride
        cut = max(reach[-1] + 1 - stride, 0) // 2
    else:
        length = (n - 1) * stride + (reach[-1] + 1) % 2 + extra
        cut = max((reach[-1] + 1) // 2 - -(-extra // 2), 0)
    return length, [[i * stride + t - cut for t in reach] for i in range(n)]


def transposed(layer: Any, x: Axes) -> Counts:
    """Every tap of each input unit's window to the output unit that it lands on."""
    space, channels = split(layer, x)
    along = [spread(n, layer, axis) for axis, n in enumerate(space)]
    lengths = [length for length, _ in along]
    edges = bias = macs = 0
    for starts in itertools.product(*[landed for _, landed in along]):
        for _pair in itertools.product(range(channels), range(layer.filters)):
            for place in itertools.product(*starts):
                macs += 1
                inside = zip(place, lengths, strict=True)
                edges += all(0 <= p < length for p, length in inside)
    for _unit in itertools.product(range(layer.filters), *map(range, lengths)):
        bias += bool(layer.use_bias)
    return Counts(edges, bias, macs)


def adaptive_pooling(layer: Any, x: Axes) -> Counts:
    """Every unit that has a share in a window, channel by channel."""
    space, channels = split(layer, x)
    edges = 0
    for window in itertools.product(*map(range, layer.output_size)):
        for unit in itertools.product(range(channels), *map(range, space)):
            shares = zip(window, layer.output_size, unit[1:], space, strict=True)
            # Unit u covers [u, u + 1), window w of m covers [w * n / m, (w + 1) * n / m).
            edges += all(u * m < (w + 1) * n and w * n < (u + 1) * m for w, m, u, n in shares)
    return Counts(edges, 0, 0)
