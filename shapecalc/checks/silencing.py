"""Which suppression comments are in vain, and which of other files are needed.

A comment is in vain if nothing that it could silence is found. That is said only where such a
finding would have been made: silence is better than the advice to take out what is needed.
"""

from __future__ import annotations

import ast
import os
import warnings
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from shapecalc.checks.catalogue import all_codes, checks_examining
from shapecalc.checks.comments import Entry, IdleEntry, UnknownEntry, entries_of, removals
from shapecalc.diagnostics import (
    Code,
    Diagnostic,
    Fix,
    Suppression,
    Suppressions,
    UnknownCode,
    find_code,
)
from shapecalc.graph.model import Network
from shapecalc.graph.program import Program
from shapecalc.project import Search, imports_own_modules
from shapecalc.source import SourceFile, Span

# What depends on the options of a run, and what is said of comments themselves.
_NEVER_TOLD = ("SHC5", "SHC9")
# What is found of a model as a whole, and of what is done with it.
_OF_MODELS = ("SHC3", "SHC4")


class Commented(NamedTuple):
    """A file with suppression comments, and what became of them.

    Attributes:
        source: the file.
        suppressions: its comments.
        unused: those that silenced nothing; of some only the codes that did not.
    """

    source: SourceFile
    suppressions: Suppressions
    unused: list[Suppression]


class Silencing(NamedTuple):
    """What is to be said of suppression comments.

    Attributes:
        findings: what holds for sure.
        unconfirmed: what holds unless a file that imports this one needs the comment.
        needs: the comments of other files that are needed: the file and the entry's span, or
            None where any may be.
    """

    findings: list[Diagnostic]
    unconfirmed: list[Diagnostic]
    needs: tuple[tuple[str, Span | None], ...]


def silencing(
    program: Program,
    found: Iterable[Diagnostic],
    files: Iterable[Commented],
    search: Search | None,
    *,
    states: set[str],
) -> Silencing:
    """What is to be said of the suppression comments of a program.

    Args:
        program: the program.
        found: all that was found in it, also what is silenced.
        files: the files with comments that it is made of.
        search: found the modules that it imports; None where none was followed.
        states: how much is known of the layers of its models.
    """
    sure: list[Diagnostic] = []
    unconfirmed: list[Diagnostic] = []
    needs: list[tuple[str, Span | None]] = []
    evidence = _Evidence(program, list(found))
    doubtful = bool(program.gaps) or ("unknown" in states and not program.refused)
    # What it gives to the functions of other files may be refused there for some lengths.
    open_lengths = "symbolic" in states
    for file in files:
        if file.source is not program.source:
            if search is None or search.project.real(file.source.path) != search.entry.key:
                needs += _needs(file, doubtful or open_lengths or bool(program.refused))
            continue
        if any(gap.kind == "syntax" for gap in program.gaps):
            continue
        # Nobody imports a notebook.
        imported = not hasattr(file.source, "within_cell")
        of_callers = _lines_for_callers(file.source) if imported else set()
        followed = search is not None or not imports_own_modules(file.source.text)
        certain = followed and not doubtful
        for subject, told in _in_vain(file, evidence, certain=certain):
            is_open = imported and _depends_on_others(subject, of_callers)
            (unconfirmed if is_open else sure).append(told)
    return Silencing(sure, unconfirmed, tuple(needs))


class _Evidence:
    """What was found, as far as it hides what else there may be."""

    def __init__(self, program: Program, found: list[Diagnostic]) -> None:
        self.path = program.source.path
        self._refusals = [d for d in found if d.code.id.startswith("SHC2")]
        spans = [record.span for record in program.models]
        self._models = {(s.cell, n) for s in spans if s.path is None for n in (s.line, s.end_line)}
        self._unexamined = tuple(_unexamined(program))

    def hides(self, entry: Entry, codes: list[Code]) -> bool:
        """Whether a finding that an entry could silence may be there, but for another one.

        Args:
            entry: the entry.
            codes: what it silences; nothing for a comment that silences all.
        """
        here = (entry.span.cell, entry.span.line)
        for d in self._refusals:
            lines = {(d.span.cell, d.span.line), (d.span.cell, d.span.end_line)}
            if d.path not in ("", self.path) or here not in lines:
                return True
        if not codes and here in self._models:
            # A budget's finding would stand here.
            return True
        return any(code.id.startswith(self._unexamined) for code in codes)


def _unexamined(program: Program) -> Iterator[str]:
    """The families of codes that are not looked for in a model, since a layer of it is refused."""

    def is_refused(model: Network) -> bool:
        return any(call.refusal is not None for call in model.calls)

    # Where a layer could not even be made, nobody knows which model it would be in.
    lost = any(refused.call is None for refused in program.refused)
    if lost or any(is_refused(use.model) for use in program.uses):
        yield from _OF_MODELS
    elif any(is_refused(record.model) for record in program.models):
        yield "SHC4"


