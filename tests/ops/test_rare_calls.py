"""Calls that are seldom drawn, against the live Keras."""

from __future__ import annotations

from typing import Any

import pytest

from shapecalc.ops.op import REGISTRY
from shapecalc.rules.refusal import Refusal
from tests.ops.case import Case, T, attempt, map_tensors, spec_of
from tests.ops.comparison import differences
from tests.ops.exceptions import TRACED

pytestmark = pytest.mark.oracle

I32 = "int32"

CALLS: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = [
    ("get_item", (T((0,)), 0), {}),
    ("get_item", (T((0, 3)), (-1,)), {}),
    ("get_item", (T((1, 3)), (0,)), {}),
    ("get_item", (T((1, 3)), (-2,)), {}),
    ("vstack", ([T(()), T(())],), {}),
    ("vstack", ([T((3,)), T((3,))],), {}),
    ("vstack", ([T((2, 3)), T((1, 3))],), {}),
    ("vstack", ([T((2,)), T((3,))],), {}),
    ("split", (T((4,)), "a"), {}),
    ("split", (T((4,)), 0), {}),
    ("split", (T((4,)), 1.5), {}),
    ("reshape", (T((4,)), (-2, 2)), {}),
    ("reshape", (T((4,)), (-1, -1)), {}),
    ("reshape", (T((4,)), (-2, -2)), {}),
    ("reshape", (T((4,)), (4, -1)), {}),
    ("conv", (T((4,)), T((3,))), {}),
    ("conv", (T((2, 4, 3)), T((3, 3))), {}),
    ("separable_conv", (T((1, 4, 3)), T((3, 3, 2)), T(())), {}),
    ("unfold", (T((1, 3, 6, 6)), 2), {"padding": ()}),
    ("image.extract_patches", (T((1, 6, 6, 3)), 0), {}),
    ("image.extract_patches", (T((1, 6, 6, 3)), (2, 1)), {}),
    ("conv_transpose", (T((1, 4, 3)), T((3, 2, 3))), {"output_padding": ()}),
    ("tensordot", (T((2, 3)), T((2, 3))), {"axes": 3}),
    ("tensordot", (T((2, 3)), T((2, 3))), {"axes": 10**9}),
    ("histogram", (T((4,)),), {"range": (1, 0)}),
    ("histogram", (T((4,)),), {"range": (1,)}),
    ("histogram", (T((4,)),), {"range": ("a", 1)}),
    ("norm", (T((2, 3, 4)),), {"axis": (0, 1, 2)}),
    ("norm", (T((2, 3, 4)),), {"axis": ()}),
    ("norm", (T((2, 3, 4)),), {"ord": 2}),
    ("norm", (T((2, 3, 4)),), {"axis": (0, 1), "ord": 2}),
    ("normalize", (T((2, 3, 4)),), {"axis": (0, 1, 2), "order": 1}),
    ("normalize", (T((2, 3, 4)),), {"axis": (0, 1), "order": 1}),
    *(("norm", (T((2, 3)),), {"axis": (0, 1), "ord": ord_}) for ord_ in (2, -2, 1, -1, 3, "fro")),
    ("lstsq", (T((2, 3, 3)), T((2,))), {}),
    ("lstsq", (T((3,)), T((3,))), {}),
    ("lstsq", (T((4, 3)), T((4, 2))), {}),
    ("broadcast_to", (T((2, 3)), (1, 3)), {}),
    ("broadcast_to", (T((1, 3)), (2, 3)), {}),
    ("unfold", (T((1, 3, 6, 6)), 7), {}),
    ("unstack", (T((2, 3)),), {"num": 2}),
    ("unstack", (T((2, 3)), 3, 1), {}),
    ("split", (T((4, 2)), [1, 3]), {}),
    ("rot90", (T((3,)),), {}),
    ("rot90", (T((3,)),), {"axes": (0, 0)}),
    ("rot90", (T(()),), {}),
    ("eye", (2.0,), {}),
    ("eye", (2, 3.0), {}),
    ("linspace", (0.0, 1.0, 0), {}),
    ("linspace", (0.0, 1.0, 5), {"retstep": True}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "args", "kwargs"), CALLS)
