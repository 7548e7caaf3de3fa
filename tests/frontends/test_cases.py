"""Whole small programs, each with what is expected of it on its lines.

A case is a file in `cases/valid` (Keras accepts it) or `cases/broken` (it refuses it). Comments
say what the line makes:

    x = Dense(8)(x)                   #: (None, 8) params=40 name=dense
    a, b = Dense(2)(x), Dense(3)(x)   #: (None, 2) | (None, 3)
    model = Model(i, x)               #: params=178 trainable=178 out=(None, 3)

What begins with a shape (or a list of shapes, or `?`) is a layer that the line makes, with the
output shape of its first call; else it is a model, by its totals at the end of the program.
Several on one line are parted by ` | `, in the order in which they are made. Fields of a layer are
`params`, `trainable`, `name`, `class`, `connections`, `bias_connections` and `macs`; fields of a
model are `params`, `trainable`, `connections`, `macs`, `in`, `out`, `name`, `kind`, `variable`,
`function`, `layers` (how many rows), `if` and `exact`. Layers without a comment may be anything,
but every model must be expected.

    x = Conv2D(8, (30, 30))(x)        #! SHC201 `(30, 30)`
    x = Dense(unit=3)(x)              #! SHC211 `unit=3` if wide

is a diagnostic on that line: its code, the text that it underlines where it is given, and the
condition under which it holds. There must be no others. Where Keras raises on another line, that
line says `#! keras`.

Every program is run by the live Keras too (`test_case_oracle.py`) and held to the same comments,
unless its head says `# oracle: none, <why>`.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.frontends.expectations import (
    CaseFile,
    Expected,
    Finding,
    Observed,
    all_cases,
    mismatches,
    with_fault,
)
from tests.frontends.reading import observe

CASES = all_cases()


@pytest.fixture(params=CASES, ids=lambda case: case.id)
def case(request: pytest.FixtureRequest) -> CaseFile:
    found: CaseFile = request.param
    return found


def test_program_is_read_as_expected(case: CaseFile) -> None:
    assert mismatches(case.expected, observe(case.path.name, case.text)) == []


def test_every_wrong_expectation_is_noticed(case: CaseFile) -> None:
    observed = observe(case.path.name, case.text)
    for place, one in enumerate(case.expected):
        for wrong in with_fault(one):
            changed = (*case.expected[:place], wrong, *case.expected[place + 1 :])
            assert mismatches(changed, observed), wrong
    for place, one in enumerate(case.expected):
        if one.what == "finding":
            assert mismatches((*case.expected[:place], *case.expected[place + 1 :]), observed), one


def test_every_case_expects_something(case: CaseFile) -> None:
    assert case.expected or "expects nothing" in case.text


def test_broken_programs_have_one_finding_and_valid_ones_none(case: CaseFile) -> None:
    refusals = [e for e in case.expected if e.finding and e.finding.code.startswith("SHC2")]
    assert len(refusals) == (case.path.parent.name == "broken")


class TestComparison:
    """The comparison itself, on what can't be had from a file."""

    def test_a_model_that_is_missing(self) -> None:
        expected = (Expected(3, "model", 0, (("params", "1"),)),)
        assert mismatches(expected, Observed()) == ["line 3: model 1 is not there"]

    def test_a_model_too_many(self) -> None:
        fields = {"params": "1"}
        expected = (Expected(3, "model", 0, (("params", "1"),)),)
        assert not mismatches(expected, Observed(models={3: [fields]}))
        assert mismatches(expected, Observed(models={3: [fields, fields]}))
        assert mismatches(expected, Observed(models={3: [fields], 4: [fields]}))

    def test_a_condition_too_many(self) -> None:
        finding = Finding("SHC201", "5")
        expected = (Expected(3, "finding", finding=finding),)
        assert not mismatches(expected, Observed(findings={3: [finding]}))
        conditional = replace(finding, condition="wide")
        assert mismatches(expected, Observed(findings={3: [conditional]}))
        assert mismatches(expected, Observed(findings={3: [finding, finding]}))
