"""Convolutions: groups that divide, and no stride together with a dilation."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.layers import counting
from tests.layers.case import RULES
from tests.layers.strategies import Drawn, Extra, images, usual


def _groups(drawn: Drawn) -> SearchStrategy[Any]:
    filters = drawn.get("filters")
    whole = filters if isinstance(filters, int) and filters > 0 else 1
    return st.sampled_from([g for g in (1, 2, 3, 4) if whole % g == 0])


def _dilations(name: str, drawn: Drawn) -> SearchStrategy[Any]:
    strides = drawn.get("strides", 1)
    strided = any(s != 1 for s in (strides if isinstance(strides, (tuple, list)) else (strides,)))
    argument = RULES[name].arguments["dilation_rate"]
    found = usual(argument, RULES[name])
    assert found is not None
    return st.just(1) if strided else found


def _inputs(name: str, drawn: Drawn) -> SearchStrategy[tuple[Any, ...]]:
    groups = drawn.get("groups", 1)
    multiple = groups if isinstance(groups, int) and groups > 0 else 1
    return images(RULES[name], drawn, multiple=multiple)


def _extra(name: str) -> Extra:
    return Extra(
        arguments={
            "groups": _groups,
            "dilation_rate": lambda drawn: _dilations(name, drawn),
        },
        odd={"groups": st.sampled_from((0, -1, 2, 3, 5, None))},
        inputs=lambda drawn: _inputs(name, drawn),
        count=counting.convolution,
    )


def _output_padding(drawn: Drawn) -> SearchStrategy[Any]:
    strides = drawn.get("strides", 1)
    least = min(strides) if isinstance(strides, (tuple, list)) else strides
    most = least - 1 if isinstance(least, int) and least > 0 else 0
    return st.one_of(st.none(), st.integers(0, most))


def _transposed(name: str) -> Extra:
    return Extra(
        arguments={
            "output_padding": _output_padding,
            "dilation_rate": lambda drawn: _dilations(name, drawn),
        },
        inputs=lambda drawn: images(RULES[name], drawn),
        count=counting.transposed,
    )


def _per_channel(name: str, count: Any) -> Extra:
    multiplier = st.integers(1, 3)
    return Extra(
        arguments={"depth_multiplier": multiplier},
        inputs=lambda drawn: images(RULES[name], drawn),
        count=count,
    )


EXTRAS = {
    **{name: _extra(name) for name in ("Conv1D", "Conv2D", "Conv3D")},
    **{f"Conv{rank}DTranspose": _transposed(f"Conv{rank}DTranspose") for rank in (1, 2, 3)},
    **{
        f"DepthwiseConv{rank}D": _per_channel(f"DepthwiseConv{rank}D", counting.depthwise)
        for rank in (1, 2)
    },
    **{
        f"SeparableConv{rank}D": _per_channel(f"SeparableConv{rank}D", counting.separable)
        for rank in (1, 2)
    },
}
