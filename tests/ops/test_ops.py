"""Every operation's rule against the live Keras, and against itself on symbols."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ops.case import Case, attempt
from tests.ops.comparison import commuting_differences, differences, made_symbolic
from tests.ops.exceptions import TRACED
from tests.ops.strategies import cases, plain_cases
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
    """Hold drawn calls of an operation to Keras; returns how many were drawn and accepted.

    Raises:
        AssertionError: they differ.
    """
    tally: Counter[str] = Counter()

    @settings(_quiet, **{"max_examples": 100, **changes})
    @given(cases(name))
    def check(case: Case) -> None:
        keras = oracle.trace(case) if name in TRACED else oracle.ask(case)
        tally["drawn"] += 1
        tally["accepted"] += not isinstance(keras, oracle.Refused)
        assert not differences(attempt(case), keras), case

    check()
    return tally


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
    # Agreement on refusals alone would be cheap.
    assert tally["accepted"] * 5 >= tally["drawn"], tally


@pytest.mark.parametrize("name", sorted(TABLE))
def test_infers_alike_on_symbols_and_numbers(name: str) -> None:
    compare_with_itself(name)
