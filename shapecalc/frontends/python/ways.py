"""One program out of the ways that were taken through it at unknown conditions."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from itertools import combinations
from typing import Any

from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.graph.program import Program, RefusedCall
from shapecalc.source import SourceFile

MAX_WAYS = 12
"""How many ways through a program, or through a function that it never calls, are followed."""


# Up to so many conditions are sought that make the difference.
_MOST_TRIED = 4


class Way:
    """One way through a program: what it yields, and the conditions that it goes by."""

    __slots__ = ("conditions", "program")

    def __init__(self, program: Program, conditions: list[str]) -> None:
        self.program = program
        self.conditions = conditions


def merge(
    source: SourceFile, ways: Sequence[Way | Interpreter], *, are_all: bool = True
) -> Program:
    """One program out of several ways; what only some of them yield keeps its condition.

    Args:
        source: the program's text.
        ways: what came of each.
        are_all: whether there are no more.
    """
    if len(ways) == 1:
        # There may be more that were not taken: its conditions stay.
        return ways[0].program
    merged = Program(source)
    merged.models = _merged(ways, _models_of)
    merged.refused = _merged(ways, _refusals_of, are_all)
    merged.uses = _merged(ways, _uses_of, are_all)
    _mark_what_takes_several(merged.refused, ways)
    merged.spellings = _merged(ways, _spellings_of)
    merged.idle = _merged(ways, _idle_of)
    gaps = {(g.reason, g.span): g for run in ways for g in reversed(run.program.gaps)}
    order = dict.fromkeys((g.reason, g.span) for run in ways for g in run.program.gaps)
    merged.gaps = [gaps[key] for key in order]
    return merged


def _merged(
    ways: Sequence[Way | Interpreter], found_in: Any, may_leave_out: bool = False
) -> list[Any]:
    """What `found_in` gives for each way, once, with the condition of the ways that have it.

    Args:
        ways: the ways.
        found_in: gives what is found on one, each with what tells it from others.
        may_leave_out: whether to leave out conditions that make no difference.
    """
    first: dict[Hashable, Any] = {}
    having: dict[Hashable, list[Way | Interpreter]] = {}
    for run in ways:
        for key, thing in found_in(run):
            first.setdefault(key, thing)
            runs = having.setdefault(key, [])
            # A way may have it many times, in a loop.
            if run not in runs[-1:]:
                runs.append(run)
    for key, thing in first.items():
        runs = having[key]
        common = runs[0].conditions if len(runs) < len(ways) else []
        shared = [c for c in common if all(c in r.conditions for r in runs)]
        if not shared and len(runs) < len(ways):
            # Nothing is common to all that have it: what one of them goes by is enough for it.
            shared = min((r.conditions for r in runs), key=len)[:]
        elif may_leave_out:
            shared = _least(shared, runs, ways)
        shared += getattr(thing, "tried", ())
        thing.condition = " and ".join(dict.fromkeys(shared)) or None
    return list(first.values())


def _mark_what_takes_several(
    refused: Sequence[RefusedCall], ways: Sequence[Way | Interpreter]
) -> None:
    """Note of each refusal whether any of its kind there takes several conditions at once."""
    having: dict[Hashable, list[Way | Interpreter]] = {}
    for way in ways:
        for kind in {_kind_of(call) for call in way.program.refused}:
            having.setdefault(kind, []).append(way)
    for call in refused:
        runs = having[_kind_of(call)]
        shared = [c for c in runs[0].conditions if all(c in r.conditions for r in runs)]
        apart = not shared and len(runs) < len(ways)
        call.together = apart or len(_least(list(dict.fromkeys(shared)), runs, ways)) > 1


def _kind_of(call: RefusedCall) -> Hashable:
    return call.span, type(call.refusal)


def _least(
    conditions: list[str],
    having: Sequence[Way | Interpreter],
    ways: Sequence[Way | Interpreter],
) -> list[str]:
    """As few of the conditions as tell the ways that have something from those that have not."""
    others = [way for way in ways if way not in having]
    for count in range(min(len(conditions), _MOST_TRIED)):
        for some in combinations(conditions, count):
            if not any(all(c in way.conditions for c in some) for way in others):
                return list(some)
    return conditions


def _models_of(run: Way | Interpreter) -> Iterator[tuple[Hashable, Any]]:
    counted: dict[Hashable, int] = {}
    known: dict[int, Hashable] = {}
    for record in run.program.models:
        base = (record.span, record.function, _fingerprint(record.model, known))
        # The same call may make several equal ones, in a loop.
        counted[base] = counted.get(base, 0) + 1
        yield (base, counted[base]), record


def _refusals_of(run: Way | Interpreter) -> Iterator[tuple[Hashable, Any]]:
    for refused in run.program.refused:
        yield (refused.span, type(refused.refusal), _steady(str(refused.refusal))), refused


def _uses_of(run: Way | Interpreter) -> Iterator[tuple[Hashable, Any]]:
    known: dict[int, Hashable] = {}
    for use in run.program.uses:
        key = _fingerprint(use.model, known)
        yield (use.span, use.method, key, _steady(repr(use.given))), use


def _spellings_of(run: Way | Interpreter) -> Iterator[tuple[Hashable, Any]]:
    for spelling in run.program.spellings:
        yield (spelling.span, spelling.words), spelling


def _idle_of(run: Way | Interpreter) -> Iterator[tuple[Hashable, Any]]:
    for idle in run.program.idle:
        yield (idle.span, idle.layer.name), idle


def _fingerprint(model: Any, known: dict[int, Hashable]) -> Hashable:
    """What tells a model from those of other ways.

    Args:
        model: it.
        known: those of this way that have been computed, by the model's identity.
    """
    if id(model) not in known:
        from shapecalc.graph.summary import outline

        kind, ends, rows = outline(model)
        known[id(model)] = kind, _steady(ends), rows
    return known[id(model)]


def _steady(text: str) -> str:
    """A text without the serial numbers of unknown dims, which differ from run to run."""
    return re.sub(r"\?\d+", "?", text)
