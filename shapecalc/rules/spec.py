"""What is known of a tensor's value: its shape and its dtype."""

from __future__ import annotations

from typing import NamedTuple

from shapecalc.dims import Shape


class TensorSpec(NamedTuple):
    """A shape and a dtype: what an op rule takes and gives for each tensor."""

    shape: Shape
    dtype: str = "float32"
