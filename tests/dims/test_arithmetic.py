"""Arithmetic on dims agrees with Python's own ints."""

import copy
import pickle
from itertools import product as points_of

import pytest
from hypothesis import given, settings
from sympy.core.cache import clear_cache

from shapecalc.dims import (
    BATCH,
    Comparison,
    Dim,
    Variable,
    _sympy,
    ceil_divide,
    compare,
    is_unknown,
    latex,
    maximum,
    minimum,
    parse,
    product,
    show,
    slide,
    substitute,
    total,
    unknown_reason,
    variables,
)
from tests.dims.trees import GRID, VARIABLES, at, evaluate, points, trees

H, W, D = Variable("H"), Variable("W"), Variable("D")


def agrees(tree, point) -> None:
    """Compute, then substitute; and substitute, then compute: both agree."""
    try:
        expected = evaluate(tree, point)
        formula = evaluate(tree, VARIABLES)
    except ZeroDivisionError:
        return
    found = substitute(formula, at(point))
    assert found == expected
    assert type(found) is int


@given(trees, points)
@settings(max_examples=3000)
def test_a_formula_is_worth_what_ints_are(tree, point):
    agrees(tree, point)


@given(trees, points)
@settings(max_examples=150)
def test_substitution_may_be_done_in_steps(tree, point):
    try:
        formula = evaluate(tree, VARIABLES)
        expected = evaluate(tree, point)
        half = substitute(formula, {VARIABLES[0]: point[0]})
    except ZeroDivisionError:
        return
    assert variables(half) <= set(VARIABLES[1:])
    assert substitute(half, at(point)) == expected


