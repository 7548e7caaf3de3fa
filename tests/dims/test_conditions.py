"""Conditions: their readable form means what the condition means."""

from itertools import product as points_of

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shapecalc.dims import (
    Comparison,
    Variable,
    at_least,
    compare,
    divides,
    equal,
    maximum,
    slide,
)
from tests.dims.trees import BY_NAME, GRID, VARIABLES, evaluate, trees

H, W, K = Variable("H"), Variable("W"), Variable("K")

READ = [
    (at_least((H - 3) // 2 + 1, 1), "H >= 3", None),
    (at_least(slide(H, 3, 2, 2, "valid"), 1), "H >= 5", None),
    (at_least(slide(slide(H, 3, 1, 1, "valid") // 2, 3, 1, 1, "valid"), 1), "H >= 8", None),
    (at_least(H, 1), "H >= 1", True),
    (at_least(H, 3), "H >= 3", None),
    (at_least(5, H), "H <= 5", None),
    (at_least(0, H), "0 >= H", False),
    (at_least(10, 2 * H), "H <= 5", None),
    (at_least((H - K) // 2 + 1, 1), "H >= K", None),
    (at_least(H + W, 5), "H + W >= 5", None),
    (at_least(H * W, 100), "H*W >= 100", None),
    (equal(2 * (H // 2), H), "H % 2 == 0", None),
    (divides(2, H), "H % 2 == 0", None),
    (equal(16 * (H // 16), H), "H % 16 == 0", None),
    (divides(4, H // 2), "H % 8 in (0, 1)", None),
    (divides(2, 3 * H + 4), "H % 2 == 0", None),
    (divides(3, H + W), "(H + W) % 3 == 0", None),
    (divides(K, H), "H % K == 0", None),
    (divides(K, H + 1), "(H + 1) % K == 0", None),
    (divides(1, H), "H % 1 == 0", True),
    (divides(2, 4 * H + 2 * W), "(4*H + 2*W) % 2 == 0", True),
    (divides(2, 2 * H + 1), "(2*H + 1) % 2 == 0", False),
    (equal(H, 5), "H == 5", None),
    (equal(5, 2 * H + 1), "H == 2", None),
    (equal(6, 2 * H + 1), "6 == 2*H + 1", False),
    (equal((H - 1) // 2 + 1, 14), "27 <= H <= 28", None),
    (equal(H, W), "H == W", None),
    (equal(H + W, 2 * W + 1), "H == W + 1", None),
    (equal(H + W, W + 3), "H == 3", None),
    (equal(maximum(0, H - 3), 0), "H <= 3", None),
    (equal(H - H // 2, (H + 1) // 2), "H - H//2 == (H - 1)//2 + 1", True),
    (equal(3, 3), "3 == 3", True),
    (at_least(1, 2), "1 >= 2", False),
    (divides(2, 7), "7 % 2 == 0", False),
    (divides(2, -6), "-6 % 2 == 0", True),
]


@pytest.mark.parametrize(("condition", "text", "holds"), READ, ids=[row[1] for row in READ])
def test_readable_form(condition, text, holds):
    assert str(condition) == text
    assert condition.holds() is holds


def same_meaning(condition, meaning, text) -> None:
    """Check text, holds() and substitution against the meaning, on a grid."""
    for point in points_of(GRID, repeat=3):
        values = dict(zip(VARIABLES, point, strict=True))
        names = dict(zip(BY_NAME, point, strict=True))
        try:
            truth = meaning(point)
        except ZeroDivisionError:
            continue
        assert condition.holds() in (None, truth)
        assert bool(eval(text, {"max": max, "min": min}, names)) == truth  # noqa: S307
        assert condition.substitute(values).holds() is truth


@given(trees, st.integers(-2, 12), st.sampled_from([2, 3, 4, 6]))
@settings(max_examples=120)
def test_the_readable_form_is_the_condition(tree, number, divisor):
    try:
        dim = evaluate(tree, VARIABLES)
    except ZeroDivisionError:
        return
    for condition, meaning in (
        (equal(dim, number), lambda p: evaluate(tree, p) == number),
        (at_least(dim, number), lambda p: evaluate(tree, p) >= number),
        (at_least(number, dim), lambda p: evaluate(tree, p) <= number),
        (divides(divisor, dim), lambda p: evaluate(tree, p) % divisor == 0),
    ):
        same_meaning(condition, meaning, str(condition))


def test_the_oracle_sees_a_wrong_form():
    h = VARIABLES[0]
    with pytest.raises(AssertionError):
        same_meaning(at_least(h, 3), lambda p: p[0] >= 3, "H >= 2")


def test_equal_conditions_are_one():
    assert len({divides(2, H), equal(2 * (H // 2), H), equal(H % 2, 0)}) == 1
    assert divides(2, H) != divides(2, Variable("H", "free"))
    assert divides(2, H) != 3
    assert divides(2, H + W).variables == {H, W}


def test_substitution():
    assert divides(2, H).substitute({"H": 4}).holds() is True
    assert divides(2, H).substitute({H: 2 * W}).holds() is True
    assert str(at_least(H, 5).substitute({"H": 2 * W})) == "W >= 3"


def test_misuse():
    with pytest.raises(ZeroDivisionError):
        divides(0, H)
    with pytest.raises(TypeError):
        bool(divides(2, H))


def test_nothing_is_proved_of_an_unknown() -> None:
    unknown = Variable("?1", "unknown", "a Lambda")
    for condition in (
        equal((unknown - 2 * unknown) * H, 0),
        equal(unknown - 7, 0),
        at_least(0, unknown),
        at_least(unknown - 7, 1),
        divides(2, unknown),
    ):
        assert condition.holds() is None
    assert compare(unknown - 7, 0) is Comparison.UNDECIDED
    assert equal(unknown, unknown).holds() is True
    assert compare(unknown, unknown) is Comparison.EQUAL
