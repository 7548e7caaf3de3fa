"""Einsum layers: equations of every form, and inputs with an axis for each letter."""

from __future__ import annotations

import itertools
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from shapecalc.rules.facts import Counts
from tests.layers.counting import units
from tests.layers.strategies import AXIS, Drawn, Extra

# Each with the axes of its bias and the sizes that the output needs.
_FORMS: tuple[tuple[str, tuple[str, ...], tuple[Any, ...]], ...] = (
    ("ab,bc->ac", ("c",), (4,)),
    ("abc,cd->abd", ("d",), (None, 3)),
    ("abc,cde->abde", ("de", "e", "d"), (None, 2, 3)),
    ("abc,bcd->ad", ("d",), (3,)),
    ("abcd,cde->abe", ("e",), (None, 4)),
    ("abc,cd->ad", ("d",), (2,)),
    ("...x,xy->...y", ("y",), (3,)),
    ("...xy,yz->...xz", ("z",), (None, 3)),
    ("ab...,bc->ac...", ("c",), (4,)),
)


def _sizes(drawn: Drawn) -> SearchStrategy[Any]:
    for equation, _, sizes in _FORMS:
        if equation == drawn.get("equation"):
            return st.sampled_from((sizes, list(sizes), sizes, sizes[-1], (5, *sizes[1:])))
    return st.just((3,))


def _bias(drawn: Drawn) -> SearchStrategy[Any]:
    for equation, axes, _ in _FORMS:
        if equation == drawn.get("equation"):
            return st.sampled_from((None, *axes))
    return st.none()


@st.composite
def _inputs(draw: Any, drawn: Drawn) -> tuple[Any, ...]:
    equation = drawn.get("equation")
    left = equation.partition(",")[0] if isinstance(equation, str) else "ab"
    named = len(left.replace("...", ""))
    extra = draw(st.integers(1, 2)) if "..." in left else 0
    if draw(st.integers(0, 19)) == 19:
        extra += draw(st.sampled_from((-1, 1)))
    return ((None, *(draw(AXIS) for _ in range(max(named + extra - 1, 0)))),)


def _multiply(layer: Any, inputs: tuple[int, ...]) -> Counts:
    """Each unit of the input to each unit of the output that it goes into."""
    left, _, rest = layer.equation.partition(",")
    kernel, _, right = rest.partition("->")
    named = left.replace("...", "")
    dots = ["0", "1", "2"][: len(inputs) + 1 - len(named)]
    # With the batch axis, of one sample.
    x = (1, *inputs)
    spell = "".join(dots)
    axes, outs = left.replace("...", spell), right.replace("...", spell)
    if "..." not in left and dots:
        axes, outs = axes + spell, outs + spell
    lengths = dict(zip(axes, x, strict=True))
    sizes = list(layer.output_shape)
    for letter, size in zip(right.replace("...", "")[-len(sizes) :], sizes, strict=True):
        lengths.setdefault(letter, size)
    summed = [c for c in dict.fromkeys(axes + kernel) if c not in outs]
    edges = bias = 0
    for _unit in units(tuple(lengths[c] for c in outs)):
        bias += layer.bias_axes is not None
        for _ in itertools.product(*[range(lengths[c]) for c in summed]):
            edges += 1
    return Counts(edges, bias, edges)


EXTRAS = {
    "EinsumDense": Extra(
        arguments={
            "equation": st.sampled_from([form[0] for form in _FORMS]),
            "output_shape": _sizes,
            "bias_axes": _bias,
        },
        odd={
            "equation": st.sampled_from(("ab", "a...,bc->a...", "ab,bc->ad", 3, "ab,cd->ac")),
            "output_shape": st.sampled_from((None, (), (None, None), (-2,), 0, (2.5,))),
            "bias_axes": st.sampled_from(("", "z", "a", "ab", 3)),
        },
        inputs=_inputs,
        count=_multiply,
    ),
}
