"""What becomes unknown makes nothing that is said wrong (`tests.frontends.unknown_values`)."""

from __future__ import annotations

import pytest

from shapecalc.frontends.python.values import LibraryName
from tests.frontends.expectations import CaseFile, all_cases
from tests.frontends.unknown_values import Change, Said, changes_of, contradictions, drawn, say

VALID = all_cases("valid")
CHANGES = 6

DROPOUT = """\
import keras
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3), keras.layers.Dropout(0.5)])
"""


@pytest.mark.parametrize("case", VALID, ids=lambda case: case.id)
def test_holds_for_the_program_that_it_may_be(case: CaseFile) -> None:
    original = say(case.text)
    for change in drawn(case.text, CHANGES, seed=len(case.text)):
        changed = change.applied_to(case.text)
        assert contradictions(original, say(changed), change) == [], changed


@pytest.mark.parametrize("case", VALID, ids=lambda case: case.id)
def test_every_wrong_total_is_noticed(case: CaseFile) -> None:
    original = say(case.text)
    exact = {line: totals for line, totals in original.totals.items()
             if all(isinstance(total, int) for total in totals)}  # fmt: skip
    moved = {line + 1: [total + 1 for total in totals] for line, totals in exact.items()}
    found = contradictions(original, Said(frozenset(), moved), Change(1, 0, 0, ""))
    assert len(found) == sum(map(len, exact.values()))


def test_notices_a_name_that_is_taken_for_a_value(monkeypatch: pytest.MonkeyPatch) -> None:
    rate = next(c for c in changes_of(DROPOUT) if c.value == 0.5 and c.text == "foreign.value")
    assert contradictions(say(DROPOUT), say(rate.applied_to(DROPOUT)), rate) == []
    monkeypatch.setattr(LibraryName, "is_definite", True)
    assert contradictions(say(DROPOUT), say(rate.applied_to(DROPOUT)), rate) == ["line 2: an error"]
