"""From a program to its diagnostics: each refused call and each gap goes to its check.

Models, and what the program does with them, are looked at by the checks that examine. Checks are
imported only when there is something for them to look at: a file without a model pays for none.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from shapecalc.diagnostics import Code, Diagnostic, Fix, Note, Severity
from shapecalc.graph.model import Network
from shapecalc.graph.program import Gap, Program, RefusedCall
from shapecalc.graph.spelling import Spelling
from shapecalc.rules.unknown import UndecidedError
from shapecalc.source import Span

if TYPE_CHECKING:
    from shapecalc.checks.check import Subject
    from shapecalc.graph.budget import Budget, Expense

# Gaps that are told one by one only where a model came about.
_QUIET_WITHOUT_MODEL = ("unknown", "unsupported")

MOST_TOLD = 5
"""So many findings of one kind are told at one place, and so many notes of one cause."""

# For so many findings a size that would do is searched, which takes a run of the model each time.
_MOST_TRIED = 20


def diagnose(program: Program, budget: Budget | None = None) -> list[Diagnostic]:
    """The diagnostics of a program, in the order of a report.

    Args:
        program: the program.
        budget: what its models may have at the most.
    """
    path = program.source.path
    found = [
        *_of_refusals(program, path),
        *_of_gaps(program, path),
        *_by_cause(program, path),
        *(told for _, told in _of_things("budgets", _expenses(program, budget), path)),
    ]
    placed = [_in_its_file(diagnostic, path) for diagnostic in found]
    return sorted(once_a_place(placed), key=lambda d: d.sort_key)


def _by_cause(program: Program, path: str) -> list[Diagnostic]:
    """What is found in models and in how they are used, once a cause."""
    things: list[Subject] = [
        *program.models, *program.uses, *program.spellings, *program.idle,
    ]  # fmt: skip
    found = [
        *_of_things("contract", program.uses, path),
        *_of_things("architecture", things, path),
    ]
    if not found:
        return []
    from shapecalc.checks.causes import once_a_cause

    return once_a_cause(found)


def _in_its_file(diagnostic: Diagnostic, entry: str) -> Diagnostic:
    """A diagnostic with the file that its span is in, and its notes with theirs."""
    path = diagnostic.span.path or entry
    notes = tuple(_note_for(note, path, entry) for note in diagnostic.notes)
    fix = _fix_for(diagnostic.fix, diagnostic.span)
    span = diagnostic.span._replace(path=None)
    return diagnostic._replace(span=span, notes=notes, path=path, fix=fix)


def _fix_for(fix: Fix | None, span: Span) -> Fix | None:
    """A fix that can be carried out: all in the file of its finding, and that is no notebook."""
    if fix is None or any(e.span.cell is not None or e.span.path != span.path for e in fix.edits):
        return None
    edits = (edit._replace(span=edit.span._replace(path=None)) for edit in fix.edits)
    return fix._replace(edits=tuple(edits))


def _note_for(note: Note, path: str, entry: str) -> Note:
    if note.span is None:
        return note
    place = note.span.path or entry
    return note._replace(span=note.span._replace(path=None), path=None if place == path else place)


def unreadable(path: str, reason: str) -> Diagnostic:
    """The diagnostic of a file that cannot be read."""
    return _of_gap(Gap("unreadable", reason, None), path)


def why_not_analysed(program: Program) -> str | None:
    """Why no model of a program was analysed; None where one was, or where there is none."""
    if _has_layers(program):
        return None
    for kind in ("syntax", "limit", "unsupported", "unknown"):
        for gap in program.gaps:
            if gap.kind == kind:
                return gap.reason
    if program.models:
        return "its model has no layers"
    return "its layers do not make a model" if program.refused else None


def _has_layers(program: Program) -> bool:
    return any(record.model.layers for record in program.models)


def _of_refusals(program: Program, path: str) -> Iterator[Diagnostic]:
    if not program.refused:
        return
    from shapecalc.checks.catalogue import check_for_refusal
    from shapecalc.checks.causes import first_causes
    from shapecalc.checks.fault import Fault

    models = _models_by_call(program)
    for count, refused in enumerate(first_causes(program.refused)):
        check = check_for_refusal(type(refused.refusal))
        model, may_try = models.get(id(refused.call)), count < _MOST_TRIED
        fault = Fault(refused, model, program.source, may_try=may_try)
        finding = check.run(fault)
        argument = finding.argument or refused.refusal.argument or ""
        call_span = refused.call.span if refused.call is not None else None
        span = finding.span or refused.arguments.get(argument) or call_span or refused.span
        yield Diagnostic(
            check.code,
            finding.message,
            span,
            _severity_of(refused, check.code),
            (*finding.notes, *_elsewhere(span, refused)),
            finding.help,
            refused.function,
            refused.condition,
            path,
            finding.fix,
        )


def _severity_of(refused: RefusedCall, code: Code) -> Severity:
    """How severe a refusal is: what several unknown conditions have to meet for is no error.

    Each way of one condition is there to be taken; whether two conditions ever meet is for the
    callers of a function to say, who may know better.
    """
    error = code.severity is Severity.ERROR
    return Severity.WARNING if refused.together and error else code.severity


def _expenses(program: Program, budget: Budget | None) -> list[Expense]:
    """The models that a budget limits."""
    if budget is None:
        return []
    from shapecalc.graph.budget import Expense
    from shapecalc.graph.summary import summarize

    limited = ((record, budget.limits_for(record)) for record in program.models)
    return [Expense(r, summarize(r.model), limits) for r, limits in limited if limits]


def _sure_findings(check: Any, thing: Subject) -> Iterator[Any]:
    """What a check finds, as far as it asks for nothing that is unknown."""
    try:
        yield from check.run(thing)
    except UndecidedError:
        return


def _of_things(
    group: str, things: Sequence[Subject], path: str
) -> Iterator[tuple[Hashable, Diagnostic]]:
    """What the checks of a folder find in models, or in the calls of their methods, with causes."""
    if not things:
        return
    from shapecalc.checks.catalogue import checks_examining

    refused: dict[int, bool] = {}
    for thing in things:
        model = None if isinstance(thing, Spelling) else thing.model
        if model is not None and id(model) not in refused:
            refused[id(model)] = any(call.refusal is not None for call in model.calls)
        if refused.get(id(model)):
            # What lies behind a call that Keras refuses has made-up shapes.
            continue
        arguments = getattr(thing, "arguments", {})
        for check in checks_examining(group, thing):
            for finding in _sure_findings(check, thing):
                yield (
                    finding.cause,
                    Diagnostic(
                        check.code,
                        finding.message,
                        finding.span or arguments.get(finding.argument) or thing.span,
                        finding.severity or check.code.severity,
                        finding.notes,
                        finding.help,
                        thing.function,
                        thing.condition,
                        path,
                        finding.fix,
                    ),
                )


def _elsewhere(span: Span, refused: RefusedCall) -> Iterator[Note]:
    """Where the layer is made or called, if that is on another line than the finding."""
    if refused.call is None or refused.layer is None:
        return
    name = refused.layer.name
    for words, place in (("made", refused.layer.span), ("called", refused.call.span)):
        if place is not None and (place.line, place.path) != (span.line, span.path):
            yield Note(f'"{name}" is {words} here', place)


def once_a_place(found: list[Diagnostic]) -> list[Diagnostic]:
    """One finding a code and place; what a loop or a second call finds there is a note of it."""
    first: dict[tuple[str, str, Span], Diagnostic] = {}
    for diagnostic in found:
        key = (diagnostic.path, diagnostic.code.id, diagnostic.span)
        known = first.setdefault(key, diagnostic)
        if diagnostic.message == known.message:
            continue
        again = Note(f"here also: {diagnostic.message}")
        others = sum(note.message.startswith("here also: ") for note in known.notes)
        if again not in known.notes and others < MOST_TOLD:
            first[key] = known._replace(notes=(*known.notes, again))
    return list(first.values())


def _models_by_call(program: Program) -> dict[int, Network]:
    return {id(call): record.model for record in program.models for call in record.model.calls}


def _of_gaps(program: Program, path: str) -> Iterator[Diagnostic]:
    gaps = program.gaps
    if not _has_layers(program):
        quiet = [gap for gap in gaps if gap.kind in _QUIET_WITHOUT_MODEL]
        gaps = [gap for gap in gaps if gap.kind not in _QUIET_WITHOUT_MODEL]
        # What else is reported says already why there is no model.
        if quiet and not gaps and not program.refused:
            yield _nothing_followed(quiet, path)
    for gap in gaps:
        yield _of_gap(gap, path)


def _nothing_followed(gaps: list[Gap], path: str) -> Diagnostic:
    first, *others = gaps
    diagnostic = _of_gap(Gap("nothing-followed", first.reason, first.span, first.function), path)
    notes = [Note(gap.reason, gap.span) for gap in others[:MOST_TOLD]]
    return diagnostic._replace(notes=(*diagnostic.notes, *notes))


def _of_gap(gap: Gap, path: str) -> Diagnostic:
    from shapecalc.checks.catalogue import check_for_gap

    check = check_for_gap(gap.kind)
    finding = check.run(gap)
    span = finding.span or gap.span or Span.point(1)
    severity = check.code.severity
    return Diagnostic(
        check.code, finding.message, span, severity, finding.notes, finding.help, gap.function,
        path=path, fix=finding.fix,
    )  # fmt: skip


__all__ = ["diagnose", "once_a_place", "unreadable", "why_not_analysed"]
