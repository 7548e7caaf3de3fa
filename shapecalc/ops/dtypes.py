"""Dtypes: their promotion as Keras does it, with Python's numbers weak.

A dtype is a name, such as "float32"; `int` and `float`, the types, stand for the weak dtypes of
Python's numbers. A dtype that could not be followed is "unknown", and so is what it goes into.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from shapecalc.dims import Symbolic
from shapecalc.rules.refusal import InvalidArgument
from shapecalc.rules.session import current_session
from shapecalc.rules.spec import TensorSpec
from shapecalc.rules.unknown import Unknown

UNKNOWN = "unknown"

# What each dtype can be turned into without loss of kind, one step up; "int" and "float" are
# weak. The promotion of several dtypes is their least common upper bound.
_STEPS = {
    "bool": ("int",),
    "uint8": ("int16", "uint16"),
    "uint16": ("int32", "uint32"),
    "uint32": ("int64", "uint64"),
    "uint64": ("float",),
    "int": ("uint8", "int8", "complex64"),
    "int8": ("int16",),
    "int16": ("int32",),
    "int32": ("int64",),
    "int64": ("float",),
    "float": ("bfloat16", "float16"),
    "bfloat16": ("float32",),
    "float16": ("float32",),
    "float32": ("float64", "complex64"),
    "float64": ("complex128",),
    "complex64": ("complex128",),
    "complex128": (),
}
# Known, but never promoted.
_ALONE = ("string", "float8_e4m3fn", "float8_e5m2")
_NARROW = {
    "int64": "int32", "uint64": "uint32", "float64": "float32", "complex128": "complex64",
}  # fmt: skip

_wide = False


@contextmanager
def wide() -> Iterator[None]:
    """Keep 64 bits, as NumPy does and Keras does not."""
    global _wide
    previous, _wide = _wide, True
    try:
        yield
    finally:
        _wide = previous


def floatx() -> str:
    """The dtype of floats that are given none."""
    if _wide:
        return "float64"
    dtype = current_session().dtype
    return dtype if is_float(dtype) else "float32"


def is_float(dtype: str) -> bool:
    """Whether a dtype is one of floating-point numbers."""
    return "float" in dtype


def is_int(dtype: str) -> bool:
    """Whether a dtype is one of integers."""
    return "int" in dtype


def is_integral(dtype: str) -> bool:
    """Whether a dtype is one of integers or truth values."""
    return is_int(dtype) or dtype == "bool"


def standardize(dtype: Any) -> str:
    """The name of a dtype given in any of the ways that Keras takes; None is `floatx()`.

    Raises:
        InvalidArgument: there is no such dtype.
    """
    if dtype is None:
        return floatx()
    if isinstance(dtype, Unknown):
        return UNKNOWN
    if dtype is int:
        return "int64" if _wide else "int32"
    if dtype is float:
        return "float64" if _wide else "float32"
    if dtype in (bool, str, complex):
        return {bool: "bool", str: "string", complex: "complex64"}[dtype]
    name = "int32" if dtype == "int" else dtype
    if not isinstance(name, str) or (name not in _STEPS and name not in (*_ALONE, UNKNOWN)):
        raise InvalidArgument(f"{dtype!r:.100} is no dtype", argument="dtype")
    if name == "float":
        raise InvalidArgument("'float' is no dtype: give its width", argument="dtype")
    return name


def dtype_of(value: Any) -> Any:
    """The dtype of an operand: a name, or `int` or `float` for Python's numbers.

    Raises:
        InvalidArgument: it is neither a tensor nor a number.
    """
    if isinstance(value, TensorSpec):
        return value.dtype
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, (int, Symbolic)):
        return int
    if isinstance(value, float):
        return float
    if isinstance(value, complex):
        return "complex64"
    if isinstance(value, Unknown):
        return UNKNOWN
    raise InvalidArgument(f"expected a tensor or a number, got {value!r:.100}")


def named(value: Any) -> str:
    """The dtype of an operand, with that of Python's numbers made definite."""
    return standardize(dtype_of(value))


def result_type(*dtypes: Any) -> str:
    """The dtype that Keras promotes dtypes to: names, and `int` and `float`.

    Raises:
        InvalidArgument: there is none.
    """
    if UNKNOWN in dtypes:
        return UNKNOWN
    if all(not isinstance(d, str) for d in dtypes):
        return _weak("float" if float in dtypes else "int")
    return _strong(dtypes)


def _strong(dtypes: tuple[Any, ...]) -> str:
    definite = {standardize(d) for d in dtypes}
    if any("float8" in d for d in definite):
        raise InvalidArgument(f"float8 is not promoted: cast first, got {sorted(definite)}")
    if len(definite) == 1:
        return _narrowed(definite.pop())
    bound = _least_bound({d if isinstance(d, str) else d.__name__ for d in dtypes})
    return _narrowed(_weak(bound) if bound in ("int", "float") else bound)


def _weak(kind: str) -> str:
    return _narrowed(f"{kind}{'64' if _wide else floatx()[-2:]}")


def _narrowed(dtype: str) -> str:
    return dtype if _wide else _NARROW.get(dtype, dtype)


_bounds: dict[str, frozenset[str]] = {}


def _bounds_of(dtype: str) -> frozenset[str]:
    if dtype not in _bounds:
        if dtype not in _STEPS:
            raise InvalidArgument(f"{dtype} is not promoted to any other dtype: cast first")
        above = [_bounds_of(step) for step in _STEPS[dtype]]
        _bounds[dtype] = frozenset({dtype}).union(*above)
    return _bounds[dtype]


def _least_bound(dtypes: set[str]) -> str:
    common = frozenset.intersection(*map(_bounds_of, dtypes))
    for candidate in sorted(common):
        if common <= _bounds_of(candidate):
            return candidate
    raise InvalidArgument(f"{' and '.join(sorted(dtypes))} have no common dtype: cast first")


def as_float(dtype: str) -> str:
    """`floatx()` for integers and truth values; another dtype unchanged."""
    return floatx() if is_integral(dtype) else dtype


def promoted_float(dtype: str) -> str:
    """The dtype of a function of real numbers: floats unchanged, all else made a float."""
    return floatx() if dtype == "int64" else result_type(dtype, float)


def rounded(dtype: str) -> str:
    """The dtype of whole numbers near real ones: Keras makes floats of integers, NumPy does not."""
    return dtype if _wide and is_int(dtype) else promoted_float(dtype)


def accumulated(dtype: str) -> str:
    """The dtype of a sum: small integers are summed in 32 bits."""
    if dtype in ("bool", "int8", "int16"):
        return "int64" if _wide else "int32"
    if dtype in ("uint8", "uint16"):
        return "uint64" if _wide else "uint32"
    return dtype


def element_dtype(value: Any) -> str:
    """The dtype of a tensor made of a number, of nested sequences of them, or of a tensor."""
    found: set[Any] = set()
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, (list, tuple)) and not isinstance(item, TensorSpec):
            waiting.extend(item)
        elif isinstance(item, str):
            return "string"
        else:
            found.add(dtype_of(item))
    return result_type(*found) if found else floatx()


def is_wide() -> bool:
    """Whether 64 bits are kept."""
    return _wide
