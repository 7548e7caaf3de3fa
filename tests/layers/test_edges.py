"""Connections, bias connections and MACs against edges drawn one by one."""

from __future__ import annotations

import dataclasses
import math
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings

from shapecalc.layers import dense as dense_module
from shapecalc.layers.convolution import Conv2D
from shapecalc.layers.dense import Dense
from shapecalc.rules.facts import Counts, Facts
from shapecalc.rules.refusal import Refusal
from tests.layers import counting
from tests.layers.case import NOT_CALLED, RULES, Case, Inner, facts_of, make_rule, map_drawn
from tests.layers.strategies import cases, extra_for


def small(case: Case, most: int) -> Case:
    """A case on inputs small enough to draw: no free axis, and none over `most` in a large one."""

    def shape(axes: tuple[Any, ...]) -> tuple[Any, ...]:
        lengths = [most if n is None else n for n in axes[1:]]
        if math.prod(lengths) > most**3:
            lengths = [min(n, most) for n in lengths]
        return (*axes[:1], *lengths)

    return dataclasses.replace(
        case, inputs=map_drawn(shape, case.inputs), options=map_drawn(shape, case.options)
    )


def attempt(case: Case) -> Facts | Refusal:
    """What the rule says, or why it refuses."""
    try:
        return facts_of(case)
    except Refusal as refusal:
        return refusal


def drawn_counts(case: Case) -> Counts:
    """The edges of a case, drawn one by one."""
    count = extra_for(case.name).count
    if count is None:
        return Counts(0, 0, 0)
    inputs = map_drawn(lambda axes: axes[1:], case.inputs)
    options = map_drawn(lambda axes: axes[1:], case.options)
    return count(make_rule(Inner(case.name, case.arguments)), *inputs, **options)


def compare_with_drawing(name: str, examples: int, **changes: Any) -> int:
    """Hold a rule's counts to the edges drawn; returns how many cases were accepted.

    Raises:
        AssertionError: they differ.
    """
    accepted = 0
    most = 3 if RULES[name].rank == 3 else 5

    @settings(
        database=None,
        max_examples=examples,
        **changes,
        # A case is mostly many times as large as the least one, which Hypothesis finds too large.
        suppress_health_check=list(HealthCheck),
    )
    @given(cases(name))
    def check(drawn: Case) -> None:
        nonlocal accepted
        case = small(drawn, most)
        facts = attempt(case)
        if isinstance(facts, Refusal):
            return
        accepted += 1
        assert facts.counts() == drawn_counts(case), case

    check()
    return accepted


@pytest.mark.parametrize("name", sorted(RULES.keys() - NOT_CALLED.keys()))
def test_counts_are_those_of_the_drawing(name: str) -> None:
    examples = max(20, settings().max_examples // 4)
    assert compare_with_drawing(name, examples) > examples // 10


# --- the counters themselves, against what Keras computes ----------------------------------

LINEAR = [
    "Conv1D", "Conv2D", "Conv1DTranspose", "Conv2DTranspose", "DepthwiseConv1D", "Dense",
]  # fmt: skip


def compare_drawing_with_keras(name: str, examples: int) -> int:
    """Hold a counter to the live layer on ones; returns how many cases were accepted.

    Raises:
        AssertionError: they differ.
    """
    oracle = pytest.importorskip("tests.layers.oracle")
    accepted = 0

    @settings(
        database=None,
        max_examples=examples,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(cases(name))
    def check(drawn: Case) -> None:
        nonlocal accepted
        plain = {
            k: v
            for k, v in drawn.arguments.items()
            if k in RULES[name].arguments and RULES[name].arguments[k].bears
        }
        case = small(dataclasses.replace(drawn, arguments={**plain, "use_bias": False}), 5)
        assume("lora_rank" not in plain and not isinstance(attempt(case), Refusal))
        found = oracle.sum_over_ones(case)
        if found is not None:
            accepted += 1
            assert found == drawn_counts(case).connections, case

    check()
    return accepted


@pytest.mark.oracle
@pytest.mark.parametrize("name", LINEAR)
def test_the_drawing_is_what_keras_computes(name: str) -> None:
    # Each shape is compiled anew, hence few; a weight of 1 on each edge, and no other.
    examples = max(8, settings().max_examples // 20)
    assert compare_drawing_with_keras(name, examples) >= 2


def test_notices_a_drawing_that_keras_does_not_compute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "windows", lambda n, *_: [[0] for _ in range(n)])
    with pytest.raises(AssertionError):
        compare_drawing_with_keras("Conv1D", 30)


# --- planted faults ------------------------------------------------------------------------

# What is drawn comes in runs of the like, hence many; the first that fails is the last.
MANY = 1000


def test_notices_taps_counted_on_the_padding(monkeypatch: pytest.MonkeyPatch) -> None:
    def all_taps(n: int, window: int, stride: int, dilation: int, padding: str) -> int:
        positions = ((n - 1) // stride + 1) if padding != "valid" else (n - window) // stride + 1
        return positions * window

    monkeypatch.setattr("shapecalc.layers.convolution.taps", all_taps)
    with pytest.raises(AssertionError):
        compare_with_drawing("Conv1D", MANY, phases=[Phase.generate])


def test_notices_a_forgotten_bias(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dense_module, "BIAS", "state")
    with pytest.raises(AssertionError):
        compare_with_drawing("Dense", MANY, phases=[Phase.generate])


def test_notices_weights_used_once_instead_of_at_each_position(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(dense_module, "product", lambda dims: 1)
    with pytest.raises(AssertionError):
        compare_with_drawing("Dense", MANY, phases=[Phase.generate])


# --- LeCun, Bottou, Bengio, Haffner (1998), section II.B -------------------------------------


@pytest.mark.parametrize(
    ("rule", "shape", "params", "edges"),
    [
        (Conv2D(6, 5), (1, 32, 32, 1), 156, 122_304),  # C1
        (Conv2D(120, 5), (1, 5, 5, 16), 48_120, 48_120),  # C5
        (Dense(84), (1, 120), 10_164, 10_164),  # F6
    ],
    ids=["C1", "C5", "F6"],
)
def test_has_the_published_numbers_of_lenet5(
    rule: Any, shape: tuple[int, ...], params: int, edges: int
) -> None:
    facts = rule.facts(shape)
    counts = facts.counts()
    assert sum(w.size for w in facts.weights) == params
    assert counts.connections + counts.bias_connections == edges
