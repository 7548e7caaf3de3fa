"""Attention: queries, values and keys that mostly go together."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from shapecalc.rules.facts import Counts
from tests.layers.counting import units
from tests.layers.strategies import AXIS, LENGTH, Drawn, Extra

_SCORES = st.sampled_from(({}, {}, {"return_attention_scores": True}))


@st.composite
def _plain(draw: Any, drawn: Drawn) -> tuple[Any, ...]:
    batch = draw(st.lists(LENGTH, max_size=1))
    features = draw(AXIS)
    shapes = [(None, *batch, draw(AXIS), features) for _ in range(draw(st.sampled_from((2, 2, 3))))]
    if len(shapes) == 3:
        shapes[2] = (*shapes[1][:-1], features)
        shapes[1] = (*shapes[1][:-1], draw(AXIS))
    bad = draw(st.integers(0, 19))
    if bad == 19:
        return (shapes[:1],)
    return (tuple(shapes),) if bad == 18 else (shapes,)


def _compare(layer: Any, inputs: list[tuple[int, ...]], **options: Any) -> Counts:
    """Each query to each key by each feature, and each score to each number of its value."""
    query, value = inputs[:2]
    key = inputs[-1]
    summed = type(layer).__name__ == "AdditiveAttention" or layer.score_mode == "concat"
    edges = macs = 0
    for _query in units(query[:-1]):
        for _key in range(key[-2]):
            for _feature in range(query[-1]):
                edges += 1
                macs += layer.use_scale if type(layer).__name__ != "Attention" else not summed
                if type(layer).__name__ == "Attention":
                    edges += bool(layer.use_scale and summed)  # rescaled one by one
            for _number in range(value[-1]):
                edges += 1
                macs += 1
            if type(layer).__name__ == "Attention":
                edges += bool(layer.use_scale and not summed) + summed
    return Counts(edges, 0, macs)


@st.composite
def _headed(draw: Any, drawn: Drawn, ranks: tuple[int, ...]) -> tuple[Any, ...]:
    rank = draw(st.sampled_from(ranks))
    features = draw(AXIS) if draw(st.integers(0, 9)) == 9 else draw(LENGTH)
    middle = [draw(AXIS) for _ in range(rank - 2)]
    query = (None, *middle, features)
    value = (None, *(draw(st.sampled_from((n, n, n, 5))) for n in middle), features)
    if draw(st.integers(0, 9)) == 9:
        value = (*value[:-1], draw(AXIS))
    given: list[Any] = [query, value]
    if draw(st.booleans()):
        key = (*value[:-1], draw(LENGTH))
        other = (None, *(draw(AXIS) for _ in key[1:]))
        given.append(key if draw(st.integers(0, 9)) else other)
    if draw(st.integers(0, 29)) == 29:
        given = given[:1]
    return tuple(given)


def _heads(layer: Any, query: Any, value: Any, key: Any = None, **options: Any) -> Counts:
    """The projections, and each query to each key and each score to each value in each head."""
    key = value if key is None else key
    grouped = hasattr(layer, "num_key_value_heads")
    heads = layer.num_query_heads if grouped else layer.num_heads
    own = layer.num_key_value_heads if grouped else heads
    depth = layer.head_dim if grouped else layer.key_dim
    width = depth if grouped or layer.value_dim is None else layer.value_dim
    made = (None if grouped else layer.output_shape) or query[-1:]
    edges = bias = 0
    projections = [(query, heads, depth), (key, own, depth), (value, own, width)]
    if layer.use_gate:
        projections.append((query, heads, width))
    for source, count, size in projections:
        for _position in units(source[:-1]):
            for _unit in units((count, size)):
                edges += source[-1]
                bias += bool(layer.use_bias)
    for _position in units(query[:-1]):
        for _unit in units(made):
            edges += heads * width
            bias += bool(layer.use_bias)
    axes = None if grouped else layer.attention_axes
    rank = len(key) + 1  # with the batch axis
    attended = range(1, rank - 1) if axes is None else [a if a >= 0 else rank + a for a in axes]
    for one in units(query[:-1]):
        for other in units(key[:-1]):
            apart = [i for i in range(1, rank - 1) if i not in attended]
            if any(one[i - 1] != other[i - 1] for i in apart):
                continue
            edges += heads * depth
            edges += heads * width
    return Counts(edges, bias, edges)


_FLASH = st.sampled_from((None, False, None, True))


@st.composite
def _axes(draw: Any) -> Any:
    return draw(st.sampled_from((None, None, None, 1, (1,), [1], -2)))


_OUTPUTS = st.one_of(st.none(), st.integers(1, 4), st.lists(st.integers(1, 3), max_size=2))

EXTRAS = {
    "Attention": Extra(inputs=_plain, options=lambda drawn: _SCORES, count=_compare),
    "AdditiveAttention": Extra(inputs=_plain, options=lambda drawn: _SCORES, count=_compare),
    "MultiHeadAttention": Extra(
        arguments={"attention_axes": _axes(), "output_shape": _OUTPUTS},
        odd={
            "attention_axes": st.sampled_from(("a", 7, (9,), 1.5)),
            "output_shape": st.sampled_from((-3, (2.5,), 0, (2, -1))),
        },
        inputs=lambda drawn: _headed(drawn, (3, 3, 3, 4) if _one_axis(drawn) else (3, 3, 4, 2)),
        options=lambda drawn: _SCORES,
        count=_heads,
    ),
    "GroupQueryAttention": Extra(
        arguments={
            "num_query_heads": st.sampled_from((2, 4, 6)),
            "num_key_value_heads": st.sampled_from((1, 2, 2, 1, 2, 3)),
        },
        odd={"num_key_value_heads": st.sampled_from((0, -2, 5))},
        inputs=lambda drawn: _headed(drawn, (3,)),
        options=lambda drawn: _SCORES,
        count=_heads,
    ),
}


def _one_axis(drawn: Drawn) -> bool:
    return drawn.get("attention_axes") is not None
