"""Operations that put elements in order, or ask where one belongs."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import Dim, at_least
from shapecalc.ops import dtypes
from shapecalc.ops.op import moving, op
from shapecalc.ops.operands import axis_index, check_rank, dims_given, shape_of, size_of, tensor
from shapecalc.rules.refusal import InvalidArgument
from shapecalc.rules.spec import TensorSpec


@op("keras.ops.sort", "tensorflow.sort", "numpy.sort")
@moving("x", every=True)
def sort(x: Any, axis: Any = -1) -> TensorSpec:
    """Put the elements in order along an axis, or in the row of all."""
    shape = shape_of(x)
    if axis is None:
        return TensorSpec((size_of(shape),), dtypes.named(x))
    axis_index(axis, len(shape))
    return TensorSpec(shape, dtypes.named(x))


@op("keras.ops.argsort", "tensorflow.argsort", "numpy.argsort")
def argsort(x: Any, axis: Any = -1) -> TensorSpec:
    """The order of the elements along an axis, or in the row of all."""
    return TensorSpec(sort(x, axis).shape, "int64" if dtypes.is_wide() else "int32")


@op("keras.ops.argpartition", "numpy.argpartition")
def argpartition(x: Any, kth: Any, axis: Any = -1) -> TensorSpec:
    """An order in which the `kth` element stands in its place."""
    if not isinstance(kth, int):
        raise InvalidArgument(f"`kth` must be an integer, got {kth!r:.100}", argument="kth")
    return argsort(x, axis)


@op("keras.ops.top_k", "tensorflow.math.top_k", "tensorflow.nn.top_k")
def top_k(x: Any, k: Any, sorted: bool = True) -> tuple[TensorSpec, TensorSpec]:
    """The greatest elements along the last axis, and their indices."""
    x = tensor(x)
    check_rank(x.shape, least=1)
    shape = (*x.shape[:-1], *dims_given(k, argument="k"))
    return TensorSpec(shape, x.dtype), TensorSpec(shape, "int32")


@op("keras.ops.in_top_k", "tensorflow.math.in_top_k", "tensorflow.nn.in_top_k")
def in_top_k(targets: Any, predictions: Any, k: Any) -> TensorSpec:
    """Whether each target is among the greatest predictions."""
    return TensorSpec(shape_of(targets), "bool")


@op("keras.backend.in_top_k", node="InTopK")
def in_top_k_backend(predictions: Any, targets: Any, k: Any) -> TensorSpec:
    """Whether each target is among the greatest predictions."""
    return in_top_k(targets, predictions, k)


@op("keras.ops.searchsorted", "tensorflow.searchsorted", "numpy.searchsorted", node="SearchSorted")
def searchsorted(sorted_sequence: Any, values: Any, side: str = "left") -> TensorSpec:
    """Where each value would stand in a sequence that is in order."""
    sequence = shape_of(sorted_sequence)
    check_rank(sequence, 1)
    return TensorSpec(shape_of(values), _index_dtype(sequence[0]))


def _index_dtype(length: Dim) -> str:
    """The dtype of an index into so many elements: 64 bits where Keras cannot see that 32 do."""
    fits = at_least(2**31 - 1, length).holds() is True and isinstance(length, int)
    return "int32" if fits else "int64"


@op("keras.ops.digitize", "numpy.digitize")
def digitize(x: Any, bins: Any) -> TensorSpec:
    """The bin that each element falls into."""
    shape = shape_of(bins)
    if len(shape) > 1:
        check_rank(shape, 1)
    return TensorSpec(shape_of(x), "int32")


@op("keras.ops.unravel_index", "numpy.unravel_index")
def unravel_index(indices: Any, shape: Any) -> list[TensorSpec]:
    """Where places in a row are in a shape: one tensor of indices for each of its axes."""
    lengths = dims_given(shape, free=True)
    return [TensorSpec(shape_of(indices), dtypes.named(indices))] * len(lengths)
