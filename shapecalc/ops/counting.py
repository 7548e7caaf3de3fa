"""Operations whose output is as long as the values say."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import Dim, at_least
from shapecalc.ops import dtypes
from shapecalc.ops.op import op
from shapecalc.ops.operands import axis_index, check_rank, dims_given, replaced, shape_of, tensor
from shapecalc.rules.refusal import InvalidArgument
from shapecalc.rules.requirement import require
from shapecalc.rules.spec import TensorSpec
from shapecalc.rules.unknown import UndecidedError, Unknown, unknown_dim


@op("keras.ops.nonzero", "numpy.nonzero")
def nonzero(x: Any) -> tuple[TensorSpec, ...]:
    """The places of the elements that are not zero: one tensor of indices for each axis."""
    count = unknown_dim("how many elements are not zero")
    return (TensorSpec((count,), "int32"),) * len(shape_of(x))


@op("keras.ops.unique", "numpy.unique")
def unique(
    x: Any,
    sorted: bool = True,
    return_index: bool = False,
    return_inverse: bool = False,
    return_counts: bool = False,
    axis: Any = None,
    size: Any = None,
    fill_value: Any = None,
) -> Any:
    """The elements, or the slices along an axis, each once."""
    x = tensor(x)
    count: Dim = unknown_dim("how many elements differ")
    if size is not None:
        (count,) = dims_given([size], argument="size")
    place = None if axis is None else axis_index(axis, len(x.shape))
    values = (count,) if place is None else replaced(x.shape, place, count)
    outputs = [TensorSpec(values, x.dtype)]
    if return_index:
        outputs.append(TensorSpec((count,), "int32"))
    if return_inverse:
        outputs.append(TensorSpec(x.shape if place is None else (x.shape[place],), "int32"))
    if return_counts:
        outputs.append(TensorSpec((count,), "int32"))
    return outputs[0] if len(outputs) == 1 else tuple(outputs)


@op("tensorflow.unique", node="Unique")
def unique_indexed(x: Any, out_idx: Any = "int32") -> tuple[TensorSpec, TensorSpec]:
    """The elements of a vector, each once, and where each element is among them."""
    x = tensor(x)
    check_rank(x.shape, 1)
    values = TensorSpec((unknown_dim("how many elements differ"),), x.dtype)
    return values, TensorSpec(x.shape, dtypes.standardize(out_idx))


@op("keras.ops.bincount", "tensorflow.math.bincount", "numpy.bincount")
def bincount(x: Any, weights: Any = None, minlength: Any = 0, sparse: bool = False) -> TensorSpec:
    """How often each number occurs in each row."""
    shape = shape_of(x)
    dtype = "int32"
    if weights is not None:
        dtype = dtypes.result_type(dtypes.named(x), dtypes.element_dtype(weights))
    return TensorSpec((*shape[:-1], unknown_dim("the greatest number that is counted")), dtype)


def _is_range(value: Any) -> bool:
    """Whether a value is a lower and an upper bound.

    Raises:
        UndecidedError: a bound is not known.
    """
    if not isinstance(value, tuple) or len(value) < 2:
        return False
    low, high = value[:2]
    for bound in (low, high):
        if isinstance(bound, Unknown):
            raise UndecidedError(bound)
    return isinstance(low, (int, float)) and isinstance(high, (int, float)) and low <= high


@op("keras.ops.histogram", "numpy.histogram")
def histogram(x: Any, bins: Any = 10, range: Any = None) -> tuple[TensorSpec, TensorSpec]:
    """How many elements fall into each bin, and the edges of the bins."""
    if not isinstance(bins, int):
        raise InvalidArgument(f"`bins` must be a number, got {bins!r:.100}", argument="bins")
    require(at_least(bins, 0), InvalidArgument(f"`bins` is {bins}", argument="bins"))
    if range and not _is_range(range):
        raise InvalidArgument(f"`range` must be two numbers, got {range}", argument="range")
    x = tensor(x)
    return TensorSpec((bins,), x.dtype), TensorSpec((bins + 1,), x.dtype)
