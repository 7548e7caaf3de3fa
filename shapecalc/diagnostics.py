"""Diagnostics: code, severity, span, message, notes and help; and the comments that silence them.

This room knows no rule: which codes there are is said elsewhere and passed in.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from shapecalc.source import SourceFile, Span


class Severity(enum.Enum):
    """How bad a finding is. Severities are ordered: `max` is the worst.

    The value is the word that reports and settings use.
    """

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    def __lt__(self, other: Severity) -> bool:
        return _RANK[self] < _RANK[other]

    def __le__(self, other: Severity) -> bool:
        return _RANK[self] <= _RANK[other]

    def __gt__(self, other: Severity) -> bool:
        return _RANK[self] > _RANK[other]

    def __ge__(self, other: Severity) -> bool:
        return _RANK[self] >= _RANK[other]


_RANK = {severity: rank for rank, severity in enumerate(Severity)}


class _CodeFields(NamedTuple):
    id: str
    name: str
    severity: Severity
    summary: str


class Code(_CodeFields):
    """A kind of finding.

    Attributes:
        id: `SHC` and three digits; never used again for something else.
        name: the same for people, in kebab-case: `window-exceeds-input`.
        severity: the severity of its diagnostics, unless one of them says otherwise.
        summary: one line that says what is found.

    Raises:
        ValueError: the id or the name is not of that form.
    """

    __slots__ = ()

    def __new__(cls, id: str, name: str, severity: Severity, summary: str) -> Code:
        """Check the form of id and name, then make the code."""
        digits = id.removeprefix("SHC")
        if len(id) != 6 or len(digits) != 3 or not (digits.isascii() and digits.isdigit()):
            raise ValueError(f"a code's id is SHC and three digits, not {id!r}")
        words = name.split("-")
        if name != name.lower() or not all(word.isascii() and word.isalnum() for word in words):
            raise ValueError(f"a code's name is kebab-case, not {name!r}")
        return super().__new__(cls, id, name, severity, summary)

    def __str__(self) -> str:
        return self.id


class UnknownCode(LookupError):
    """A code that does not exist.

    Attributes:
        text: what was asked for.
        suggestion: the id or name that comes closest; None if nothing is close.
    """

    def __init__(self, text: str, suggestion: str | None) -> None:
        super().__init__(text, suggestion)
        self.text = text
        self.suggestion = suggestion

    def __str__(self) -> str:
        hint = f"; did you mean {self.suggestion}?" if self.suggestion else ""
        return f"there is no code {self.text!r}{hint}"


# A letter that stands in an id where a digit is meant.
_LOOKALIKES = str.maketrans("OIL", "011")


def find_code(text: str, codes: Iterable[Code]) -> Code:
    """The code with this id or name, however its letters are cased.

    Raises:
        UnknownCode: there is none.
    """
    wanted = normalized(text)
    known: list[str] = []
    for code in codes:
        if wanted in (code.id, code.name):
            return code
        known += (code.name, code.id)
    from difflib import get_close_matches

    meant = wanted.translate(_LOOKALIKES)
    close = [meant] if meant in known else get_close_matches(wanted, known, n=1, cutoff=0.6)
    raise UnknownCode(text, close[0] if close else None)


class Note(NamedTuple):
    """A further fact about a diagnostic, such as where a size came from.

    Attributes:
        message: the fact, one sentence.
        span: the place that it is about; None if it has none.
        path: the file of that place; None if it is the diagnostic's own.
    """

    message: str
    span: Span | None = None
    path: str | None = None


class Edit(NamedTuple):
    r"""A stretch of the source, and what is to stand there instead.

    Attributes:
        span: the stretch; an empty one is a place to insert at.
        replacement: the new text, with `\n` between its lines whatever the file has.
    """

    span: Span
    replacement: str


class Fix(NamedTuple):
    """How the source can be changed so that a finding goes away.

    Attributes:
        message: what the change does, as a command: "remove the comment".
        edits: the changes, all or none of them, in the diagnostic's own file.
        safe: whether the program means the same afterwards; what is only probably meant is unsafe
            and waits until somebody asks for it.
    """

    message: str
    edits: tuple[Edit, ...]
    safe: bool = False

    @property
    def applicability(self) -> str:
        """`safe` or `unsafe`, as reports say it."""
        return "safe" if self.safe else "unsafe"


class Diagnostic(NamedTuple):
    """A finding.

    Attributes:
        code: what kind of finding it is.
        message: what is wrong, one sentence.
        span: where.
        severity: how bad it is here.
        notes: further facts, in the order in which they are told.
        help: what to do about it; None if there is nothing to say.
        function: the function that the model is built in; None at module level.
        condition: under which condition it holds, as source text; None if always.
        path: the file, as it was named.
        fix: how to mend it; None where nobody can say for sure.
        about: the code, or the beginning of codes, that a finding about a suppression speaks of,
            or None: it is told only where such a code is looked for.
    """

    code: Code
    message: str
    span: Span
    severity: Severity
    notes: tuple[Note, ...] = ()
    help: str | None = None
    function: str | None = None
    condition: str | None = None
    path: str = ""
    fix: Fix | None = None
    about: str | None = None

    @property
    def sort_key(self) -> tuple[str, int, int, int, str, str]:
        """The order of a report: by file, place and code; by message, so that none is left open."""
        span = self.span
        return (self.path, span.cell or 0, span.line, span.column, self.code.id, self.message)


class Suppression(NamedTuple):
    """A comment that silences diagnostics.

    Attributes:
        span: the comment.
        codes: the ids and names that it silences; None for all. A comment addressed to us that
            cannot be understood has no codes, so it silences nothing and counts as unused.
        noqa: whether it is a `noqa`, which speaks to other tools as well.
    """

    span: Span
    codes: tuple[str, ...] | None
    noqa: bool = False

    def silences(self, code: Code) -> tuple[str, ...] | None:
        """The entries of `codes` that apply to a code: `()` for a bare comment, None if none."""
        if self.codes is None:
            return ()
        # A `noqa` may name a family of codes by its beginning, as flake8 has it.
        matching = tuple(
            entry
            for entry in self.codes
            if entry in (code.id, code.name)
            or (self.noqa and entry.startswith("SHC") and code.id.startswith(entry))
        )
        return matching or None


class Suppressions:
    """The suppression comments of one file or notebook cell.

    A comment silences the diagnostics whose span begins or ends on its line, so that in a call of
    many lines it may stand on the first or on the last.

    Attributes:
        path: the file; diagnostics of other files pass.
        comments: the comments in their order.
        skip_file: whether the file asks not to be checked at all.
    """

    __slots__ = ("comments", "path", "skip_file")

    def __init__(
        self, path: str, comments: Iterable[Suppression] = (), skip_file: bool = False
    ) -> None:
        self.path = path
        self.comments = tuple(comments)
        self.skip_file = skip_file

    @classmethod
    def from_source(cls, source: SourceFile) -> Suppressions:
        """Find the suppression comments of a file; words in strings are no comments."""
        # Nearly all files have none: no scanner is loaded to learn that.
        if "shapecalc:" not in source.text and "noqa" not in source.text.lower():
            return cls(source.path)
        found: list[Suppression] = []
        skip_file = False
        # A notebook's text is joined, but its findings are placed within their cells.
        placed: Callable[[Span], Span] = getattr(source, "within_cell", lambda span: span)
        for joined, words in _directives(source):
            span = placed(joined)
            if words.lower().startswith("noqa"):
                found += _parse_noqa(span, words.removeprefix(words[:4]))
            elif words.startswith("shapecalc:"):
                words = words.removeprefix("shapecalc:").strip()
                if words.split()[:1] == ["skip-file"]:
                    skip_file = True
                else:
                    found += _parse_ours(span, words)
        return cls(source.path, found, skip_file)

    def apply(
        self, diagnostics: Iterable[Diagnostic]
    ) -> tuple[list[Diagnostic], list[Suppression]]:
        """Part the diagnostics that stay from the comments that silence nothing.

        Pass all diagnostics, before any selection of codes: else a comment for a code that is
        not selected looks unused.

        Returns:
            The diagnostics that are kept, in their order, and the unused comments. A comment of
            which only some codes are unused is listed with those; a bare `noqa` never is, since it
            may be meant for another tool.
        """
        by_place: dict[tuple[int | None, int], list[int]] = {}
        for index, comment in enumerate(self.comments):
            by_place.setdefault((comment.span.cell, comment.span.line), []).append(index)
        kept: list[Diagnostic] = []
        used: dict[int, set[str]] = {}
        for diagnostic in diagnostics:
            if diagnostic.path not in ("", self.path):
                kept.append(diagnostic)
                continue
            silenced = self.skip_file
            span = diagnostic.span
            for line in {span.line, span.end_line}:
                for index in by_place.get((span.cell, line), ()):
                    matching = self.comments[index].silences(diagnostic.code)
                    if matching is not None:
                        silenced = True
                        used.setdefault(index, set()).update(matching)
            if not silenced:
                kept.append(diagnostic)
        return kept, [] if self.skip_file else self._unused(used)

    def _unused(self, used: dict[int, set[str]]) -> list[Suppression]:
        unused: list[Suppression] = []
        for index, comment in enumerate(self.comments):
            if comment.codes is None:
                if index not in used and not comment.noqa:
                    unused.append(comment)
                continue
            rest = tuple(code for code in comment.codes if code not in used.get(index, ()))
            if rest or not comment.codes:
                unused.append(comment._replace(codes=rest))
        return unused


# Strings and comments, so that what stands in a string is not taken for a comment. This is much
# faster than `tokenize` and goes on where that gives up, in a file that is no valid Python. The
# first branch keeps pairs of backslash and character together outside strings too: without it, an
# open quote before many of them would be tried again at each.
_STRING_OR_COMMENT = r"""
    \\.
    | \"{3} (?: [^"\\]++ | \\. | "(?!"") )*+ \"{3}
    | '{3} (?: [^'\\]++ | \\. | '(?!'') )*+ '{3}
    | " (?: [^"\\\n]++ | \\. )*+ "
    | ' (?: [^'\\\n]++ | \\. )*+ '
    | (\# [^\n]*)
"""

# Beginnings of words that show that a comment was meant to silence something.
_ATTEMPTS = ("ign", "skip", "disable", "noqa")


def _directives(source: SourceFile) -> Iterator[tuple[Span, str]]:
    """Each part of each comment (`# a  # b` has two), with its span and without its `#`."""
    import re

    text = "\n".join(source.lines) if "\r" in source.text else source.text
    line, line_start = 1, 0
    for match in re.finditer(_STRING_OR_COMMENT, text, re.VERBOSE | re.DOTALL):
        comment = match[1]
        if comment is None:
            continue
        line += text.count("\n", line_start, match.start())
        line_start = text.rfind("\n", 0, match.start()) + 1
        column = match.start() - line_start + 1
        for part in comment.split("#")[1:]:
            end = column + 1 + len(part.rstrip())
            yield Span(line, column, line, end, source.cell), part.strip()
            column += 1 + len(part)


def _parse_noqa(span: Span, words: str) -> list[Suppression]:
    """What a `noqa` comment says to us; `words` is what follows the word itself."""
    if words[:1].isalnum() or words[:1] in ("-", "_"):
        return []
    words = words.lstrip()
    if not words.startswith(":"):
        return [Suppression(span, None, noqa=True)]
    codes = []
    for word in words[1:].replace(",", " ").split():
        # The list of codes ends where prose begins.
        if not (word.isalnum() and word[0].isalpha() and word[-1].isdigit()):
            break
        if word.upper().startswith("SHC"):
            codes.append(word.upper())
    return [Suppression(span, tuple(codes), noqa=True)] if codes else []


def _parse_ours(span: Span, words: str) -> list[Suppression]:
    """What a comment addressed to us says; `words` is what follows the colon."""
    rest = words.removeprefix("ignore")
    if rest == words or rest[:1].isalnum() or rest[:1] in ("-", "_"):
        return [Suppression(span, ())] if words.lower().startswith(_ATTEMPTS) else []
    rest = rest.lstrip()
    if not rest.startswith("["):
        return [Suppression(span, None)]
    listed, closed, _ = rest[1:].partition("]")
    codes = tuple(normalized(code) for code in listed.split(",") if code.strip())
    return [Suppression(span, codes if closed else ())]


def normalized(text: str) -> str:
    """An id or name as codes spell it: ids in capitals, names in small letters."""
    text = text.strip()
    return text.upper() if text[:3].lower() == "shc" else text.lower()
