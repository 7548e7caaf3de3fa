"""Calls that a program writes as an earlier Keras had them."""

from __future__ import annotations

from shapecalc.diagnostics import Edit
from shapecalc.source import Span


class Spelling:
    """A call, or an import, in words that Keras 3 does not take.

    Attributes:
        subject: what is called or imported from, in the program's words.
        words: each word that is no more, and today's; "" where there is none.
        span: the first of them.
        edits: what to write instead; None where that depends on more than the words.
        function: the function it is in, or None at module level.
        condition: under which it happens, or None.
    """

    __slots__ = ("condition", "edits", "function", "span", "subject", "words")

    def __init__(
        self,
        subject: str,
        words: tuple[tuple[str, str], ...],
        span: Span,
        edits: tuple[Edit, ...] | None = None,
        function: str | None = None,
        condition: str | None = None,
    ) -> None:
        self.subject = subject
        self.words = words
        self.span = span
        self.edits = edits
        self.function = function
        self.condition = condition
