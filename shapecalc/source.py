"""Source text: spans, files, and excerpts with carets.

This room knows no Keras and imports nothing of ours. Every `check` loads it, so it imports only
what the interpreter has loaded already; what a rare file needs is imported where it is needed.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import ast

MAX_SOURCE_BYTES = 16 * 2**20
"""Larger files are refused: no program that a person wrote comes near."""

TAB_SIZE = 4
MAX_EXCERPT_LINES = 3

# Spaces that `str.isprintable` rejects although they do no harm, and the two joiners that Persian,
# Indic scripts and emoji are written with.
_HARMLESS = frozenset("\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009")
_HARMLESS |= frozenset("\u200a\u202f\u205f\u3000\u200c\u200d")

# The plain spellings of a UTF-8 coding cookie, which need no further look.
_UTF8_COOKIES = (b"coding: utf-8", b"coding:utf-8", b"coding=utf-8")

# Text encodings whose decoders take quadratic time: no source file has them in earnest.
_SLOW_ENCODINGS = frozenset({"punycode", "idna"})


class UnreadableSource(Exception):
    """A file that cannot be read as Python source.

    Attributes:
        path: the file, as it was named.
        reason: why, as a phrase that fits after "model.py: ".
    """

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"cannot read {sanitize(self.path)}: {self.reason}"


class Span(NamedTuple):
    """A stretch of source text. Lines and columns count from 1, columns in characters.

    Spans are ordered as they are read: by file, by notebook cell, then by start, then by end.

    Attributes:
        line: first line.
        column: first column.
        end_line: last line.
        end_column: the column after the last character.
        cell: the notebook cell (from 1) that the lines are counted in; None in other files.
        path: the file, where it is another one than the file that is analysed: one that it
            imports. None in the file itself.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    cell: int | None = None
    path: str | None = None

    @classmethod
    def point(cls, line: int, column: int = 1, cell: int | None = None) -> Span:
        """A span that names a place and covers no text."""
        return cls(line, column, line, column, cell)

    def covers(self, other: Span) -> bool:
        """Whether another span lies within this one."""
        start, end = self.sort_key[:4], (*self.sort_key[:2], self.end_line, self.end_column)
        last = (*other.sort_key[:2], other.end_line, other.end_column)
        return start <= other.sort_key[:4] and last <= end

    @property
    def sort_key(self) -> tuple[str, int, int, int, int, int]:
        """What spans are ordered by: plain tuples cannot compare a cell with None."""
        place = (self.cell or 0, self.line, self.column, self.end_line, self.end_column)
        return (self.path or "", *place)

    def __lt__(self, other: tuple[int | str | None, ...], /) -> bool:
        return self.sort_key < other.sort_key if isinstance(other, Span) else NotImplemented

    def __le__(self, other: tuple[int | str | None, ...], /) -> bool:
        return self.sort_key <= other.sort_key if isinstance(other, Span) else NotImplemented

    def __gt__(self, other: tuple[int | str | None, ...], /) -> bool:
        return self.sort_key > other.sort_key if isinstance(other, Span) else NotImplemented

    def __ge__(self, other: tuple[int | str | None, ...], /) -> bool:
        return self.sort_key >= other.sort_key if isinstance(other, Span) else NotImplemented


