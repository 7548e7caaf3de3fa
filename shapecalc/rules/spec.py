"""What is known of a tensor's value: its shape and its dtype."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from shapecalc.dims import BATCH, Dim, Shape, product, substitute, variables


class TensorSpec(NamedTuple):
    """A shape and a dtype: what an op rule takes and gives for each tensor.

    Attributes:
        shape: its dims.
        dtype: its dtype's name.
        edges: of a result, the pairs (input unit, output unit) that a product or a window joins.
        macs: of a result, the multiply-accumulates that it takes. As in `edges`, a batch axis
            counts as one sample.
    """

    shape: Shape
    dtype: str = "float32"
    edges: Dim = 0
    macs: Dim = 0


def one_sample(dim: Dim) -> Dim:
    """A length for one sample: a batch axis, or a batch that is part of the length, is 1."""
    if isinstance(dim, int) or BATCH not in variables(dim):
        return dim
    return 1 if dim is BATCH else substitute(dim, {BATCH: 1})


def count_of(lengths: Iterable[Dim]) -> Dim:
    """The product of lengths, for one sample."""
    return product(map(one_sample, lengths))


def multiplied(shape: Shape, dtype: str, lengths: Iterable[Dim] = ()) -> TensorSpec:
    """A result each of whose elements is a sum of products.

    Args:
        shape: its dims.
        dtype: its dtype's name.
        lengths: those of the axes that are summed over.
    """
    macs = count_of((*shape, *lengths))
    return TensorSpec(shape, dtype, macs, macs)
