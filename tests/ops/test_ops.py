"""Every operation's rule against the live Keras, and against itself on symbols."""

from __future__ import annotations

import inspect
from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ops.case import RULES, Case, attempt
from tests.ops.comparison import commuting_differences, differences, made_symbolic
from tests.ops.exceptions import LEFT_ALONE, TRACED
from tests.ops.strategies import OPTIONS, bound, cases, plain_cases
from tests.ops.table import TABLE

oracle = pytest.importorskip("tests.ops.oracle", reason="the `keras` extra is not installed")
pytestmark = pytest.mark.oracle

# The examples are not kept: the store would mix up those of different rules.
_quiet = settings(
    database=None,
    suppress_health_check=[
        HealthCheck.filter_too_much, HealthCheck.too_slow, HealthCheck.differing_executors
    ],
)  # fmt: skip


def compare_with_keras(name: str, **changes: Any) -> Counter[str]:
    """Hold drawn calls of an operation to Keras.

    Returns:
        How many were drawn and accepted, and by argument in how many of those it was not left
        as it is by default.

    Raises:
        AssertionError: they differ.
    """
    tally: Counter[str] = Counter()

    @settings(_quiet, **{"max_examples": max(100, settings().max_examples), **changes})
    @given(cases(name))
    def check(case: Case) -> None:
        keras = oracle.trace(case) if name in TRACED else oracle.ask(case)
        tally["drawn"] += 1
        if not isinstance(keras, oracle.Refused):
            tally["accepted"] += 1
            tally.update(f"`{argument}`" for argument in changed(case))
        assert not differences(attempt(case), keras), case

    check()
    return tally


def changed(case: Case) -> list[str]:
    """The arguments of a call that are not what they are by default."""
    parameters = inspect.signature(RULES[case.name].function).parameters
    given = bound(case.name, case.args, case.kwargs)
    return [n for n, value in given.items() if repr(value) != repr(parameters[n].default)]


def never_changed(name: str, tally: Counter[str]) -> list[str]:
    """The arguments that no accepted call has changed, though calls may."""
    parameters = inspect.signature(RULES[name].function).parameters
    left_out = LEFT_ALONE.get(name, {})
    return [n for n in parameters if n not in left_out and not tally[f"`{n}`"]]


def compare_with_itself(name: str, **changes: Any) -> None:
    """Hold infer-then-substitute to substitute-then-infer.

    Raises:
        AssertionError: they differ.
    """

    @settings(_quiet, **{"max_examples": 20, **changes})
    @given(plain_cases(name), st.integers(0, 2**12 - 1), st.booleans())
    def check(case: Case, chosen: int, shared: bool) -> None:
        symbolic, lengths = made_symbolic(case, chosen, shared)
        assert not commuting_differences(case, symbolic, lengths), symbolic

    check()


@pytest.mark.parametrize("name", sorted(TABLE))
def test_agrees_with_keras(name: str) -> None:
    tally = compare_with_keras(name)
    # Agreement on refusals alone would be cheap, and so would it be on the defaults.
    assert tally["accepted"] * 5 >= tally["drawn"], tally
    if tally["drawn"] >= 200:
        assert not never_changed(name, tally), tally


def test_what_is_left_alone_is_there_and_has_a_reason() -> None:
    for name, arguments in LEFT_ALONE.items():
        assert set(arguments) <= set(inspect.signature(RULES[name].function).parameters), name
        assert all(arguments.values()), name
        assert not set(arguments) & set(OPTIONS.get(name, {})), name


@pytest.mark.parametrize("name", sorted(TABLE))
def test_infers_alike_on_symbols_and_numbers(name: str) -> None:
    compare_with_itself(name)