def test_agrees_with_keras(name: str, args: Any, kwargs: Any) -> None:
    oracle = pytest.importorskip("tests.ops.oracle")
    case = Case(name, args, kwargs)
    keras = oracle.trace(case) if name in TRACED else oracle.ask(case)
    assert not differences(attempt(case), keras)


# Keras builds these, and stumbles when there are numbers.
WHEN_RUN: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = [
    ("argmax", (T((2, 3)),), {"axis": (0,)}),
    ("argmin", (T((2, 3)),), {"axis": [0, 1]}),
    ("squeeze", (T((1, 3)),), {"axis": (0, 0)}),
    ("squeeze", (T((1, 3)),), {"axis": (0, -2)}),
]


@pytest.mark.parametrize(("name", "args", "kwargs"), WHEN_RUN)
def test_refuses_what_fails_when_it_is_run(name: str, args: Any, kwargs: Any) -> None:
    keras = pytest.importorskip("keras", reason="the `keras` extra is not installed")
    arrays = map_tensors(lambda t: keras.ops.ones(t.shape, t.dtype), args)
    with pytest.raises((TypeError, ValueError)):
        getattr(keras.ops, name)(*arrays, **kwargs)
    assert isinstance(attempt(Case(name, args, kwargs)), Refusal)


def test_as_many_slices_as_there_are() -> None:
    # Keras hands out as many symbolic slices as are asked for, and fewer when it is run.
    assert isinstance(attempt(Case("unstack", (T((2, 3)),), {"num": 3})), Refusal)


RANDOM: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = [
    ("normal", ((2, 3),), {}),
    ("normal", ((2, 3),), {"dtype": "float16"}),
    ("truncated_normal", ((2,),), {}),
    ("uniform", ((2, 3), 0.0, 2.0), {}),
    ("randint", ((2, 3), 0, 5), {}),
    ("randint", ((2, 3), 0, 5), {"dtype": "int8"}),
    ("gamma", ((3,), 0.5), {}),
    ("beta", ((3,), 0.5, 0.5), {}),
    ("binomial", ((3,), 4.0, 0.5), {}),
    ("categorical", (T((2, 3)), 4), {}),
    ("categorical", (T((2, 3)), 4), {"dtype": "uint8"}),
    ("categorical", (T((3,)), 4), {}),
    ("dropout", (T((2, 3), "float16"), 0.5), {}),
    ("dropout", (T((2, 3)), 0.5), {"noise_shape": (2, 1)}),
    ("shuffle", (T((4, 3), I32),), {}),
    ("shuffle", (T((4, 3)),), {"axis": 1}),
]


@pytest.mark.parametrize(("name", "args", "kwargs"), RANDOM)
def test_draws_what_keras_draws(name: str, args: Any, kwargs: Any) -> None:
    keras = pytest.importorskip("keras", reason="the `keras` extra is not installed")
    theirs_args = map_tensors(lambda t: keras.ops.ones(t.shape, t.dtype), args)
    try:
        theirs = getattr(keras.random, name)(*theirs_args, **kwargs)
    except Exception:  # noqa: BLE001 - however Keras refuses
        theirs = None
    try:
        ours = REGISTRY[f"keras.random.{name}"](*map_tensors(spec_of, args), **kwargs)
    except Refusal:
        ours = None
    assert (ours is None) == (theirs is None)
    if ours is not None:
        # The backend has no 64 bits unless it is asked for them.
        dtype = str(theirs.dtype)
        assert (ours.shape, ours.dtype.replace("64", "32")) == (tuple(theirs.shape), dtype)


def test_every_random_operation_is_tried() -> None:
    names = {n.removeprefix("keras.random.") for n in REGISTRY if n.startswith("keras.random.")}
    assert names == {name for name, _, _ in RANDOM}


def test_a_message_tells_the_axes_that_there_are() -> None:
    refusal = attempt(Case("one_hot", (T((2, 3), I32), 4), {"axis": 5}))
    assert "from 0 to 1" in refusal.message
