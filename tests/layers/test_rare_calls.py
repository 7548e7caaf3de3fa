"""Calls that chance seldom draws, against the live Keras."""

from __future__ import annotations

from typing import Any

import pytest

from shapecalc import layers as ours
from shapecalc.rules.refusal import Refusal
from tests.layers.case import Case, Inner, facts_of, make_rule
from tests.layers.comparison import differences, malformed_counts
from tests.layers.rare_calls import rare_calls
from tests.layers.strategies import extra_for

BY_NAME: dict[str, list[Case]] = {}
for _case in rare_calls():
    BY_NAME.setdefault(_case.name, []).append(_case)


@pytest.mark.oracle
@pytest.mark.parametrize("name", BY_NAME)
def test_agrees_with_keras(name: str) -> None:
    rules = pytest.importorskip("tests.layers.test_rules")
    names, ordered = extra_for(name).names, extra_for(name).ordered
    accepted = 0
    for case in BY_NAME[name]:
        ours, keras, facts = rules.ask_both(case)
        accepted += keras.refusal is None
        assert not differences(ours, keras, names=names, ordered=ordered), (case, ours, keras)
        assert facts is None or not malformed_counts(facts), case
    assert accepted


def test_uses_of_a_normalization_are_the_places_that_share_it() -> None:
    for name, axis, uses in [
        ("BatchNormalization", -1, 5 * 6),
        ("BatchNormalization", 1, 6 * 3),
        ("LayerNormalization", (1, 3), 6),
    ]:
        facts = facts_of(Case(name, {"axis": axis}, ((None, 5, 6, 3),)))
        assert {weight.uses for weight in facts.weights} == {uses}


INPUTS: list[dict[str, Any]] = [
    {},
    {"shape": (3,)},
    {"shape": ()},
    {"shape": 3},
    {"shape": (None, 3)},
    {"shape": (0,)},
    {"shape": (-1,)},
    {"shape": "abc"},
    {"batch_shape": (None, 3)},
    {"batch_shape": (2, 3)},
    {"shape": (3,), "batch_shape": (None, 3)},
    {"shape": (3,), "batch_size": 4},
    {"shape": (3,), "batch_size": 0},
    {"batch_shape": (None, 3), "batch_size": 4},
]


@pytest.mark.oracle
@pytest.mark.parametrize("arguments", INPUTS, ids=str)
def test_an_input_is_declared_as_to_keras(arguments: dict[str, Any]) -> None:
    oracle = pytest.importorskip("tests.layers.oracle")
    try:
        theirs = oracle.keras_class("InputLayer")(**arguments).batch_shape
    except (ValueError, TypeError):
        with pytest.raises(Refusal):
            make_rule(Inner("InputLayer", arguments))
        return
    ours = make_rule(Inner("InputLayer", arguments)).facts().output
    assert tuple(n if isinstance(n, int) else None for n in ours) == tuple(theirs)


@pytest.mark.parametrize("size", [-1, "four", 1.5])
def test_the_size_of_a_batch_is_a_number(size: object) -> None:
    with pytest.raises(Refusal, match="batch_size"):
        make_rule(Inner("InputLayer", {"shape": (3,), "batch_size": size}))


SAME = {"border_mode": "same"}


@pytest.mark.parametrize(
    ("args", "words", "todays"),
    [
        # Keras 1: the filters, then a size for each axis, the initializer, the activation.
        ((32, 3, 5), SAME, ((32,), {**SAME, "kernel_size": (3, 5)})),
        ((32, 3, 5, "zeros"), SAME, ((32,), {**SAME, "kernel_size": (3, 5), "init": "zeros"})),
        ((32, 3, 5, "zeros", "relu"), SAME,
         ((32,), {**SAME, "kernel_size": (3, 5), "init": "zeros", "activation": "relu"})),
        ((32,), {"nb_row": 3, "nb_col": 5}, ((32,), {"kernel_size": (3, 5)})),
        ((32, 3), {"nb_col": 5}, ((32,), {"kernel_size": (3, 5)})),
        ((), {"nb_filter": 32, "nb_row": 3, "nb_col": 5},
         ((), {"nb_filter": 32, "kernel_size": (3, 5)})),
        ((32, 3, 5), {"dim_ordering": "th"},
         ((32,), {"dim_ordering": "channels_first", "kernel_size": (3, 5)})),
        # Without a word of its time it may be a call of today: a kernel of 3, strides of 5.
        ((32, 3, 5), {}, ((32, 3, 5), {})),
        ((32, 3, 5), {"padding": "same"}, ((32, 3, 5), {"padding": "same"})),
    ],
)  # fmt: skip
def test_a_convolution_of_keras_1(
    args: tuple[Any, ...], words: dict[str, Any], todays: tuple[Any, Any]
) -> None:
    assert ours.Conv2D.from_keras_1(args, words) == todays


def test_a_size_that_lacks_or_is_given_twice_is_refused() -> None:
    for words in ({"nb_row": 3}, {"nb_row": 3, "nb_col": 3, "kernel_size": 3}):
        with pytest.raises(Refusal, match="2 sizes"):
            ours.Conv2D.from_keras_1((32,), words)
