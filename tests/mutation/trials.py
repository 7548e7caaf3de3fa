"""A pytest plugin: instead of running the tests once, it tries mutants on them.

The tests are collected once. A first run, in a process of its own, tells which tests run through
which statement. Each mutant is then planted in a fork of the process that collected, where only
the tests that run through it are run, those first that noticed others of its file.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from types import CodeType, FunctionType
from typing import Any, NamedTuple

import pytest

from tests.mutation import probes
from tests.mutation.mutants import ROOT, Mutant

MOST_SECONDS = 600


class Verdict(NamedTuple):
    """What came of a mutant.

    Attributes:
        mutant: which.
        noticed: whether a test failed, or ran without end.
        by: the test, or None.
        at_import: whether what was changed is run when modules are imported, or cannot be changed
            later, so that only a process of its own can tell for sure.
    """

    mutant: Mutant
    noticed: bool
    by: str | None = None
    at_import: bool = False


class Trials:
    """Tries mutants; the verdicts are in `verdicts`."""

    def __init__(self, mutants: list[Mutant], jobs: int) -> None:
        self.verdicts: list[Verdict] = []
        self._mutants = mutants
        self._jobs = jobs
        self._tests: dict[probes.Line, list[int]] = defaultdict(list)
        self._seconds: dict[int, float] = {}
        self._noticed: dict[str, Counter[str]] = defaultdict(Counter)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Take the place of the run of the tests."""
        imported = frozenset(probes.hits)
        probes.hits.clear()
        self._learn(_answer(_fork(lambda: _lines_of(session), 0)))
        waiting = list(self._mutants)
        running: dict[int, tuple[Mutant, int]] = {}
        while waiting or running:
            while waiting and len(running) < self._jobs:
                mutant = waiting.pop(0)
                child, pipe = self._start(session, mutant)
                running[child] = (mutant, pipe)
            child = next(iter(running))
            mutant, pipe = running.pop(child)
            verdict = self._verdict(mutant, _answer((child, pipe)), imported)
            self.verdicts.append(verdict)
            if verdict.noticed:
                sys.stderr.write(".")
            else:
                late = "perhaps " if verdict.at_import else ""
                sys.stderr.write(f"\n{late}survives: {mutant.line}: {mutant.signature}\n")
            sys.stderr.flush()
        return True

    def _learn(self, runs: list[tuple[float, frozenset[probes.Line]]] | None) -> None:
        if runs is None:
            raise RuntimeError("the tests cannot be run")
        for index, (seconds, lines) in enumerate(runs):
            self._seconds[index] = seconds
            for line in lines:
                self._tests[line].append(index)

    def _start(self, session: pytest.Session, mutant: Mutant) -> tuple[int, int]:
        noticed = self._noticed[mutant.path]
        line = (mutant.path, mutant.statement or 0)
        tests = sorted(
            self._tests.get(line, ()),
            key=lambda i: (-noticed[session.items[i].nodeid], self._seconds[i]),
        )
        return _fork(lambda: _first_failure(session, mutant, tests), MOST_SECONDS)

    def _verdict(self, mutant: Mutant, answer: Any, imported: frozenset[probes.Line]) -> Verdict:
        if answer is None:
            return Verdict(mutant, noticed=True)
        planted, by = answer
        if by is not None:
            self._noticed[mutant.path][by] += 1
            return Verdict(mutant, noticed=True, by=by)
        at_import = not planted or (mutant.path, mutant.statement) in imported
        return Verdict(mutant, noticed=False, at_import=at_import)


def _lines_of(session: pytest.Session) -> list[tuple[float, frozenset[probes.Line]]]:
    """How long each test takes, and the statements it runs through."""
    found = []
    for item in session.items:
        probes.hits.clear()
        reports = _run(item)
        failures = [report.longreprtext for report in reports if report.failed]
        if failures:
            # It may fail by chance, with what it draws; of faults it then says nothing.
            sys.stderr.write(f"fails without any fault: {item.nodeid}\n{failures[0]}\n")
        lines = frozenset() if failures else frozenset(probes.hits)
        found.append((sum(r.duration for r in reports), lines))
    return found


def _run(item: pytest.Item) -> list[pytest.TestReport]:
    from _pytest.runner import runtestprotocol

    return runtestprotocol(item, log=False, nextitem=None)


def _first_failure(
    session: pytest.Session, mutant: Mutant, tests: list[int]
) -> tuple[bool, str | None]:
    """Whether the fault could be planted, and the first test that fails."""
    if mutant.statement is None or not _plant(mutant):
        return False, None
    for index in tests:
        item = session.items[index]
        if any(report.failed for report in _run(item)):
            return True, item.nodeid
    return True, None


def _plant(mutant: Mutant) -> bool:
    """Give the functions of a loaded module the faulty code; whether that could be done."""
    path = str(ROOT / mutant.path)
    codes = {
        (code.co_qualname, code.co_firstlineno): code
        for code in _codes_in(compile(mutant.tree, path, "exec"))
        if code.co_name != "<lambda>"
    }
    try:
        for thing in gc.get_objects():
            if type(thing) is FunctionType and thing.__code__.co_filename == path:
                old = thing.__code__
                thing.__code__ = codes.get((old.co_qualname, old.co_firstlineno), old)
    except ValueError:  # a closure that needs less than it has
        return False
    return True


def _codes_in(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _codes_in(constant)


def _fork(work: Callable[[], object], seconds: int) -> tuple[int, int]:
    """Start some work in a copy of this process; the copy and the pipe that its answer comes by."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    signal.alarm(seconds)
    try:
        answer = pickle.dumps(work())
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(answer)
    except Exception as error:  # noqa: BLE001 - whatever a fault brings about
        sys.stderr.write(f"{error}\n")
    finally:
        os._exit(0)


def _answer(running: tuple[int, int]) -> Any:
    """What the work answered; None if it never did."""
    child, reading = running
    with os.fdopen(reading, "rb") as pipe:
        answer = pipe.read()
    os.waitpid(child, 0)
    return pickle.loads(answer) if answer else None  # noqa: S301 - our own words


def try_all(room: str, mutants: list[Mutant], tests: list[str], jobs: int) -> list[Verdict]:
    """The verdicts on mutants of a room, whose modules must not be loaded yet."""
    probes.probe(f"shapecalc.{room}")
    trials = Trials(mutants, jobs)
    options = ["-q", "--tb=line", "-p", "no:cacheprovider", "--rootdir", str(ROOT)]
    pytest.main([*options, *tests], plugins=[trials])
    return trials.verdicts
