"""Texts of which only the beginning and the end are known: `f"block_{number}"`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from shapecalc.rules.unknown import Unknown

_BRACE = re.compile("[{}]")
# What follows the `%` of a field; a key with parentheses in it is left alone.
_FIELD = re.compile(r"(?:\([^()]*\))?[#0\- +]*[\d*]*(?:\.[\d*]+)?[hlL]?[a-zA-Z]")


class PartialText(Unknown):
    """A text that has something unknown in it.

    Attributes:
        start: what it begins with.
        end: what it ends with, behind that.
    """

    __slots__ = ("end", "start")

    def __init__(self, start: str, within: Unknown, end: str) -> None:
        super().__init__(within.reason, within.span)
        self.start = start
        self.end = end

    def holds(self, text: str) -> bool | None:
        """Whether a text is part of this, or None where that is unknown."""
        return True if text in self.start or text in self.end else None

    def starts_with(self, text: str) -> bool | None:
        """Whether this begins with a text, or None where that is unknown."""
        return _agree(self.start, text, str.startswith)

    def ends_with(self, text: str) -> bool | None:
        """Whether this ends with a text, or None where that is unknown."""
        return _agree(self.end, text, str.endswith)

    def may_be(self, text: str) -> bool:
        """Whether this may be a text."""
        return (
            len(text) >= len(self.start) + len(self.end)
            and text.startswith(self.start)
            and text.endswith(self.end)
        )


def _agree(known: str, text: str, begins: Callable[[str, str], bool]) -> bool | None:
    if begins(known, text):
        return True
    return None if begins(text, known) else False


def join_pieces(pieces: Sequence[str | Unknown]) -> str | PartialText:
    """Texts put behind one another; an unknown among them stands for some text."""
    unknown = [place for place, piece in enumerate(pieces) if isinstance(piece, Unknown)]
    if not unknown:
        return "".join(map(str, pieces))
    first, last = pieces[unknown[0]], pieces[unknown[-1]]
    start = "".join(map(str, pieces[: unknown[0]])) + getattr(first, "start", "")
    end = getattr(last, "end", "") + "".join(map(str, pieces[unknown[-1] + 1 :]))
    assert isinstance(first, Unknown)
    return PartialText(start, first, end)


def fill_percent(template: str, within: Unknown) -> PartialText:
    """`template % values`, where something unknown is among the values."""
    last = template.rpartition("%")[2]
    field = _FIELD.match(last)
    end = last[field.end() :] if field is not None else ""
    return PartialText(template.partition("%")[0], within, end)


def fill_braces(template: str, within: Unknown) -> PartialText:
    """`template.format(...)`, where something unknown is among the arguments."""
    start, *others = _BRACE.split(template)
    return PartialText(start, within, others[-1] if others else "")