class SourceFile:
    """The text of one file, or of one cell of a notebook.

    Attributes:
        path: the file, as it was named.
        text: its text.
        cell: the notebook cell (from 1) that the text is; None in other files.
        lines: the text by line, without line ends. Lines end where Python ends them (at LF, CR LF
            and CR, not at a form feed), so their numbers are those of the syntax tree.
        imported: whether another file is analysed, which imports this one; its spans say so.
    """

    __slots__ = ("_wide", "cell", "imported", "lines", "path", "text")

    in_cells = False
    """Whether it is a notebook, whose cells a user may run in any order."""

    def __init__(
        self, path: str, text: str, cell: int | None = None, *, imported: bool = False
    ) -> None:
        self.path = path
        self.imported = imported
        self.text = text
        self.cell = cell
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        self.lines = text.split("\n")
        self._wide: dict[int, list[int]] = {}

    def __repr__(self) -> str:
        return f"SourceFile({self.path!r}, <{len(self.lines)} lines>, cell={self.cell})"

    def by_cell(self) -> list[tuple[int, SourceFile]]:
        """Its cells, each with the line that it begins on; what is no notebook is one."""
        return [(1, self)]

    def span(self, node: ast.AST) -> Span:
        """The span of a syntax node; the first place of the file for a node that has none."""
        line = getattr(node, "lineno", None)
        path = self.path if self.imported else None
        if line is None:
            return Span(1, 1, 1, 1, self.cell, path)
        offset = getattr(node, "col_offset", 0)
        end_line = getattr(node, "end_lineno", None) or line
        end_offset = getattr(node, "end_col_offset", None)
        return Span(
            line,
            self._column(line, offset),
            end_line,
            self._column(end_line, offset if end_offset is None else end_offset),
            self.cell,
            path,
        )

    def line_of(self, span: Span) -> str:
        """The text of the line that a span begins on; nothing if it lies outside."""
        return self.lines[span.line - 1] if 1 <= span.line <= len(self.lines) else ""

    def excerpt(self, span: Span, width: int = 100) -> str:
        """The lines of `span` with carets under it, safe to print on a terminal.

        Args:
            span: what to point at. A span outside the text yields an empty excerpt.
            width: the most columns of source to show; a longer line is cut around the span.
        """
        first, last = span.line, min(max(span.end_line, span.line), len(self.lines))
        if not 1 <= first <= len(self.lines):
            return ""
        shown = range(first, min(last, first + MAX_EXCERPT_LINES - 1) + 1)
        gutter = len(str(shown[-1]))
        bar = f"{'':{gutter}} |"
        rows = [bar]
        width = max(width, 20)
        for number in shown:
            line = self.lines[number - 1]
            start = span.column - 1 if number == first else len(line) - len(line.lstrip())
            stop = span.end_column - 1 if number == span.end_line else len(line.rstrip())
            code, carets = _underline(line, start, stop, width)
            rows.append(f"{number:>{gutter}} | {code}".rstrip())
            if number == first or start < stop:
                rows.append(f"{bar} {carets}")
        rows.append(bar if shown[-1] == last else f"{'…':>{gutter}} |")
        return "\n".join(rows)

    def _column(self, line: int, offset: int) -> int:
        """The column (in characters, from 1) of an offset that the syntax tree counts in bytes."""
        text = self.lines[line - 1] if line <= len(self.lines) else ""
        if text.isascii():
            return offset + 1
        # The offset of each byte that begins no character, kept because a long line may hold
        # many nodes: looking one up must not cost the length of the line.
        inner = self._wide.get(line)
        if inner is None:
            inner = self._wide[line] = _continuation_bytes(text)
        from bisect import bisect_left

        return offset - bisect_left(inner, offset) + 1


def read_source(path: str) -> SourceFile:
    """Read a Python file.

    Raises:
        UnreadableSource: the file is missing, no regular file, too large, or not text.
    """
    try:
        mode = os.stat(path).st_mode
        # Opening a pipe that nobody writes to would never return.
        if stat.S_ISDIR(mode):
            raise UnreadableSource(path, "it is a directory")
        if not stat.S_ISREG(mode):
            raise UnreadableSource(path, "it is not a regular file")
        with open(path, "rb") as file:
            data = file.read(MAX_SOURCE_BYTES + 1)
    except FileNotFoundError:
        raise UnreadableSource(path, "no such file") from None
    except PermissionError:
        raise UnreadableSource(path, "permission denied") from None
    except OSError as error:
        raise UnreadableSource(path, (error.strerror or str(error)).lower()) from None
    except ValueError:
        raise UnreadableSource(path, "it is not a valid path") from None
    return decode_source(path, data)


def decode_source(path: str, data: bytes) -> SourceFile:
    """Make a source file of bytes, decoded as Python decodes them (byte order mark, PEP 263).

    Raises:
        UnreadableSource: the bytes are too many, or not text.
    """
    if len(data) > MAX_SOURCE_BYTES:
        raise UnreadableSource(path, f"it is larger than {MAX_SOURCE_BYTES // 2**20} MiB")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableSource(path, "it is UTF-16 text, which Python does not read; save as UTF-8")
    if b"\0" in data:
        raise UnreadableSource(path, "it is a binary file (it holds NUL bytes)")
    encoding = encoding_of(path, data)
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return SourceFile(path, data.decode(encoding))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        byte = f"byte 0x{data[error.start]:02x} on line {line}"
        if encoding == "utf-8":
            reason = f"it is not UTF-8 ({byte}) and declares no other encoding"
        else:
            reason = f"it is not {encoding}, the encoding it declares ({byte})"
        raise UnreadableSource(path, reason) from None
    except (LookupError, UnicodeError, ValueError):
        raise UnreadableSource(path, f"it declares an encoding that is none: {encoding}") from None


