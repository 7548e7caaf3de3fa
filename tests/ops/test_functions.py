"""Operations that call a function, and those whose output is not known."""

from __future__ import annotations

from typing import Any

import pytest

from shapecalc.dims import BATCH, Variable, is_unknown
from shapecalc.ops import op_for
from shapecalc.rules.refusal import Refusal
from shapecalc.rules.requirement import recording
from shapecalc.rules.spec import TensorSpec
from shapecalc.rules.unknown import UndecidedError, Unknown, Unranked
from tests.ops.case import RULES

X = TensorSpec((BATCH, 4, 3))
H = Variable("H")


def total(spec: TensorSpec) -> TensorSpec:
    return RULES["sum"](spec, axis=-1)


@pytest.mark.parametrize("name", ["map", "vectorized_map"])
def test_a_function_is_called_on_each_slice(name: str) -> None:
    assert RULES[name](total, X) == TensorSpec((BATCH, 4))


def test_a_scan_carries_and_collects() -> None:
    carry, out = RULES["scan"](lambda state, x: (state, total(x)), TensorSpec((2,)), X)
    assert (carry.shape, out.shape) == ((2,), (BATCH, 4))
    assert RULES["associative_scan"](lambda a, b: a, X).shape == X.shape


def test_a_condition_needs_two_outcomes_of_one_kind() -> None:
    assert RULES["cond"](True, lambda: X, lambda: X) == X
    with pytest.raises(Refusal, match="shapes"):
        RULES["cond"](True, lambda: TensorSpec((2,)), lambda: TensorSpec((3,)))
    with pytest.raises(Refusal, match="dtypes"):
        RULES["cond"](True, lambda: X, lambda: TensorSpec(X.shape, "int32"))


def test_the_first_branch_and_a_derivative() -> None:
    assert RULES["switch"](0, [total, total], X).shape == (BATCH, 4)
    assert [s.shape for s in RULES["jvp"](total, (X,), (X,))] == [(BATCH, 4)] * 2


def test_what_is_asked_of_lengths_is_recorded() -> None:
    for name, args, kwargs in [
        ("reshape", (TensorSpec((H, 6)), (6,)), {}),
        ("broadcast_to", (TensorSpec((H, 3)), (1, 3)), {}),
        ("unfold", (TensorSpec((1, 3, H, 8)), 4), {}),
        ("extract_sequences", (TensorSpec((2, H)), 16, 4), {}),
        ("unstack", (TensorSpec((H, 3)), 2), {}),
    ]:
        with recording() as assumptions:
            RULES[name](*args, **kwargs)
        assert len(assumptions) == 1, name


def test_what_does_not_fit_is_counted_out() -> None:
    for shape, target, words in [
        ((2, 3), (4,), "(2, 3) holds 2 × 3 = 6 elements, but (4,) takes 4"),
        ((3,), (4,), "(3,) holds 3 elements, but (4,) takes 4"),
        ((), (4,), "() holds 1 elements, but (4,) takes 4"),
        ((2, 3), (4, -1), "6 elements, no multiple of the 4 that (4, -1) fixes"),
    ]:
        with pytest.raises(Refusal) as refused:
            RULES["reshape"](TensorSpec(shape), target)
        assert words in refused.value.message


def test_what_a_slice_with_an_unknown_bound_leaves_is_unknown() -> None:
    for bound in (Unknown("how many"), TensorSpec((), "int32")):
        part = RULES["get_item"](X, (slice(None), slice(0, bound)))
        assert is_unknown(part.shape[1])
        assert (part.shape[0], part.shape[2]) == (BATCH, 3)
    assert RULES["get_item"](X, (slice(None), slice(-3, None))).shape == (BATCH, 3, 3)
    assert RULES["get_item"](X, (slice(None), slice(-9, None))).shape == X.shape
    assert RULES["get_item"](X, (slice(None), slice(-3, 3))).shape == (BATCH, 2, 3)


def test_parts_of_unknown_sizes_are_not_guessed() -> None:
    split = op_for("tensorflow.split")
    assert split is not None
    with pytest.raises(UndecidedError):
        split(X, [1, Unknown("the rest")], axis=1)