def _needs(file: Commented, doubtful: bool) -> Iterator[tuple[str, Span | None]]:
    """What an analysis needs of the comments of a file that it imports."""
    path = os.path.realpath(file.source.path)
    if doubtful:
        yield path, None
    rest = {comment.span: comment for comment in file.unused}
    for comment in file.suppressions.comments:
        left = rest.get(comment.span)
        for entry in entries_of(file.source, comment):
            if left is None or (left.codes and entry.listed not in left.codes):
                yield path, entry.span


def _in_vain(
    file: Commented, evidence: _Evidence, *, certain: bool
) -> Iterator[tuple[IdleEntry | UnknownEntry, Diagnostic]]:
    """Each entry that is in vain, and what is told of it."""
    codes = all_codes()
    whole = {comment.span: comment for comment in file.suppressions.comments}
    for left in file.unused:
        comment = whole[left.span]
        entries = entries_of(file.source, comment)
        rest = [e for e in entries if not left.codes or e.listed in left.codes]
        meant = {entry.span: _meant(entry, codes) for entry in rest}
        told = [e for e in rest if _is_told(e, meant[e.span], evidence, certain=certain)]
        fixes = removals(file.source, entries, told) if comment.codes != () else {}
        for entry in told:
            subject = _subject(entry, meant[entry.span], codes, fixes.get(entry.span))
            for diagnostic in _findings(subject, evidence.path):
                if not _is_silenced(diagnostic, file.suppressions):
                    yield subject, diagnostic


def _meant(entry: Entry, codes: list[Code]) -> list[Code] | UnknownCode:
    """The codes that an entry stands for; none for a whole comment."""
    if not entry.text:
        return []
    if entry.comment.noqa:
        family = [code for code in codes if code.id.startswith(entry.listed)]
        if family:
            return family
    try:
        return [find_code(entry.text, codes)]
    except UnknownCode as error:
        return error


def _is_told(
    entry: Entry, meant: list[Code] | UnknownCode, evidence: _Evidence, *, certain: bool
) -> bool:
    if isinstance(meant, UnknownCode) or entry.comment.codes == ():
        return True
    if not certain or evidence.hides(entry, meant):
        return False
    if not meant:
        return not entry.comment.noqa
    return not any(code.id.startswith(_NEVER_TOLD) for code in meant)


def _subject(
    entry: Entry, meant: list[Code] | UnknownCode, codes: list[Code], fix: Fix | None
) -> IdleEntry | UnknownEntry:
    if isinstance(meant, UnknownCode):
        is_family = any(code.id.startswith(entry.listed) for code in codes)
        return UnknownEntry(entry, meant.suggestion, is_family, fix)
    return IdleEntry(entry, tuple(meant), entry.comment.codes != (), fix)


def _depends_on_others(subject: IdleEntry | UnknownEntry, of_callers: set[int] | None) -> bool:
    """Whether files that import this one may find what is not found here.

    Args:
        subject: what is in vain here.
        of_callers: as `_lines_for_callers` has it.
    """
    if isinstance(subject, UnknownEntry) or not subject.understood:
        return False
    if of_callers is None or subject.entry.span.line in of_callers:
        return True
    # What becomes of a model elsewhere counts as well.
    return not subject.codes or any(code.id.startswith(_OF_MODELS) for code in subject.codes)


def _findings(subject: IdleEntry | UnknownEntry, path: str) -> Iterator[Diagnostic]:
    about = None
    if isinstance(subject, IdleEntry) and subject.entry.text:
        about = subject.codes[0].id if len(subject.codes) == 1 else subject.entry.listed
    for check in checks_examining("suppressions", subject):
        for finding in check.run(subject):
            yield Diagnostic(
                check.code,
                finding.message,
                subject.entry.span,
                check.code.severity,
                help=finding.help,
                path=path,
                fix=finding.fix,
                about=about,
            )


def _is_silenced(diagnostic: Diagnostic, suppressions: Suppressions) -> bool:
    """Whether a comment lists the code of a finding; one that lists none does not mean itself."""
    place = (diagnostic.span.cell, diagnostic.span.line)
    return any(
        (comment.span.cell, comment.span.line) == place and comment.silences(diagnostic.code)
        for comment in suppressions.comments
    )


def _lines_for_callers(source: SourceFile) -> set[int] | None:
    """The lines in functions that take arguments: others may call them with other values.

    Returns:
        None where the file cannot be parsed here.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source.text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    lines: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            taken = node.args
            if taken.args or taken.posonlyargs or taken.kwonlyargs or taken.vararg or taken.kwarg:
                lines.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return lines


__all__ = ["Commented", "Silencing", "silencing"]