def encoding_of(path: str, data: bytes) -> str:
    """The encoding of a Python file without its byte order mark (PEP 263).

    Raises:
        UnreadableSource: it declares one that is none.
    """
    return "utf-8" if _is_plain_utf8(data) else _declared_encoding(path, data)


def sanitize(text: str, keep: str = "") -> str:
    r"""Make text safe for a terminal: what would act rather than show is shown escaped.

    That is every control character (so that no escape sequence gets through, and no line feed can
    fake a line of output), the overrides of writing direction, other invisible characters, and
    lone surrogates, which no encoding can print.

    Args:
        text: any text, such as a name in an analysed program.
        keep: control characters to leave alone, such as `"\n"` in a text of several lines.
    """
    if text.isprintable():
        return text
    return "".join([c if c.isprintable() or c in keep else _visible(c) for c in text])


def _visible(char: str) -> str:
    if char in _HARMLESS:
        return char
    return char.encode("unicode_escape").decode("ascii")


def _continuation_bytes(text: str) -> list[int]:
    """The offsets of the UTF-8 bytes that continue a character, in order."""
    data = text.encode("utf-8", "surrogatepass")
    # `n & 0xC0 == 0x80`: such bytes are 0b10xxxxxx.
    return [offset for offset, byte in enumerate(data) if byte & 0xC0 == 0x80]


def _is_plain_utf8(data: bytes) -> bool:
    """Whether the first two lines declare no encoding, or plainly UTF-8."""
    head = b"\n".join(data[:400].splitlines()[:2]).lower()
    if b"coding" not in head:
        return True
    for cookie in _UTF8_COOKIES:
        _, found, rest = head.partition(cookie)
        if found and head.count(b"coding") == 1:
            return not (rest[:1].isalnum() or rest[:1] in (b"-", b"_", b"."))
    return False


def _declared_encoding(path: str, data: bytes) -> str:
    """The encoding that a cookie declares."""
    import io
    from tokenize import detect_encoding

    try:
        encoding, _ = detect_encoding(io.BytesIO(data).readline)
    except SyntaxError as error:
        reason = str(error.msg).removesuffix(f" for {path!r}")
        raise UnreadableSource(path, f"its encoding is not known ({sanitize(reason)})") from None
    if encoding in _SLOW_ENCODINGS:
        raise UnreadableSource(path, f"it declares an encoding that is none: {encoding}")
    return "utf-8" if encoding == "utf-8-sig" else encoding


def _underline(line: str, start: int, stop: int, width: int) -> tuple[str, str]:
    """A line made safe and cut to `width` columns, and the carets under line[start:stop]."""
    start = min(max(start, 0), len(line))
    stop = max(stop, start)
    # Only the neighbourhood is looked at, so a line of megabytes costs no more than a short one.
    left = max(0, start - 2 * width)
    texts, columns = _lay_out(line[left : start + 2 * width])
    begin = columns[start - left]
    end = columns[stop - left] if stop - left < len(columns) else columns[-1]
    end = max(end, begin + 1)

    low, high = 0, columns[-1]
    if left > 0 or high > width:
        # The span goes into the middle; one that is wider than the excerpt shows its beginning.
        if left > 0 or end > width:
            low = max(0, begin - max(width - (end - begin), width // 4) // 2)
        high = low + width
    first = sum(column < low for column in columns[:-1])
    last = sum(column <= high for column in columns) - 1
    head = "…" if left + first > 0 else ""
    tail = "…" if left + last < len(line) else ""
    code = head + "".join(texts[first:last]) + tail
    indent = begin - columns[first] + len(head)
    end = max(min(end, columns[last]), begin + 1)
    return code, " " * indent + "^" * (end - begin)


def _lay_out(text: str) -> tuple[list[str], list[int]]:
    """Each character as it is shown, and the column that each begins at, with the end's."""
    texts: list[str] = []
    columns = [0]
    for char in text:
        to_stop = TAB_SIZE - columns[-1] % TAB_SIZE
        shown = " " * to_stop if char == "\t" else sanitize(char)
        texts.append(shown)
        columns.append(columns[-1] + (len(shown) if shown.isascii() else _columns(char)))
    return texts, columns


def _columns(char: str) -> int:
    """How many columns of a terminal a character takes: East Asian wide ones take two."""
    from unicodedata import category, east_asian_width

    # Hangul vowels and final consonants join the syllable that they follow.
    if "\u1160" <= char <= "\u11ff" or "\ud7b0" <= char <= "\ud7ff":
        return 0
    if category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(char) in ("W", "F") else 1