def test_bounds_that_are_not_known_are_not_refused() -> None:
    with pytest.raises(UndecidedError, match="the highest"):
        RULES["histogram"](X, range=(0, Unknown("the highest")))


def test_of_an_axis_that_is_split_one_length_may_be_left_open() -> None:
    rearrange = op_for("einops.rearrange")
    assert rearrange is not None
    assert rearrange(TensorSpec((BATCH, 6)), "b (h w) -> b h w", h=2).shape == (BATCH, 2, 3)
    with pytest.raises(Refusal, match="cannot be split"):
        rearrange(TensorSpec((BATCH, 6)), "b (h w) -> b h w")


def test_an_item_that_is_not_known_is_not_guessed() -> None:
    with pytest.raises(UndecidedError, match="which one"):
        RULES["get_item"](X, Unknown("which one"))


CALLS: list[tuple[str, tuple[Any, ...]]] = [
    ("map", ("f", X)), ("vectorized_map", ("f", X)), ("scan", ("f", X, X)), ("cond", (X, "f", "g")),
    ("switch", (0, ["f"], X)), ("jvp", ("f", (X,), (X,))), ("associative_scan", ("f", X)),
    ("vectorize", ("f",)), ("custom_gradient", ("f",)), ("is_tensor", (X,)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "args"), CALLS)
def test_without_the_function_nothing_is_known(name: str, args: Any) -> None:
    with pytest.raises(UndecidedError, match=r"function|value"):
        RULES[name](*args)


def test_a_length_that_values_decide_is_unknown_with_its_reason() -> None:
    (first, *_) = RULES["nonzero"](X)
    assert is_unknown(first.shape[0])
    assert first.shape[0].reason == "how many elements are not zero"
    assert is_unknown(RULES["unique"](X).shape[0])
    assert is_unknown(RULES["bincount"](TensorSpec((5,), "int32")).shape[0])
    picked = RULES["get_item"](X, TensorSpec((BATCH, 4), "bool"))
    assert is_unknown(picked.shape[0])
    assert picked.shape[1:] == (3,)


def test_what_is_unknown_spreads_no_further_than_it_must() -> None:
    unknown = Unknown("why")
    assert RULES["reshape"](X, (-1, unknown)).shape[1].reason == "why"
    assert RULES["cast"](X, unknown) == TensorSpec(X.shape, "unknown")
    assert RULES["add"](RULES["cast"](X, unknown), 1.0).dtype == "unknown"
    for call in (lambda: RULES["sum"](X, axis=unknown), lambda: RULES["reshape"](X, unknown)):
        with pytest.raises(UndecidedError, match="why"):
            call()


def test_a_tensor_of_unknown_rank_gives_up_with_its_reason() -> None:
    with pytest.raises(UndecidedError, match="somewhere"):
        RULES["relu"](TensorSpec(Unranked("somewhere")))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("key", "shape"),
    [
        (slice(1, None), (H - 1, 4)),
        (slice(None, -1), (H - 1, 4)),
        (slice(None, None, -1), (H, 4)),
        (slice(None, None, 2), ((H - 1) // 2 + 1, 4)),
        ((Ellipsis, None), (H, 4, 1)),
        (TensorSpec((7, 2), "int32"), (7, 2, 4)),
        ((slice(None), TensorSpec((7,), "int32")), (H, 7)),
        ((slice(None), 0), (H,)),
    ],
)
def test_an_index_may_be_any_of_python_s(key: Any, shape: Any) -> None:
    assert RULES["get_item"](TensorSpec((H, 4)), key).shape == shape


@pytest.mark.parametrize("key", [slice(H - 5, None), slice(None, H - 5)])
def test_a_slice_from_a_place_of_unknown_sign_has_an_unknown_length(key: slice) -> None:
    (length, width) = RULES["get_item"](TensorSpec((Variable("W"), 4)), key).shape
    assert is_unknown(length)
    assert width == 4


def test_a_function_needs_something_to_go_along() -> None:
    with pytest.raises(Refusal, match="no tensor"):
        RULES["map"](total, [])
