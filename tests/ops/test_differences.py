"""Calls on which we and Keras differ on purpose: each still is one, and has its reason.

What Keras only *states* wrongly of a symbolic output is in `exceptions.TRACED`.
"""

from __future__ import annotations

from typing import Any

import pytest

from shapecalc.rules.refusal import Refusal
from tests.ops.case import Case, T, attempt
from tests.ops.exceptions import TRACED

oracle = pytest.importorskip("tests.ops.oracle", reason="the `keras` extra is not installed")
pytestmark = pytest.mark.oracle

I32 = "int32"

# Keras refuses these of a symbolic tensor, but runs them within a layer, or in TensorFlow.
ONLY_KERAS_REFUSES: list[tuple[str, tuple[Any, ...], dict[str, Any], str]] = [
    ("get_item", (T((None, 5)), slice(1, None)), {}, "a lone slice: only `x[1:, :]` is taken"),
    ("get_item", (T((None, 5)), Ellipsis), {}, "a lone `...`"),
    ("get_item", (T((None, 5)), None), {}, "a lone None"),
    ("get_item", (T((None, 5)), (slice(None), T((3,), I32))), {}, "a tensor of indices"),
    ("cross", (T((2,)), T((2,))), {}, "the output has no axes, so -1 is none of them"),
    ("append", (T((None, 2)), T((3, 2))), {"axis": 0}, "None and a number are added"),
    ("svd", (T((None, 2)),), {}, "the lesser of None and a number"),
    ("rearrange", (T((None, 2)), "a b -> (a b)"), {}, "None is multiplied"),
    ("einsum", ("ij, jk -> ik", T((2, 3)), T((3, 4))), {}, "blanks are no axes"),
]  # fmt: skip

# Keras takes these of a symbolic tensor, but they cannot be run.
ONLY_WE_REFUSE: list[tuple[str, tuple[Any, ...], dict[str, Any], str]] = [
    ("dot", (T((2,)), T((3,))), {}, "Keras compares no lengths of vectors"),
    ("einsum", ("ij,jk->ik", T((2, 3)), T((4, 5))), {}, "Keras compares only what is kept"),
    ("sum", (T((2, 3, 4)), (0, 0)), {}, "Keras removes two axes"),
    ("moveaxis", (T((2, 3, 4)), (0, 0), (1, 2)), {}, "an axis occurs twice"),
    ("dot_product_attention", (T((2, 4, 2, 8)), T((2, 5, 2, 7)), T((2, 5, 2, 8))), {},
     "Keras looks at the query only"),
    ("view_as_complex", (T((4, 3)),), {}, "Keras drops the last axis, whatever its length"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "args", "kwargs", "reason"), ONLY_KERAS_REFUSES)
def test_keras_refuses_what_we_take(name: str, args: Any, kwargs: Any, reason: str) -> None:
    case = Case(name, args, kwargs)
    assert isinstance(oracle.ask(case), oracle.Refused)
    assert not isinstance(attempt(case), Exception), reason


@pytest.mark.parametrize(("name", "args", "kwargs", "reason"), ONLY_WE_REFUSE)
def test_we_refuse_what_keras_takes(name: str, args: Any, kwargs: Any, reason: str) -> None:
    case = Case(name, args, kwargs)
    assert not isinstance(oracle.ask(case), oracle.Refused)
    assert isinstance(attempt(case), Refusal), reason
    assert isinstance(oracle.trace(case), oracle.Refused)


def test_what_is_traced_has_a_reason() -> None:
    assert all(reason.startswith("Keras ") for reason in TRACED.values())


def test_the_axis_of_the_classes_is_the_one_that_goes() -> None:
    case = Case("categorical_crossentropy", (T((2, 3)), T((2, 3))), {"axis": 0})
    assert attempt(case).shape == (3,)
    assert oracle.ask(case).shape == (2,)
    assert oracle.trace(case).shape == (3,)
