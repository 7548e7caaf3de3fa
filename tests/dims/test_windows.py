"""Windows against counting by hand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shapecalc.dims import Variable, extent, parse, show, slide, substitute, taps

H = Variable("H")
PADDINGS = ("valid", "same", "causal")

lengths = st.integers(1, 40)
windows = st.integers(1, 9)
steps = st.integers(1, 6)
paddings = st.sampled_from(PADDINGS)


def placed(n: int, window: int, stride: int, dilation: int, padding: str) -> list[list[int]]:
    """Lay the window on a padded row, place by place, and list the real units under its taps."""
    span = len(range(0, window * dilation, dilation)) * dilation - dilation + 1
    if padding == "valid":
        before = after = 0
    elif padding == "causal":
        before, after = span - 1, 0
    else:
        places = len(range(0, n, stride))
        missing = max((places - 1) * stride + span - n, 0)
        before, after = missing // 2, missing - missing // 2
    row = [None] * before + list(range(n)) + [None] * after
    found = []
    for start in range(0, len(row) - span + 1, stride):
        under = row[start : start + span : dilation]
        assert len(under) == window
        found.append([unit for unit in under if unit is not None])
    return found


def counted(n, window, stride, dilation, padding, count=taps) -> None:
    """Compare places and taps with the row laid out."""
    found = placed(n, window, stride, dilation, padding)
    if not found:
        assert slide(n, window, stride, dilation, padding) < 1
        return
    assert slide(n, window, stride, dilation, padding) == len(found)
    assert count(n, window, stride, dilation, padding) == sum(map(len, found))


@given(lengths, windows, steps, steps, paddings)
@settings(max_examples=1500)
def test_places_and_taps_are_those_of_a_row_laid_out(n, window, stride, dilation, padding):
    counted(n, window, stride, dilation, padding)


def test_the_row_sees_a_wrong_count():
    """Counting taps on the padding, as MACs do, is another number."""
    with pytest.raises(AssertionError):
        counted(8, 3, 1, 1, "same", count=lambda n, k, s, d, p: slide(n, k, s, d, p) * k)


@given(lengths, windows, steps, steps, paddings)
@settings(max_examples=300)
def test_infer_then_substitute_is_substitute_then_infer(n, window, stride, dilation, padding):
    for places in (slide, taps):
        formula = places(H, window, stride, dilation, padding)
        assert substitute(formula, {"H": n}) == places(n, window, stride, dilation, padding)
        assert parse(show(formula)) == formula


@given(lengths, windows, steps, steps, st.sampled_from(["same", "causal"]))
@settings(max_examples=100)
def test_every_argument_may_be_a_symbol(n, window, stride, dilation, padding):
    names = ("n", "window", "stride", "dilation")
    formula = taps(*map(Variable, names), padding)
    values = dict(zip(names, (n, window, stride, dilation), strict=True))
    assert parse(show(formula)) == formula
    assert substitute(formula, values) == taps(n, window, stride, dilation, padding)
    partly = {name: values[name] for name in ("window", "stride", "dilation")}
    half = substitute(formula, partly)
    assert half == taps(Variable("n"), window, stride, dilation, padding)
    assert substitute(half, {"n": n}) == taps(n, window, stride, dilation, padding)


def test_large_numbers_are_no_work():
    n, window = 10**15, 10**6
    for stride, dilation in ((1, 1), (7, 3), (10**5, 10**4), (3, 10**9)):
        for padding in PADDINGS:
            number = taps(n, window, stride, dilation, padding)
            assert 0 < number <= slide(n, window, stride, dilation, padding) * window


READ = [
    (taps(H, 3, 1, 1, "same"), "3*H - 2"),
    (taps(H, 2, 1, 1, "same"), "2*H - 1"),
    (taps(H, 1, 2, 1, "same"), "(H - 1)//2 + 1"),
    (taps(H, 5, 1, 1, "same"), "3*H + 2*max(0, H - 2) - 2"),
    (taps(H, 3, 1, 1, "causal"), "2*H + max(0, H - 2) - 1"),
    (taps(H, 3, 1, 1, "valid"), "3*H - 6"),
    (taps(H, 3, 2, 1, "same"), "same_taps(H, 3, 2, 1)"),
    (taps(H, 3, 2, 1, "causal"), "causal_taps(H, 3, 2, 1)"),
    (extent(5, 2), "9"),
    (extent(Variable("k"), 2), "2*k - 1"),
]


@pytest.mark.parametrize(("dim", "text"), READ, ids=[text for _, text in READ])
def test_readable_form(dim, text):
    assert show(dim) == text


def test_misuse():
    with pytest.raises(ValueError, match="padding"):
        slide(5, 3, 1, 1, "full")
    with pytest.raises(ValueError, match="padding"):
        taps(5, 3, 1, 1, "full")
    with pytest.raises(ValueError, match="at least 1"):
        taps(5, 0, 1, 1, "same")
    with pytest.raises(ZeroDivisionError):
        slide(5, 3, 0, 1, "same")
