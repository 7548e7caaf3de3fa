"""Recurrent layers: cells, states, and sequences of a fixed batch size."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from shapecalc.rules.facts import Counts
from tests.layers.case import Inner
from tests.layers.strategies import AXIS, LENGTH, Drawn, Extra

GATES = {"SimpleRNN": 1, "LSTM": 4, "GRU": 3}


def draw_step(cell: Any, features: int) -> Counts:
    """One time step of a cell: from each feature and each unit to each unit of each gate."""
    gates = GATES[type(cell).__name__.removesuffix("Cell")]
    edges = bias = 0
    for _gate in range(gates):
        for _unit in range(cell.units):
            for _feature in range(features):
                edges += 1
            for _state in range(cell.units):
                edges += 1
            if cell.use_bias:
                bias += 2 if getattr(cell, "reset_after", False) else 1
    return Counts(edges, bias, edges)


def draw_cell(cell: Any, features: int) -> Counts:
    """One time step of a cell or of a stack of cells."""
    if not hasattr(cell, "cells"):
        return draw_step(cell, features)
    edges = bias = 0
    for part in cell.cells:
        count = draw_step(part, features)
        edges, bias = edges + count.connections, bias + count.bias_connections
        features = part.units
    return Counts(edges, bias, edges)


def draw_sequence(layer: Any, sequences: tuple[int, ...], initial_state: Any = None) -> Counts:
    """Every step of a sequence."""
    edges = bias = 0
    for _step in range(sequences[0]):
        count = draw_cell(getattr(layer, "cell", layer), sequences[-1])
        edges, bias = edges + count.connections, bias + count.bias_connections
    return Counts(edges, bias, edges)


def sequences(drawn: Drawn) -> SearchStrategy[tuple[Any, ...]]:
    """A sequence; its batch size is mostly fixed where the layer is stateful."""
    batches = (2, 3, 2, None) if drawn.get("stateful") else (None, None, None, 2)
    return st.tuples(st.sampled_from(batches), AXIS, AXIS).map(lambda shape: (shape,))


def states(units: str = "units") -> Callable[[Drawn], SearchStrategy[dict[str, Any]]]:
    """No states at the start, or some that need not fit: Keras looks when it runs."""
    state = st.tuples(st.none(), LENGTH)
    some = st.one_of(st.lists(state, min_size=1, max_size=3), state)
    given = some.map(lambda shapes: {"initial_state": shapes})
    return lambda drawn: st.one_of(st.just({}), st.just({}), given)


def cells(most: int = 4) -> SearchStrategy[Inner]:
    """A cell of each kind."""
    arguments = st.fixed_dictionaries(
        {"units": st.integers(1, most)}, optional={"use_bias": st.booleans()}
    )
    plain = st.builds(Inner, st.sampled_from(("SimpleRNNCell", "LSTMCell")), arguments)
    after = st.booleans().map(lambda flag: {"reset_after": flag})
    both = st.tuples(arguments, after).map(lambda parts: {**parts[0], **parts[1]})
    return st.one_of(plain, st.builds(Inner, st.just("GRUCell"), both))


def _cell_inputs(count: int, drawn: Drawn) -> SearchStrategy[tuple[Any, ...]]:
    """One step and its states; now and then too few or too long."""
    units = drawn.get("units")
    length = units if isinstance(units, int) and units > 0 else 3
    # A memory stretches over a single unit, which only makes sense to an array library.
    wrong = length + 1 if length > 1 else length
    states = st.lists(
        st.sampled_from((*[length] * 15, wrong)).map(lambda n: (None, n)),
        min_size=count,
        max_size=count,
    )
    lone = st.just((None, length))
    few = lone if count == 1 else states.map(lambda s: s[:1])
    some = st.integers(0, 7).flatmap(lambda n: few if n == 7 else states)
    return st.tuples(st.tuples(st.none(), st.integers(1, 7)), some)


_ODD_CELLS = st.sampled_from((Inner("Dense", {"units": 2}), None, 3, Inner("LSTM", {"units": 2})))
_STACKS = st.lists(cells(), min_size=1, max_size=3)


def _stack_inputs(drawn: Drawn) -> SearchStrategy[tuple[Any, ...]]:
    made = drawn.get("cells")
    states: list[Any] = []
    for cell in made if isinstance(made, list) and None not in made else []:
        units = cell.arguments["units"]
        state = (None, units)
        states.append([state, state] if cell.name == "LSTMCell" else [state])
    return st.tuples(st.tuples(st.none(), st.integers(1, 7)), st.just(states))


_LAYER = Extra(
    arguments={"use_cudnn": st.sampled_from(("auto", True, False))},
    odd={"use_cudnn": st.sampled_from(("cudnn", None, 2))},
    inputs=sequences,
    options=states(),
    count=draw_sequence,
)
_PLAIN = Extra(inputs=sequences, options=states(), count=draw_sequence)

EXTRAS = {
    "SimpleRNN": _PLAIN,
    "LSTM": _LAYER,
    "GRU": _LAYER,
    **{
        name: Extra(
            inputs=lambda drawn, n=n: _cell_inputs(n, drawn),
            count=lambda cell, inputs, states: draw_cell(cell, inputs[-1]),
        )
        for name, n in (("SimpleRNNCell", 1), ("LSTMCell", 2), ("GRUCell", 1))
    },
    "StackedRNNCells": Extra(
        arguments={"cells": _STACKS},
        odd={"cells": st.sampled_from((None, [None], 3))},
        inputs=_stack_inputs,
        count=lambda cell, inputs, states: draw_cell(cell, inputs[-1]),
    ),
    "RNN": Extra(
        arguments={"cell": st.one_of(cells(), cells(), _STACKS)},
        odd={"cell": _ODD_CELLS},
        inputs=sequences,
        options=states(),
        count=draw_sequence,
    ),
}
