"""Pooling."""

from __future__ import annotations

from tests.layers import counting
from tests.layers.strategies import Extra

_KINDS = ("Max", "Average")
_RANKS = ("1D", "2D", "3D")

EXTRAS = {
    **{f"{kind}Pooling{rank}": Extra(count=counting.pooling) for kind in _KINDS for rank in _RANKS},
    **{
        f"Global{kind}Pooling{rank}": Extra(count=counting.global_pooling)
        for kind in _KINDS
        for rank in _RANKS
    },
}
