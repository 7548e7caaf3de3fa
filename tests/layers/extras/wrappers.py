"""Wrappers: layers of several families inside."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from shapecalc.rules.facts import Counts
from tests.layers import counting
from tests.layers.case import Inner
from tests.layers.extras.embedding import looked_up
from tests.layers.extras.recurrent import cells, draw_sequence, sequences, states
from tests.layers.strategies import Drawn, Extra, shapes

_DENSE = st.builds(
    lambda units, bias: Inner("Dense", {"units": units, "use_bias": bias}),
    st.integers(1, 4),
    st.booleans(),
)
_FLAGS = st.fixed_dictionaries(
    {"units": st.integers(1, 4)},
    optional={
        "return_sequences": st.booleans(),
        "return_state": st.booleans(),
        "use_bias": st.booleans(),
        "go_backwards": st.sampled_from((False, False, False, True)),
    },
)
_READERS = st.one_of(
    st.builds(Inner, st.sampled_from(("LSTM", "GRU", "SimpleRNN")), _FLAGS),
    st.builds(lambda cell: Inner("RNN", {"cell": cell}), cells()),
)
_NO_LAYERS = st.sampled_from((None, 3, "Dense"))


def _other_reader(drawn: Drawn) -> SearchStrategy[Any]:
    """Mostly one that fits the layer that goes forwards."""
    given = drawn.get("layer")
    fits = dict(given.arguments) if isinstance(given, Inner) and given.name != "RNN" else {}
    fits = {**fits, "units": 2, "go_backwards": not fits.get("go_backwards", False)}
    one = st.just(Inner("LSTM", fits))
    return st.one_of(st.none(), one, one, one, _READERS)


def _both_ways(layer: Any, sequences: tuple[int, ...], initial_state: Any = None) -> Counts:
    ways = [draw_sequence(way, sequences) for way in (layer.forward_layer, layer.backward_layer)]
    return Counts(*map(sum, zip(*ways, strict=True)))


def _draw_inner(inner: Any, inputs: tuple[int, ...]) -> Counts:
    counters = {
        "Dense": counting.dense,
        "Embedding": looked_up,
        "TimeDistributed": _each_step,
        "LSTM": draw_sequence,
    }
    return counters[type(inner).__name__](inner, inputs)


def _each_step(layer: Any, inputs: tuple[int, ...]) -> Counts:
    totals = [0, 0, 0]
    for _step in range(inputs[0]):
        count = _draw_inner(layer.layer, inputs[1:])
        totals = [a + b for a, b in zip(totals, count, strict=True)]
    return Counts(*totals)


_INSIDE = st.one_of(
    _DENSE,
    st.builds(lambda units: Inner("LSTM", {"units": units}), st.integers(1, 3)),
    _DENSE.map(lambda inner: Inner("TimeDistributed", {"layer": inner})),
)


def _steps(drawn: Drawn) -> SearchStrategy[tuple[Any, ...]]:
    inner = drawn.get("layer")
    rank = 4 if isinstance(inner, Inner) and inner.name != "Dense" else 3
    return shapes(rank).map(lambda shape: (shape,))


_TABLE = Inner("Embedding", {"input_dim": 5, "output_dim": 2})

EXTRAS = {
    "TimeDistributed": Extra(
        arguments={"layer": _INSIDE},
        odd={"layer": _NO_LAYERS},
        inputs=_steps,
        count=_each_step,
    ),
    "Bidirectional": Extra(
        arguments={"layer": _READERS, "backward_layer": _other_reader},
        odd={"layer": st.one_of(_NO_LAYERS, _DENSE), "backward_layer": _DENSE},
        inputs=sequences,
        options=states(),
        count=_both_ways,
    ),
    "SpectralNormalization": Extra(
        arguments={
            "layer": st.one_of(_DENSE, _DENSE, st.just(_TABLE)),
            "power_iterations": st.integers(1, 3),
        },
        odd={
            "layer": st.one_of(_NO_LAYERS, st.just(Inner("LSTM", {"units": 2}))),
            "power_iterations": st.sampled_from((0, -1, None)),
        },
        inputs=lambda drawn: shapes(3).map(lambda shape: (shape,)),
        # Keras lists the kernel with the wrapper's own weights.
        ordered=False,
        count=lambda layer, inputs: _draw_inner(layer.layer, inputs),
    ),
}
