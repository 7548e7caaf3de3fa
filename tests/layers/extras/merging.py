"""Merging layers: lists of shapes that mostly agree."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from shapecalc.rules.facts import Counts
from tests.layers.counting import units
from tests.layers.strategies import AXIS, Drawn, Extra

# One shape in a few is changed at one axis, so that it may not go with the others.
_CHANGE = st.sampled_from((0, 0, 0, 1))


@st.composite
def _stretched(draw: Any, least: int, most: int) -> tuple[list[tuple[Any, ...]]]:
    """Shapes that go together when axes of length one are stretched, now and then not."""
    axes = draw(st.lists(AXIS, min_size=0, max_size=3))
    shapes = []
    for _ in range(draw(st.integers(least, most))):
        kept = axes[draw(st.integers(0, len(axes))) if draw(_CHANGE) else 0 :]
        other = [draw(st.sampled_from((n, n, n, 1, None))) for n in kept]
        if other and draw(_CHANGE):
            other[-1] = draw(AXIS)
        shapes.append((draw(st.sampled_from((None, None, None, 2, 2, 3))), *other))
    return (shapes,)


@st.composite
def _side_by_side(draw: Any, drawn: Drawn) -> tuple[list[tuple[Any, ...]]]:
    """Shapes that agree but for the axis of concatenation, now and then not."""
    axis = drawn.get("axis", -1)
    axis = axis if isinstance(axis, int) else -1
    least = axis + 1 if axis >= 0 else -axis
    rank = max(least, 2) if least > 4 else draw(st.integers(max(least, 2), 4))
    axes = [None, *draw(st.lists(AXIS, min_size=rank - 1, max_size=rank - 1))]
    shapes = []
    for _ in range(draw(st.integers(1, 3))):
        own = [draw(st.sampled_from((n, n, n, n, n, None))) for n in axes]
        own[axis % rank] = draw(AXIS) if axis % rank else None
        if draw(st.integers(0, 9)) == 9:
            own[draw(st.integers(0, rank - 1))] = draw(AXIS)
        if draw(st.integers(0, 15)) == 15:
            own.pop()
        shapes.append(tuple(own))
    return (shapes,)


@st.composite
def _to_multiply(draw: Any, drawn: Drawn) -> tuple[list[tuple[Any, ...]]]:
    """Two shapes whose axes of multiplication mostly agree."""
    axes = drawn.get("axes", 1)
    pair = tuple(axes) if isinstance(axes, (list, tuple)) else (axes, axes)
    shared = draw(AXIS)
    shapes = []
    for axis in pair if len(pair) == 2 else (1, 1):
        rank = draw(st.integers(2, 4))
        own = [None, *(draw(AXIS) for _ in range(rank - 1))]
        if isinstance(axis, int) and -rank <= axis < rank and draw(st.integers(0, 9)) < 9:
            own[axis] = shared if axis % rank else None
        shapes.append(tuple(own))
    return (shapes[: draw(st.sampled_from((2, 2, 2, 2, 2, 2, 1)))],)


def _spoiled(
    good: SearchStrategy[tuple[Any, ...]],
) -> SearchStrategy[tuple[Any, ...]]:
    """Now and then a single tensor, no tensor, or two by position."""
    bad = st.sampled_from((((None, 3),), ([],), ((None, 3), (None, 3))))
    return st.integers(0, 19).flatmap(lambda n: bad if n == 19 else good)


def _products(layer: Any, inputs: list[tuple[int, ...]]) -> Counts:
    """Every unit of one tensor to every unit of the other with the same place along the axis."""
    places = []
    for i, shape in enumerate(inputs):
        axis = layer.axes if isinstance(layer.axes, int) else layer.axes[i]
        place = axis % (len(shape) + 1) if axis < 0 else axis
        places.append(place - 1)
    if -1 in places:  # along the batch axis, which Keras refuses when it runs
        return Counts(0, 0, 0)
    edges = 0
    for one in units(inputs[0]):
        for other in units(inputs[1]):
            edges += one[places[0]] == other[places[1]]
    return Counts(edges, 0, edges)


_PAIRS = (1, 1, 2, -1, -2, 0, 3, (1, 1), (2, 1), (1, 2), (-1, -1), (2, -1), [1, 2], -4)

EXTRAS = {
    **{
        name: Extra(inputs=lambda drawn: _spoiled(_stretched(1, 3)))
        for name in ("Add", "Multiply", "Average", "Maximum", "Minimum")
    },
    "Subtract": Extra(inputs=lambda drawn: _spoiled(_stretched(2, 2))),
    "Concatenate": Extra(inputs=lambda drawn: _spoiled(_side_by_side(drawn))),
    "Dot": Extra(
        arguments={"axes": st.sampled_from(_PAIRS)},
        odd={"axes": st.sampled_from((1.5, (1, 2, 3), None, (1, None), "ab"))},
        inputs=lambda drawn: _spoiled(_to_multiply(drawn)),
        count=_products,
    ),
}
