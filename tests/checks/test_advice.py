"""What a finding tells: what it underlines, why, and a help that mends the program.

A program marks the text that is to be underlined as `‹text›`. Its finding must tell each of `told`
in a note or in its message, in that order: what was reckoned by hand. Each of `ways` is a change
that the help asks for: its new text must stand in the help, and with it the program must be right.
What we call a refusal is held to the live Keras, before the change and after it.
"""

from __future__ import annotations

import re

import pytest

from shapecalc import check_source
from shapecalc.diagnostics import Diagnostic
from tests.checks.advice.architecture import ARCHITECTURE
from tests.checks.advice.arguments import ARGUMENTS
from tests.checks.advice.case import HEAD, Case
from tests.checks.advice.contract import CONTRACT
from tests.checks.advice.merges import MERGES
from tests.checks.advice.ranks import RANKS
from tests.checks.advice.right import RIGHT
from tests.checks.advice.sizes import SIZES
from tests.checks.advice.windows import WINDOWS

TABLES = {
    "windows": WINDOWS,
    "ranks": RANKS,
    "merges": MERGES,
    "sizes": SIZES,
    "arguments": ARGUMENTS,
    "contract": CONTRACT,
    "architecture": ARCHITECTURE,
}
CASES = {f"{table}: {id}": case for table, cases in TABLES.items() for id, case in cases.items()}
REFUSED = {id: case for id, case in CASES.items() if case.code.startswith("SHC2")}


@pytest.fixture(params=CASES.values(), ids=CASES)
def case(request: pytest.FixtureRequest) -> Case:
    found: Case = request.param
    return found


def finding_of(case: Case) -> Diagnostic:
    (finding,) = check_source(case.text)
    return finding


def test_the_finding_underlines_what_is_at_fault(case: Case) -> None:
    finding = finding_of(case)
    assert finding.code.id == case.code
    assert finding.severity is (case.severity or finding.code.severity)
    before, rest = (HEAD + case.marked).split("‹")
    marked = rest.partition("›")[0]
    line = case.text.split("\n")[finding.span.line - 1]
    assert line[finding.span.column - 1 : finding.span.end_column - 1] == marked
    assert finding.span.line == before.count("\n") + 1
    assert finding.span.column == len(before.rpartition("\n")[2]) + 1


def test_the_notes_tell_the_cause(case: Case) -> None:
    finding = finding_of(case)
    notes = [f"{note.span.line}: {note.message}" if note.span else note.message
             for note in finding.notes]  # fmt: skip
    # What is no note of its own stands in the message.
    in_message = len(case.told) - len(notes)
    for words in case.told[:in_message]:
        assert words in finding.message
    for words, note in zip(case.told[in_message:], notes, strict=True):
        place, _, rest = words.partition(": ")
        for part in rest.split("; ") if place.isdigit() else [words]:
            assert part in note
        assert not place.isdigit() or note.startswith(f"{place}: ")
        # No axis is told of that has nothing to tell.
        assert note.count("; ") == words.count("; ")


def test_the_help_mends_the_program(case: Case) -> None:
    help = finding_of(case).help or ""
    for way in case.ways:
        assert way.new in help
        assert check_source(way.of(case.text)) == []
    for words in case.silent:
        assert words not in help


def test_no_smaller_input_than_the_one_offered_would_do(case: Case) -> None:
    help = finding_of(case).help or ""
    found = re.search(r"an input of (\(.+?\)) is the (smallest|next larger)", help)
    if found is None:
        return
    way = next((way for way in case.ways if way.new == found[1]), None)
    if way is None:
        return
    old, new = (re.findall(r"\w+", text) for text in (way.old, way.new))
    # The axes that grow, with all the sizes between.
    grown = next((int(a), int(b)) for a, b in zip(old, new, strict=True) if a != b)
    for size in range(*grown):
        smaller = [str(size) if a != b else a for a, b in zip(old, new, strict=True)]
        assert check_source(case.text.replace(way.old, f"({', '.join(smaller)})")) != []


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT)
def test_what_is_right_has_no_finding(text: str) -> None:
    assert check_source(HEAD + text) == []


@pytest.mark.oracle
@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED)
def test_keras_refuses_the_program_and_takes_what_the_help_makes_of_it(case: Case) -> None:
    keras_run = pytest.importorskip("tests.frontends.keras_run", reason="no `keras` extra")
    assert keras_run.run("case.py", case.text, arrays=False).refusal is not None
    for way in case.ways:
        assert keras_run.run("case.py", way.of(case.text), arrays=False).refusal is None
