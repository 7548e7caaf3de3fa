"""Suppression comments taken apart: the codes that each lists, and how one is taken out of it."""

from __future__ import annotations

import re
from typing import NamedTuple

from shapecalc.diagnostics import Code, Edit, Fix, Suppression, normalized
from shapecalc.source import SourceFile, Span


class Entry(NamedTuple):
    """A code that a comment lists, or the whole comment where it lists none.

    Attributes:
        comment: the comment.
        span: where the code stands, or the comment.
        text: the code as it is written; nothing for a comment that lists none.
    """

    comment: Suppression
    span: Span
    text: str

    @property
    def listed(self) -> str:
        """The code as `Suppression.codes` has it."""
        return self.text.upper() if self.comment.noqa else normalized(self.text)


class IdleEntry(NamedTuple):
    """An entry that silences nothing.

    Attributes:
        entry: the entry.
        codes: those that it means: several for a family of codes, none for a whole comment.
        understood: whether it is of a form that could silence anything.
        fix: how to take it out.
    """

    entry: Entry
    codes: tuple[Code, ...]
    understood: bool
    fix: Fix | None


class UnknownEntry(NamedTuple):
    """An entry that is no code.

    Attributes:
        entry: the entry.
        suggestion: the code or name that comes closest, or None.
        is_family: whether codes begin with it.
        fix: how to take it out.
    """

    entry: Entry
    suggestion: str | None
    is_family: bool
    fix: Fix | None


_OURS = re.compile(r"shapecalc:\s*ignore\s*\[([^\]]*)\]")
_NOQA = re.compile(r"noqa\s*:((?:[,\s]*[A-Za-z][A-Za-z0-9]*[0-9](?![^,\s]))+)", re.IGNORECASE)


def entries_of(source: SourceFile, comment: Suppression) -> list[Entry]:
    """What a comment lists, also codes of other tools; of one without a list the comment itself."""
    if not comment.codes:
        return [Entry(comment, comment.span, "")]
    span = comment.span
    text = source.line_of(span)[span.column - 1 : span.end_column - 1]
    found = (_NOQA if comment.noqa else _OURS).search(text)
    if found is None:
        return [Entry(comment, span, "")]
    word = r"[^,\s]+" if comment.noqa else r"[^,\s](?:[^,]*[^,\s])?"
    start = span.column + found.start(1)
    return [
        Entry(
            comment,
            span._replace(column=start + m.start(), end_column=start + m.end()),
            m[0],
        )
        for m in re.finditer(word, found[1])
    ]


def removals(source: SourceFile, entries: list[Entry], idle: list[Entry]) -> dict[Span, Fix]:
    """How each idle entry of a comment is taken out, by its span; none of a notebook's.

    Fixes of several entries can be carried out together: their edits do not overlap, or are the
    same, where nothing of the comment is left.

    Args:
        source: the file.
        entries: all that the comment lists.
        idle: those that are in vain.
    """
    if not idle or idle[0].span.cell is not None:
        return {}
    kept = [i for i, entry in enumerate(entries) if entry not in idle]
    if not kept:
        edit = _without_comment(source, idle[0].comment.span)
        return {entry.span: Fix("remove the comment", (edit,), safe=True) for entry in idle}
    fixes: dict[Span, Fix] = {}
    for i, entry in enumerate(entries):
        if entry not in idle:
            continue
        if i < kept[-1]:
            cut = entry.span._replace(end_column=entries[i + 1].span.column)
        else:
            cut = entry.span._replace(column=entries[i - 1].span.end_column)
        fixes[entry.span] = Fix(f"remove `{entry.text}`", (Edit(cut, ""),), safe=True)
    return fixes


def _without_comment(source: SourceFile, span: Span) -> Edit:
    """Take out a comment with the spaces before it, and its line if nothing else is on it."""
    line = source.line_of(span)
    before, after = line[: span.column - 1], line[span.end_column - 1 :]
    if before.strip():
        return Edit(span._replace(column=len(before.rstrip()) + 1), "")
    if after.strip():
        # Another comment follows, and takes its place.
        return Edit(span._replace(end_column=len(line) - len(after.lstrip()) + 1), "")
    if span.line < len(source.lines):
        return Edit(Span(span.line, 1, span.line + 1, 1), "")
    return Edit(Span(span.line, 1, span.line, len(line) + 1), "")


__all__ = ["Entry", "IdleEntry", "UnknownEntry", "entries_of", "removals"]
