"""One finding a cause: what merely follows from another fault is left out, or told in its notes."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator

from shapecalc.checks.diagnosis import MOST_TOLD
from shapecalc.diagnostics import Diagnostic, Note
from shapecalc.graph.program import RefusedCall
from shapecalc.graph.tensor import LayerCall
from shapecalc.rules.refusal import (
    DoesNotFit,
    InvalidArgument,
    MissingArgument,
    UnknownArgument,
    WrongRank,
)
from shapecalc.source import Span

PLACES_KEPT = "an output that has kept places, where there is one answer for all"
"""The cause of what several checks say of a missing `Flatten`, with the id of the output."""

_MOST_CALLS = 1_000
# What comes out of these has as many axes whatever goes in.
_FIX_THE_RANK = frozenset({"Flatten", "Reshape", "RepeatVector"})


def first_causes(refused: list[RefusedCall]) -> Iterator[RefusedCall]:
    """The refused calls without those that merely follow, and of each place only the first ones.

    A misspelt argument is missing as well, which goes without saying, and what it would have told
    the layer may be amiss when that is called. Where a layer is refused for the number of axes of
    its input, how many there are behind it is a guess. Data that are reshaped alike are told once.
    """
    misspelt = {r.span for r in refused if isinstance(r.refusal, UnknownArgument)}
    seen: dict[tuple[type, Span], int] = {}
    reshaped: set[tuple[object, ...]] = set()
    for call in refused:
        place = (type(call.refusal), call.span)
        seen[place] = seen.get(place, 0) + 1
        follows = isinstance(call.refusal, MissingArgument) and call.span in misspelt
        follows = follows or (isinstance(call.refusal, InvalidArgument) and _made(call) in misspelt)
        follows = follows or (isinstance(call.refusal, WrongRank) and _has_guessed_rank(call.call))
        follows = follows or _is_reshaped_alike(call, reshaped)
        if not follows and seen[place] <= MOST_TOLD:
            yield call


def _is_reshaped_alike(refused: RefusedCall, known: set[tuple[object, ...]]) -> bool:
    """Whether data are given rows of a shape that other data do not fit either, and note it.

    What is wrong for the images of training is wrong for those of the test.
    """
    refusal = refused.refusal
    if not isinstance(refusal, DoesNotFit) or refused.call is not None or not refusal.rows:
        return False
    alike = refusal.rows in known
    known.add(refusal.rows)
    return alike


def _made(refused: RefusedCall) -> Span | None:
    """Where the layer is made whose call is refused."""
    return refused.call.layer.span if refused.call is not None else None


def _has_guessed_rank(call: LayerCall | None) -> bool:
    """Whether what a layer is called on has the rank that a refused layer would give it."""
    waiting = list(call.inputs) if call is not None else []
    seen: set[int] = set()
    while waiting and len(seen) < _MOST_CALLS:
        before = waiting.pop().call
        if before is None or id(before) in seen:
            continue
        seen.add(id(before))
        if type(before.layer).__name__ in _FIX_THE_RANK:
            continue
        if isinstance(before.refusal, WrongRank):
            return True
        waiting.extend(before.inputs)
    return False


def once_a_cause(found: Iterable[tuple[Hashable, Diagnostic]]) -> list[Diagnostic]:
    """Of findings with the same cause the worst, which tells the others in its notes.

    Args:
        found: each finding with its cause; None for one that stands for itself.
    """
    groups: dict[Hashable, list[Diagnostic]] = {}
    for place, (cause, diagnostic) in enumerate(found):
        groups.setdefault(("alone", place) if cause is None else cause, []).append(diagnostic)
    return [_with_others(group) for group in groups.values()]


def _with_others(group: list[Diagnostic]) -> Diagnostic:
    main = max(group, key=lambda diagnostic: diagnostic.severity)
    notes = (
        Note(_told_beside(other, main), other.span)
        for other in group
        if (other.code, other.span) != (main.code, main.span)
    )
    distinct = list(dict.fromkeys(notes))[:MOST_TOLD]
    return main._replace(notes=(*main.notes, *distinct)) if distinct else main


def _told_beside(other: Diagnostic, main: Diagnostic) -> str:
    """What a note says of one finding beside another of the same cause."""
    if other.message == main.message:
        return "so here"
    return f"so here: {other.message}" if other.code == main.code else other.message