LAWS = {
    "nested divisors merge": lambda h, w, d: ((h // 2 + 3) // 5, (h + 6) // 10),
    "whole multiples come out": lambda h, w, d: ((6 * h + 4 * w + 7) // 2, 3 * h + 2 * w + 3),
    "a common factor goes": lambda h, w, d: (6 * h // 4, 3 * h // 2),
    "same padding, two ways": lambda h, w, d: ((h - 1) // 2 + 1, (h + 1) // 2),
    "ceiling idiom": lambda h, w, d: (-(-h // 4), ceil_divide(h, 4)),
    "five poolings": lambda h, w, d: ((((h // 2) // 2) // 2) // 2 // 2, h // 32),
    "remainder": lambda h, w, d: (h % 7 + 7 * (h // 7), h),
    "remainder of a multiple": lambda h, w, d: ((h * 6 + w * 3) % 3, 0),
    "distribution": lambda h, w, d: (h * (w + d), h * w + h * d),
    "cancelling a product": lambda h, w, d: ((4 * h * w * d) // (2 * d), 2 * h * w),
    "cancelling a sum": lambda h, w, d: ((h * w + h + w + 1) // (w + 1), h + 1),
    "partly cancelling": lambda h, w, d: ((h * w + d) // w, h + d // w),
    "negative divisor": lambda h, w, d: (h // -2, -((h + 1) // 2)),
    "maximum by bounds": lambda h, w, d: (maximum(0, h - 1), h - 1),
    "minimum by bounds": lambda h, w, d: (minimum(h, h + w), h),
    "maximum is associative": lambda h, w, d: (
        maximum(maximum(h, w), d),
        maximum(h, maximum(d, w)),
    ),
    "binomial": lambda h, w, d: ((h + w) * (h - w), h * h - w * w),
    "remainder of a remainder": lambda h, w, d: ((h % 12) % 4, h % 4),
}


@pytest.mark.parametrize("law", LAWS.values(), ids=LAWS)
def test_law(law):
    left, right = law(H, W, D)
    assert left == right
    assert hash(left) == hash(right)
    for point in points_of(GRID, repeat=3):
        one, other = law(*point)
        assert one == other
        values = dict(zip((H, W, D), point, strict=True))
        assert substitute(left, values) == one


def test_results_are_as_plain_as_they_can_be():
    assert type(H - H) is int
    assert type((H + 3) - H) is int
    assert (H + W) - W is H
    assert (H * 4) // 4 is H
    assert type(H * 0) is int
    assert H + 0 is H
    assert True * H is H


def test_kinds_stay_apart():
    free = Variable("H", "free")
    assert free != H
    assert free + 1 != H + 1
    assert type(free - H) is not int
    assert variables(free * 2 + H) == {free, H}


def test_reason_is_carried_along():
    unknown = Variable("x", "unknown", "a Lambda")
    dim = (unknown + H) // 2
    assert is_unknown(dim)
    assert unknown_reason(dim) == "a Lambda"
    assert not is_unknown(dim - dim)
    assert not is_unknown(H + 1)
    assert unknown_reason(H + 1) is None
    assert unknown_reason(3) is None


@pytest.mark.parametrize("dim", [H, H // 2 + 1])
def test_no_truth_no_order_no_value(dim: Dim):
    for misuse in (bool, int, float, range, lambda d: d < 1, lambda d: d >= W, lambda d: [1][d]):
        with pytest.raises(TypeError, match="compare"):
            misuse(dim)
    with pytest.raises(TypeError):
        dim / 2
    with pytest.raises(TypeError):
        dim + 0.5
    with pytest.raises(AttributeError):
        dim.name = "W"


def test_division_by_zero_is_pythons():
    for wrong in (lambda: H // 0, lambda: H % 0, lambda: (H + 1) // 0, lambda: H // (H - H)):
        with pytest.raises(ZeroDivisionError):
            wrong()
    with pytest.raises(ZeroDivisionError):
        substitute(W // (H - 3), {"H": 3})


def test_a_variable_is_at_least_one():
    with pytest.raises(ValueError, match="at least 1"):
        substitute(H + 1, {"H": 0})
    with pytest.raises(ValueError, match="name"):
        Variable("")
    with pytest.raises(ValueError, match="kind"):
        Variable("H", "other")


def test_substitution_is_simultaneous_and_by_name():
    assert substitute(H - 2 * W, {"H": W, "W": H}) == W - 2 * H
    assert substitute(H + Variable("H", "free"), {"H": 2}) == 4
    assert substitute(H, {"W": 2}) is H
    assert substitute(7, {"H": 2}) == 7


def test_products_and_sums():
    assert product([]) == 1
    assert total([]) == 0
    assert product([2, 3, 7]) == 42
    assert product([2, H, 3, W]) == 6 * H * W
    assert total([2, H, 3, H]) == 2 * H + 5


@pytest.mark.parametrize("dim", [BATCH, H, (H - 1) // 2 + W])
def test_copies_and_pickles(dim: Dim):
    assert copy.deepcopy(dim) is dim
    again = pickle.loads(pickle.dumps(dim))  # noqa: S301
    assert again == dim
    assert hash(again) == hash(dim)
    assert variables(again) == variables(dim)


def test_a_long_chain_stays_one_quotient():
    dim: Dim = H
    for i in range(50):
        dim = slide(dim, 3, 1 + i % 2, 1, "same" if i % 3 else "valid")
    assert show(dim).count("//") == 1
    expected = 10**12
    for i in range(50):
        expected = slide(expected, 3, 1 + i % 2, 1, "same" if i % 3 else "valid")
    assert substitute(dim, {"H": 10**12}) == expected


def _repeat(grow, dim: Dim) -> None:
    for _ in range(200):
        dim = grow(dim)


def _doubling(dim: Dim) -> Dim:
    return dim + dim // 2


def _squaring(dim: Dim) -> Dim:
    return dim * (dim + 1)


def _powers(dim: Dim) -> Dim:
    return 3 * dim * dim


def _nesting(dim: Dim) -> Dim:
    return (dim + 1) // W


def _repeated_maximum(dim: Dim) -> Dim:
    return maximum(W, dim - 2) // D


@pytest.mark.parametrize("grow", [_doubling, _squaring, _powers, _nesting, _repeated_maximum])
def test_a_formula_that_explodes_ends_in_an_error(grow):
    dim: Dim = H
    with pytest.raises(OverflowError):
        _repeat(grow, dim)


@pytest.mark.parametrize("grow", [_nesting, _repeated_maximum])
def test_a_deep_formula_is_no_work(grow):
    dim: Dim = H
    for _ in range(20):
        dim = grow(dim)
    assert parse(show(dim)) == dim
    assert latex(dim)
    assert compare(dim, -1) in (Comparison.DIFFERENT, Comparison.UNDECIDED)
    assert substitute(dim, {"H": 10**9, "W": 1, "D": 1}) == 10**9 + (
        20 if grow is _nesting else -40
    )


def test_a_product_of_many_sums_stays_a_product():
    dim: Dim = 1
    for i in range(30):
        dim = dim * (Variable(f"a{i}") + 1)
    assert substitute(dim, {f"a{i}": 1 for i in range(30)}) == 2**30


FAULTS = {
    "plain division": lambda numerator, divisor: numerator / divisor,
    "no rounding of the constant": lambda numerator, divisor: _sympy.from_terms(
        [(c // divisor, m) for c, m in _sympy.split(numerator)[0]],
        _sympy.split(numerator)[1] // divisor,
    ),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_the_property_sees_a_planted_fault(fault, monkeypatch):
    """Had FloorDiv a wrong rule, the comparison with ints would fail."""
    tree = ("//", ("-", ("variable", 0), ("number", 1)), ("number", 2))
    agrees(tree, (10, 1, 1))
    clear_cache()
    monkeypatch.setattr(_sympy, "_divided", fault)
    try:
        with pytest.raises(AssertionError):
            agrees(tree, (10, 1, 1))
    finally:
        monkeypatch.undo()
        clear_cache()
    agrees(tree, (10, 1, 1))
