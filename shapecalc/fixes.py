"""Fixes carried out: in a text, until nothing is left to mend, and in the file itself.

A file keeps its encoding, its line ends and its permissions. What would no longer be Python is
not written.
"""

from __future__ import annotations

import ast
import os
import re
import stat
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import NamedTuple

from shapecalc.diagnostics import Diagnostic, Fix
from shapecalc.source import SourceFile, UnreadableSource, decode_source, encoding_of

MAX_ROUNDS = 10
"""One fix may make another possible; fixes that undo each other must end."""

_BOM = b"\xef\xbb\xbf"
_LINE_END = re.compile(r"\r\n|\r|\n")

Find = Callable[[SourceFile], Sequence[Diagnostic]]


class Mended(NamedTuple):
    """A text and what was done to it.

    Attributes:
        path: the file.
        before: the text as it was.
        after: the text with its fixes.
        findings: how many were mended.
        refused: why the last fixes were not made; None if all were.
    """

    path: str
    before: str
    after: str
    findings: int
    refused: str | None = None


class NotWritten(Exception):
    """A file that could not be mended, as a phrase that says why."""


def mend(source: SourceFile, found: Iterable[Diagnostic], find: Find, *, unsafe: bool) -> Mended:
    """Carry out fixes again and again, until there are none.

    Args:
        source: the text.
        found: its findings.
        find: yields the findings of another text of the same file.
        unsafe: whether to carry out what only probably means the same.
    """
    text, count = source.text, 0
    for _ in range(MAX_ROUNDS):
        fixes = [d.fix for d in found if d.fix is not None and (d.fix.safe or unsafe)]
        changed, made = apply_fixes(text, fixes)
        if changed == text:
            break
        if not _is_python(changed):
            reason = "with its fixes it would be no Python any more"
            return Mended(source.path, source.text, text, count, reason)
        text, count = changed, count + made
        found = find(SourceFile(source.path, text))
    return Mended(source.path, source.text, text, count)


def apply_fixes(text: str, fixes: Iterable[Fix]) -> tuple[str, int]:
    """A text with fixes carried out, and how many of them were.

    Of fixes that overlap, the first is carried out; so is, of several, one that comes twice.
    """
    starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
    first_end = _LINE_END.search(text)
    line_end = first_end[0] if first_end is not None else "\n"
    chosen: list[tuple[int, int, str]] = []
    count = 0
    for fix in fixes:
        edits = _in_offsets(fix, starts, len(text))
        if edits and not any(_overlap(a, b) for a in edits for b in chosen):
            chosen += edits
            count += 1
    for start, end, replacement in sorted(chosen, reverse=True):
        text = text[:start] + replacement.replace("\n", line_end) + text[end:]
    return text, count


def _in_offsets(fix: Fix, starts: list[int], length: int) -> list[tuple[int, int, str]]:
    """The edits of a fix by offset in the text; none if one of them lies outside of it."""
    edits = []
    for span, replacement in fix.edits:
        if not 1 <= span.line <= span.end_line <= len(starts):
            return []
        start = starts[span.line - 1] + span.column - 1
        end = starts[span.end_line - 1] + span.end_column - 1
        if not 0 <= start <= end <= length:
            return []
        edits.append((start, end, replacement))
    return edits


def _overlap(one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    """Whether two edits touch the same text, or insert at the same place."""
    return one[0] == other[0] or (one[0] < other[1] and other[0] < one[1])


def _is_python(text: str) -> bool:
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def write_mended(mended: Mended) -> None:
    """Put a mended text in the place of the file, all of it or nothing.

    Raises:
        NotWritten: the file has changed meanwhile, or cannot be written.
    """
    path = os.path.realpath(mended.path)
    try:
        with open(path, "rb") as file:
            data = file.read()
            status = os.fstat(file.fileno())
        if decode_source(mended.path, data).text != mended.before:
            raise NotWritten("it has changed meanwhile")
        mark = _BOM if data.startswith(_BOM) else b""
        encoded = mended.after.encode(encoding_of(mended.path, data))
        # An encoding with several ways to write a character would change what is not ours.
        if mended.before.encode(encoding_of(mended.path, data)) != data.removeprefix(mark):
            raise NotWritten("its encoding cannot be kept")
        _replace(path, mark + encoded, status)
    except OSError as error:
        raise NotWritten((error.strerror or str(error)).lower()) from None
    except UnreadableSource as error:
        raise NotWritten(error.reason) from None
    except UnicodeError:
        raise NotWritten("its encoding has no such characters") from None


def _replace(path: str, data: bytes, status: os.stat_result) -> None:
    """Write a draft beside the file, and put it in its place.

    Raises:
        OSError: it cannot be written; the file is as it was.
    """
    # A file that is not to be written could be replaced all the same.
    if not os.access(path, os.W_OK):
        raise PermissionError(13, "permission denied")
    draft = f"{path}.{os.getpid()}.shapecalc"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(draft, flags | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if hasattr(os, "chown"):
            with suppress(OSError):
                os.chown(draft, status.st_uid, status.st_gid)
        os.chmod(draft, stat.S_IMODE(status.st_mode))
        os.replace(draft, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(draft)
        raise


def diff_of(mended: Mended) -> str:
    """The changes of a file as a unified diff, which `patch` understands."""
    from difflib import unified_diff

    before, after = (_lines(text) for text in (mended.before, mended.after))
    path = mended.path
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        for line in unified_diff(before, after, path, path)
    )


def _lines(text: str) -> list[str]:
    lines = [f"{line}\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]
