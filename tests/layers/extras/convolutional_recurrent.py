"""Convolutional LSTMs: sequences of grids, and no stride together with a dilation."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from shapecalc.rules.facts import Counts
from tests.layers.case import RULES
from tests.layers.counting import grid, split, windows
from tests.layers.extras.recurrent import states
from tests.layers.strategies import AXIS, Drawn, Extra, images, usual


def _dilations(name: str, drawn: Drawn) -> SearchStrategy[Any]:
    strides = drawn.get("strides", 1)
    strided = any(s != 1 for s in (strides if isinstance(strides, (tuple, list)) else (strides,)))
    found = usual(RULES[name].arguments["dilation_rate"], RULES[name])
    assert found is not None
    return st.just(1) if strided else found


def _sequences(name: str, drawn: Drawn) -> SearchStrategy[tuple[Any, ...]]:
    batches = st.sampled_from((2, 2, 2, None) if drawn.get("stateful") else (None, None, 2))
    # A spatial axis without a length is refused: a few are enough.
    filled = st.sampled_from((6, 6, 6, 6, 6, 6, 6, None))
    one = st.tuples(batches, AXIS, images(RULES[name], drawn), filled)

    def place(parts: tuple[Any, ...]) -> tuple[Any, ...]:
        batch, steps, (image,), instead = parts
        return ((batch, steps, *(instead if n is None else n for n in image[1:])),)

    return one.map(place)


def _convolve(layer: Any, sequences: tuple[int, ...], initial_state: Any = None) -> Counts:
    """At each step, every gate to the taps on the input and to those on the state."""
    space, channels = split(layer, sequences[1:])
    hyper = (space, layer.kernel_size, layer.strides, layer.dilation_rate)
    reading = list(grid([windows(*axis, layer.padding) for axis in zip(*hyper, strict=True)]))
    places = [len(windows(*axis, layer.padding)) for axis in zip(*hyper, strict=True)]
    pairs = zip(places, layer.kernel_size, strict=True)
    keeping = list(grid([windows(n, k, 1, 1, "same") for n, k in pairs]))
    edges = bias = macs = 0
    for _step in range(sequences[0]):
        for taps, own in zip(reading, keeping, strict=True):
            for _gate in range(4):
                for _filter in range(layer.filters):
                    bias += bool(layer.use_bias)
                    macs += len(taps) * channels + len(own) * layer.filters
                    edges += sum(None not in tap for tap in taps) * channels
                    edges += sum(None not in tap for tap in own) * layer.filters
    return Counts(edges, bias, macs)


def _extra(name: str) -> Extra:
    return Extra(
        arguments={"dilation_rate": lambda drawn: _dilations(name, drawn)},
        inputs=lambda drawn: _sequences(name, drawn),
        options=states(),
        count=_convolve,
    )


EXTRAS = {name: _extra(name) for name in ("ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D")}
