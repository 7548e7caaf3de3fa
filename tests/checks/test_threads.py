"""Bugs that people asked about: each is found on its line, and the fix has no finding."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.thread import KINDS, Thread, all_threads, found_in, table
from tests.frontends.expectations import mismatches, with_fault

THREADS = all_threads()
# Of the bugs of these kinds, this part must be found.
GOAL = {"shape": 0.9, "contract": 0.9}


def by_id(thread: Thread) -> str:
    return thread.id


@pytest.mark.parametrize("thread", THREADS, ids=by_id)
def test_the_bug_is_found_on_its_line_and_nothing_else(thread: Thread) -> None:
    assert mismatches(thread.broken.expected, found_in(thread.broken)) == []
    assert bool(thread.broken.expected) == (thread.missed is None)


@pytest.mark.parametrize("thread", THREADS, ids=by_id)
def test_the_fix_has_no_finding(thread: Thread) -> None:
    assert thread.fixed.expected == ()
    assert found_in(thread.fixed).findings == {}


@pytest.mark.parametrize("thread", THREADS, ids=by_id)
def test_a_wrong_expectation_is_noticed(thread: Thread) -> None:
    found = found_in(thread.broken)
    for place, one in enumerate(thread.broken.expected):
        for wrong in with_fault(one):
            expected = thread.broken.expected
            assert mismatches((*expected[:place], wrong, *expected[place + 1 :]), found), wrong
    assert not thread.broken.expected or mismatches((), found)


def test_most_bugs_are_found() -> None:
    for kind, goal in GOAL.items():
        of_kind = [t for t in THREADS if t.kind == kind]
        assert len(of_kind) >= 10
        assert sum(t.missed is None for t in of_kind) >= goal * len(of_kind)


def test_the_table_has_a_row_a_kind_and_a_line_a_thread() -> None:
    lines = table(THREADS).splitlines()
    assert [line.split(" | ")[0] for line in lines[2:5]] == [f"| {kind}" for kind in KINDS]
    assert len(lines) == 5 + len(THREADS)
    missed = sum(t.missed is not None for t in THREADS)
    assert sum(int(line.split(" | ")[3]) for line in lines[2:5]) == missed


def test_the_page_shows_the_table() -> None:
    # `python -m tests.checks.thread` prints it.
    page = (Path(__file__).parents[2] / "docs" / "bugs.md").read_text(encoding="utf-8")
    assert "\n".join(table(THREADS).splitlines()[:5]) in page


# --- the live Keras ------------------------------------------------------------------------------


@pytest.mark.oracle
@pytest.mark.parametrize("thread", THREADS, ids=by_id)
def test_keras_raises_where_we_say_so_and_runs_the_fix(thread: Thread) -> None:
    keras_run = pytest.importorskip("tests.frontends.keras_run", reason="no `keras` extra")
    # What is never trained needs no arrays.
    arrays = thread.kind == "contract" or ".fit(" in thread.broken.text
    broken = keras_run.run(thread.id, thread.broken.text, arrays=arrays)
    assert broken.line == thread.refused_line, broken.refusal
    assert keras_run.run(thread.id, thread.fixed.text, arrays=arrays).refusal is None
