"""Every layer rule against the live Keras, and against itself on symbols."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from shapecalc.rules.argument import REQUIRED, Inert
from shapecalc.rules.facts import Facts
from shapecalc.rules.refusal import Refusal
from shapecalc.rules.unknown import UndecidedError
from tests.layers.case import NOT_CALLED, RULES, Case, Report, facts_of, report
from tests.layers.comparison import (
    commuting_differences,
    differences,
    made_symbolic,
    malformed_counts,
)
from tests.layers.exceptions import ONLY_DEFAULT, REFUSED_WHEN_RUN
from tests.layers.strategies import cases, extra_for, odd_values, values

oracle = pytest.importorskip("tests.layers.oracle", reason="the `keras` extra is not installed")
pytestmark = pytest.mark.oracle

CALLED = sorted(RULES.keys() - NOT_CALLED)

# The examples are not kept: the store would mix up those of different rules.
_quiet = settings(
    database=None,
    # A case is mostly many times as large as the least one, which Hypothesis finds too large.
    suppress_health_check=[
        HealthCheck.filter_too_much, HealthCheck.too_slow, HealthCheck.data_too_large
    ],
)  # fmt: skip


def ask_both(case: Case) -> tuple[Report, Report, Facts | None]:
    """Our report of a case, Keras's, and our facts."""
    keras = oracle.ask_keras(case, traced=extra_for(case.name).traced)
    try:
        facts = facts_of(case)
    except Refusal as refusal:
        if keras.refusal is None and case.name in REFUSED_WHEN_RUN:
            keras = oracle.run_keras(case)
        return Report(refusal=refusal.message), keras, None
    return report(facts), keras, facts


def compare_with_keras(name: str, **changes: Any) -> Counter[str]:
    """Hold drawn cases of a rule to Keras.

    Returns:
        How many were drawn and accepted, and by argument in how many of those it was not left
        as it is by default.

    Raises:
        AssertionError: they differ.
    """
    tally: Counter[str] = Counter()
    names, ordered = extra_for(name).names, extra_for(name).ordered

    @settings(_quiet, **changes)
    @given(cases(name))
    def check(case: Case) -> None:
        ours, keras, facts = ask_both(case)
        tally["drawn"] += 1
        if keras.refusal is None:
            tally["accepted"] += 1
            tally.update(f"`{argument}`" for argument in changed(case))
        event("accepted" if keras.refusal is None else "refused")
        assert not differences(ours, keras, names=names, ordered=ordered), case
        assert facts is None or not malformed_counts(facts), case

    check()
    return tally


def changed(case: Case) -> list[str]:
    """The arguments of a case that are not what they are by default."""
    arguments = RULES[case.name].arguments
    return [n for n, value in case.arguments.items() if repr(value) != repr(arguments[n].default)]


def never_changed(name: str, tally: Counter[str]) -> list[str]:
    """The arguments that no accepted case of many has changed, though cases may."""
    drawn = [
        argument
        for argument_name, argument in RULES[name].arguments.items()
        if extra_for(name).arguments.get(argument_name, ...) is not None
        and not isinstance(argument, Inert)
        and argument_name not in ONLY_DEFAULT.get(name, {})
    ]
    return [a.name for a in drawn if not tally[f"`{a.name}`"]]


def compare_with_itself(name: str, **changes: Any) -> None:
    """Hold infer-then-substitute to substitute-then-infer.

    Raises:
        AssertionError: they differ.
    """

    @settings(_quiet, **changes)
    @given(cases(name), st.integers(0, 2**16 - 1), st.booleans())
    def check(case: Case, chosen: int, shared: bool) -> None:
        symbolic, lengths = made_symbolic(case, chosen, shared)
        assert not commuting_differences(case, symbolic, lengths), symbolic

    check()


@pytest.mark.parametrize("name", CALLED)
def test_agrees_with_keras(name: str) -> None:
    tally = compare_with_keras(name)
    if tally["accepted"] * 3 < tally["drawn"]:
        # Draws come in runs of the like: of some fifty, most may be refused by chance.
        tally = compare_with_keras(name, max_examples=1000)
    # Agreement on refusals alone would be cheap, and so would it be on the defaults.
    assert tally["accepted"] * 3 >= tally["drawn"], tally
    if tally["drawn"] >= 1000:
        assert not never_changed(name, tally), tally


@pytest.mark.parametrize("name", CALLED)
def test_infers_alike_on_symbols_and_numbers(name: str) -> None:
    # Arithmetic on symbols is some hundred times slower than on numbers.
    compare_with_itself(name, max_examples=max(10, settings().max_examples // 5))


@pytest.mark.parametrize("name", CALLED)
def test_has_a_strategy_for_each_argument(name: str) -> None:
    entry = extra_for(name)
    for argument_name in RULES[name].arguments:
        known = values(name, argument_name, {}) is not None or argument_name in entry.arguments
        assert known, f"`{argument_name}` of {name} needs an entry in tests/layers/extras"
        odd_values(name, argument_name, {})
    assert entry.inputs is not None or RULES[name].takes is not None, name
    unknown = {*entry.arguments, *entry.odd} - set(RULES[name].arguments)
    assert not unknown, f"{name} has no arguments {unknown}"


@pytest.mark.parametrize("name", sorted(RULES))
def test_has_the_arguments_of_keras_in_order(name: str) -> None:
    ours = [
        (n, oracle.NO_DEFAULT if a.default is REQUIRED else a.default)
        for n, a in RULES[name].arguments.items()
    ]
    theirs = oracle.constructor(name)
    by_position = [*(n for n, _ in ours), *RULES[name].last]
    # A rule may have more, which Keras takes by keyword.
    own = [n for n, _ in theirs if n in RULES[name].arguments]
    keyword_only = set(RULES[name].arguments) - set(own)
    assert [n for n in by_position if n not in keyword_only] == [n for n, _ in theirs]
    assert not keyword_only or by_position[: len(own)] == own
    for (argument, mine), (_, default) in zip(ours, theirs, strict=False):
        # Keras writes a window's default as 1 here and as (1, 1) there.
        each = (mine,) * len(default) if isinstance(default, tuple) else mine
        assert default in (mine, each), argument


@pytest.mark.parametrize("name", sorted(RULES))
def test_has_every_name_of_keras(name: str) -> None:
    cls = oracle.keras_class(name)
    exported = {f"keras.layers.{n}" for n, c in oracle.exported_names().items() if c is cls}
    assert set(RULES[name].keras_names) >= exported


def test_only_rules_that_cannot_be_called_are_left_out() -> None:
    assert NOT_CALLED.keys() <= RULES.keys()
    for name in NOT_CALLED.keys() - {"InputLayer"}:
        rule = RULES[name](None)
        with pytest.raises(UndecidedError):
            rule.facts((2, 3))
