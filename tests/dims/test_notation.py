"""Formulas as text, and back."""

import pytest
from hypothesis import given, settings

from shapecalc.dims import BATCH, Variable, latex, maximum, parse, product, show, slide, taps
from tests.dims.trees import BY_NAME, VARIABLES, evaluate, points, trees

H, W, C, F = Variable("H"), Variable("W"), Variable("C"), Variable("F")
d, n, u = Variable("d"), Variable("n"), Variable("u")
LENGTH = Variable("x_train.shape[1]")

SHOWN = [
    (7, "7"),
    (-7, "-7"),
    (H, "H"),
    (slide(H, 3, 2, 1, "same"), "(H - 1)//2 + 1"),
    (slide(H, 3, 2, 1, "valid"), "(H - 1)//2"),
    (H // 2 // 2 // 2 // 2 // 2, "H//32"),
    (4 * (u * (n + u) + u), "4*u*(n + u + 1)"),
    (12 * d * d + 13 * d, "12*d**2 + 13*d"),
    (H - W, "H - W"),
    (W - H, "W - H"),
    (3 - H, "3 - H"),
    (-H, "-H"),
    (-(H // 2), "-(H//2)"),
    (2 * (H // 2), "2*(H//2)"),
    (H // 2 * W, "W*(H//2)"),
    (W * H // 2, "H*W//2"),
    (H % 4, "H % 4"),
    (3 * (H % 4) + 1, "3*(H % 4) + 1"),
    (H % W, "H % W"),
    (H // (W + 1), "H//(W + 1)"),
    (H // (W * C), "H//(C*W)"),
    ((H + 1) // W, "(H + 1)//W"),
    (H // W // C, "(H//W)//C"),
    (H // 2 // W, "(H//2)//W"),
    (maximum(0, H - 2), "max(0, H - 2)"),
    (product([9, C, F, H - 2, W - 2]), "9*C*F*(H - 2)*(W - 2)"),
    ((H - 2) * (H - 2), "(H - 2)**2"),
    (taps(H, 3, 2, 1, "same"), "same_taps(H, 3, 2, 1)"),
    (
        9 * slide(H, 3, 2, 1, "same") * slide(W, 3, 2, 1, "same") * 8 + 5 * H * (W + 1),
        "72*((H - 1)//2 + 1)*((W - 1)//2 + 1) + 5*H*(W + 1)",
    ),
    ((2 * H + 2 * W) * (H + W), "2*(H + W)**2"),
    (LENGTH // 2 * 3, "3*(x_train.shape[1]//2)"),
]


@pytest.mark.parametrize(("dim", "text"), SHOWN, ids=[text for _, text in SHOWN])
def test_show_and_parse(dim, text):
    assert show(dim) == text
    assert parse(text) == dim


@given(trees, points)
@settings(max_examples=400)
def test_parse_reads_what_show_writes_and_so_does_python(tree, point):
    try:
        dim = evaluate(tree, VARIABLES)
        expected = evaluate(tree, point)
    except ZeroDivisionError:
        return
    text = show(dim)
    assert parse(text, BY_NAME) == dim
    names = dict(zip(BY_NAME, point, strict=True))
    assert eval(text, {"max": max, "min": min}, names) == expected  # noqa: S307
    assert latex(dim).count("{") == latex(dim).count("}")


def test_names():
    assert parse("B") is BATCH
    assert parse("B", {"B": H}) is H
    assert parse("len(words) + 1") == Variable("len(words)") + 1
    assert parse("x.shape[1] // 2") == Variable("x.shape[1]") // 2
    assert parse("é*ü") == Variable("é") * Variable("ü")
    assert parse("same_taps(10, 3, 1, 1)") == taps(10, 3, 1, 1, "same")


def test_a_name_that_is_no_name_is_bracketed():
    assert show(Variable("a + b") * 2) == "2*(a + b)"


LATEX = [
    (slide(H, 3, 2, 1, "same"), r"\left\lfloor \frac{H - 1}{2} \right\rfloor + 1"),
    (12 * d * d + 13 * d, r"12 \, d^{2} + 13 \, d"),
    (H % 4, r"H \bmod 4"),
    (Variable("k_1") + Variable("seq_len"), r"\mathrm{seq\_len} + k_{1}"),
    (7, "7"),
    (taps(H, 3, 2, 1, "causal"), r"\operatorname{causal\_taps}\left(H, 3, 2, 1\right)"),
]


@pytest.mark.parametrize(("dim", "text"), LATEX, ids=[text for _, text in LATEX])
def test_latex(dim, text):
    assert latex(dim) == text


REFUSED = [
    "",
    "H +",
    "H / 2",
    "H**W",
    "H**65",
    "9**64**64",
    "1.5",
    "'a'",
    "True",
    "H < 3",
    "[H]",
    "lambda: 0",
    "(H := 3)",
    "max()",
    "same_taps(H, 3)",
    "~H",
    "H if W else 1",
    "H\n+ 1",
    "\0",
    "(" * 300 + "H" + ")" * 300,
    "-" * 5000 + "H",
    "+".join(["H"] * 20_000),
    "(1+" * 190 + "H" + ")" * 190,
    "9" * 5000,
]


@pytest.mark.parametrize("text", REFUSED, ids=[t[:12].strip() or "blank" for t in REFUSED])
def test_parse_refuses(text):
    with pytest.raises(ValueError):  # noqa: PT011  (the texts differ; the kind is the promise)
        parse(text)


def test_parse_divides_by_zero_as_python_does():
    with pytest.raises(ZeroDivisionError):
        parse("H//0")


def test_parse_reads_long_sums():
    assert parse("+".join(["H"] * 500)) == 500 * H
