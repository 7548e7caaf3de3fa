"""Embeddings: rows looked up, and scores in reverse."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from shapecalc.rules.facts import Counts
from tests.layers.counting import units
from tests.layers.strategies import Extra


def looked_up(layer: Any, inputs: tuple[int, ...], reverse: bool = False) -> Counts:
    """Each place to the numbers of the row looked up; in reverse, each number to each score."""
    edges = 0
    for _ in units(inputs[:-1] if reverse else inputs):
        for _number in range(layer.output_dim):
            edges += layer.input_dim if reverse else 1
    return Counts(edges, 0, edges if reverse else 0)


EXTRAS = {
    "Embedding": Extra(count=looked_up),
    "ReversibleEmbedding": Extra(
        options=lambda drawn: st.sampled_from(({}, {"reverse": True}, {"reverse": False})),
        count=looked_up,
    ),
}
