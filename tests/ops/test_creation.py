"""Tensors of a given shape, against what Keras makes; and with formulas for lengths."""

from __future__ import annotations

from typing import Any

import pytest

from shapecalc.dims import BATCH, Variable
from shapecalc.rules.refusal import Refusal
from shapecalc.rules.spec import TensorSpec
from tests.ops.case import RULES, T, map_tensors, spec_of
from tests.ops.exceptions import NOT_COMPARED

H = Variable("H")

CALLS: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = [
    ("zeros", ((2, 3),), {}),
    ("zeros", (4,), {"dtype": "int32"}),
    ("zeros", ((-1,),), {}),
    ("ones", ((),), {}),
    ("empty", ((0, 2),), {"dtype": "bool"}),
    ("full", ((2,), 3), {}),
    ("full", ((2,), 3.5), {}),
    ("full", ((2, 1), 3, "float16"), {}),
    ("full_like", (T((2, 3), "int8"), 3), {}),
    ("full_like", (T((2, 3), "int8"), 3, "float32"), {}),
    ("eye", (3,), {}),
    ("eye", (3, 4), {"dtype": "int32"}),
    ("eye", (3.0,), {}),
    ("identity", (3,), {}),
    ("tri", (3, 5), {}),
    ("arange", (5,), {}),
    ("arange", (2, 9, 3), {}),
    ("arange", (9, 2, -3), {}),
    ("arange", (9, 2), {}),
    ("arange", (0.0, 1.0, 0.3), {}),
    ("arange", (5, None, None, "float32"), {}),
    ("linspace", (0, 1, 5), {}),
    ("linspace", (0.0, 1.0), {"retstep": False}),
    ("linspace", (T((2, 3)), T((3,)), 4), {"axis": -1}),
    ("geomspace", (1.0, 8.0, 4), {}),
    ("geomspace", (T((2,)), 8.0, 4), {"axis": 1}),
    ("logspace", (1.0, 8.0, 4), {}),
    ("logspace", (T((2,)), T((2,)), 4), {}),
    ("bartlett", (7,), {}),
    ("blackman", (7,), {}),
    ("hamming", (7,), {}),
    ("hanning", (7,), {}),
    ("kaiser", (7, 1.0), {}),
]


@pytest.mark.oracle
@pytest.mark.parametrize(("name", "args", "kwargs"), CALLS)
def test_makes_what_keras_makes(name: str, args: Any, kwargs: Any) -> None:
    oracle = pytest.importorskip("tests.ops.oracle")
    from tests.ops.case import Case, attempt
    from tests.ops.comparison import differences

    case = Case(name, args, kwargs)
    assert not differences(attempt(case), oracle.ask(case))


def test_every_operation_that_says_so_is_tried() -> None:
    told = {name for name, reason in NOT_COMPARED.items() if "test_creation" in reason}
    assert told == {name for name, _, _ in CALLS}


@pytest.mark.parametrize(
    ("name", "args", "shape"),
    [
        ("zeros", ((BATCH, H),), (BATCH, H)),
        ("arange", (H,), (H,)),
        ("arange", (0, H, 2), ((H - 1) // 2 + 1,)),
        ("eye", (H,), (H, H)),
        ("linspace", (0.0, 1.0, H), (H,)),
        ("hamming", (H,), (H,)),
    ],
)
def test_a_length_may_be_a_formula(name: str, args: Any, shape: Any) -> None:
    assert RULES[name](*args).shape == shape


def test_the_length_of_a_computed_range_is_unknown() -> None:
    (length,) = RULES["arange"](TensorSpec((), "int32")).shape
    assert length.reason == "a range with a computed bound"


def test_ndim_is_a_number() -> None:
    assert RULES["ndim"](spec_of(T((None, 3)))) == 2
    assert map_tensors(spec_of, [T(())]) == [TensorSpec(())]


@pytest.mark.parametrize("num", [-1, "many"])
def test_a_number_of_points_is_natural(num: Any) -> None:
    with pytest.raises(Refusal):
        RULES["linspace"](0, 1, num)
