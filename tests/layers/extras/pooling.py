"""Pooling."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.layers import counting
from tests.layers.strategies import Extra

_KINDS = ("Max", "Average")
_RANKS = ("1D", "2D", "3D")

# Keras does not look at the rank of the input: it promises one shape and returns another.
_ADAPTIVE = Extra(
    # Nor does it mind 0 windows before it runs.
    odd={"output_size": st.sampled_from((-1, None, "ab", (1,) * 4, ()))},
    odd_ranks=False,
    count=counting.adaptive_pooling,
)

EXTRAS = {
    **{f"{kind}Pooling{rank}": Extra(count=counting.pooling) for kind in _KINDS for rank in _RANKS},
    **{
        f"Global{kind}Pooling{rank}": Extra(count=counting.global_pooling)
        for kind in _KINDS
        for rank in _RANKS
    },
    **{f"Adaptive{kind}Pooling{rank}": _ADAPTIVE for kind in _KINDS for rank in _RANKS},
}
