"""The promotion of dtypes against the live Keras: every pair, and triples with numbers."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from shapecalc.ops import dtypes
from shapecalc.rules.refusal import InvalidArgument
from shapecalc.rules.spec import TensorSpec

oracle = pytest.importorskip("tests.ops.oracle", reason="the `keras` extra is not installed")
pytestmark = pytest.mark.oracle

NAMES: list[Any] = [
    "bool", "uint8", "uint16", "uint32", "uint64", "int8", "int16", "int32", "int64", "bfloat16",
    "float16", "float32", "float64", "complex64", "complex128", int, float, "string",
    "float8_e4m3fn",
]  # fmt: skip


def _promoted(function: Any, *given: Any) -> Any:
    try:
        return function(*given)
    except (InvalidArgument, ValueError):
        return None


def differences(function: Any) -> list[Any]:
    """The calls in which a promotion and Keras's differ."""
    calls = [*itertools.product(NAMES), *itertools.product(NAMES, NAMES)]
    calls += [(one, other, float) for one in NAMES for other in NAMES]
    return [
        call for call in calls if _promoted(function, *call) != _promoted(oracle.result_type, *call)
    ]


def test_promotes_as_keras_does() -> None:
    assert not differences(dtypes.result_type)


def test_notices_another_promotion() -> None:
    assert differences(lambda *given: dtypes.result_type(*given[:1]))


def test_an_unknown_dtype_stays_unknown() -> None:
    assert dtypes.result_type("float32", dtypes.UNKNOWN) == dtypes.UNKNOWN


def test_numpy_keeps_64_bits() -> None:
    with dtypes.wide():
        assert dtypes.floatx() == "float64"
        assert dtypes.result_type("int64", float) == "float64"
        assert dtypes.element_dtype([[1, 2], [3, 4]]) == "int64"
    assert dtypes.floatx() == "float32"


@pytest.mark.parametrize("value", [None, object(), "float", "float31"])
def test_what_is_no_dtype_is_refused(value: Any) -> None:
    with pytest.raises(InvalidArgument):
        dtypes.standardize(value or "x")


def test_the_dtype_of_nested_numbers() -> None:
    assert dtypes.element_dtype([1, 2.0]) == "float32"
    assert dtypes.element_dtype([[True]]) == "bool"
    assert dtypes.element_dtype([]) == "float32"
    assert dtypes.element_dtype([TensorSpec((), "int8")]) == "int8"
    assert dtypes.element_dtype(["a"]) == "string"
