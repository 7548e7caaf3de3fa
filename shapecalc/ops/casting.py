"""Operations that make a tensor of what is given, or give one another dtype."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import divides
from shapecalc.ops import dtypes
from shapecalc.ops.op import op
from shapecalc.ops.operands import require_seen, shape_of
from shapecalc.rules.refusal import DoesNotFit, InvalidArgument, show_shape
from shapecalc.rules.spec import TensorSpec


@op("keras.ops.cast", "tensorflow.cast", "keras.backend.cast")
@op("keras.ops.saturate_cast", "tensorflow.saturate_cast")
def cast(x: Any, dtype: Any) -> TensorSpec:
    """Make it of another dtype."""
    return TensorSpec(shape_of(x), dtypes.standardize(dtype))


@op("keras.ops.array", "numpy.array", "numpy.asarray")
def array(x: Any, dtype: Any = None) -> TensorSpec:
    """A tensor of what is given."""
    if isinstance(x, TensorSpec) and dtype is None:
        return TensorSpec(shape_of(x), x.dtype)
    given = dtypes.element_dtype(x) if dtype is None else dtypes.standardize(dtype)
    return TensorSpec(shape_of(x), given)


@op("keras.ops.convert_to_tensor", "tensorflow.convert_to_tensor")
def convert_to_tensor(
    x: Any,
    dtype: Any = None,
    sparse: bool | None = None,
    ragged: bool | None = None,
) -> TensorSpec:
    """A tensor of what is given."""
    return array(x, dtype)


# The bytes of an element, for what can be looked at as something else.
_BYTES = {"bool": 1, "float8_e4m3fn": 1, "float8_e5m2": 1, "bfloat16": 2, "complex64": 8}
_BYTES |= {f"{kind}{8 * n}": n for kind in ("int", "uint", "float") for n in (1, 2, 4, 8)}
_BYTES |= {"complex128": 16}


@op("keras.ops.view", "tensorflow.bitcast")
def view(x: Any, dtype: Any = None) -> TensorSpec:
    """Read the same bytes as elements of another dtype."""
    shape, old = shape_of(x), dtypes.named(x)
    new = old if dtype is None else dtypes.standardize(dtype)
    if new not in _BYTES or old not in _BYTES:
        raise InvalidArgument(f"{old} cannot be viewed as {new}", argument="dtype")
    if _BYTES[old] == _BYTES[new]:
        return TensorSpec(shape, new)
    refusal = DoesNotFit(
        f"the last axis of {show_shape(shape)} in {old} is no whole number of {new}",
        argument="dtype",
    )
    if not shape:
        raise refusal
    length = shape[-1] * _BYTES[old]
    require_seen(divides(_BYTES[new], length), refusal, shape[-1])
    return TensorSpec((*shape[:-1], length // _BYTES[new]), new)
