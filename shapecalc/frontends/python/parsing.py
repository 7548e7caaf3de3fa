"""From text to a syntax tree, also where a notebook's magics stand in it."""

from __future__ import annotations

import ast
import re

from shapecalc.graph.program import Gap
from shapecalc.source import SourceFile, Span


def parse(source: SourceFile) -> tuple[ast.Module | None, list[Gap]]:
    """The syntax tree, and what is no Python.

    Of a notebook, the cells that are no Python are left out, as they fail by themselves.

    Returns:
        The tree, or None where there is none at all; and why, by place.
    """
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _parse(source)
    except (RecursionError, MemoryError):
        return None, [Gap("limit", "the program is nested too deeply to be parsed", None)]
    except (SyntaxError, ValueError) as error:
        return None, [Gap("syntax", str(error), None)]


def _parse(source: SourceFile) -> tuple[ast.Module | None, list[Gap]]:
    try:
        return _parse_text(source.text)[0], []
    except SyntaxError as error:
        pieces: list[SourceFile] = getattr(source, "pieces", [])
        if not pieces:
            return None, [_gap(error, source)]
    texts, gaps = [], []
    for piece in pieces:
        text = _without_indentation(piece.text)
        try:
            text = _parse_text(text)[1]
        except SyntaxError as error:
            gaps.append(_gap(error, piece))
            text = "\n" * text.count("\n")
        texts.append(text)
    return ast.parse("\n".join(texts)), gaps


def _gap(error: SyntaxError, source: SourceFile) -> Gap:
    line, column = error.lineno or 1, error.offset or 1
    end_line = error.end_lineno or line
    end_column = error.end_offset or column
    if (end_line, end_column) <= (line, column):
        end_line, end_column = line, column + 1
    span = Span(line, max(column, 1), end_line, max(end_column, 1), source.cell)
    return Gap("syntax", error.msg, span)


def _without_indentation(text: str) -> str:
    """A cell without what its first line is indented by, as notebooks run it."""
    lines = text.split("\n")
    first = next((line for line in lines if line.strip()), "")
    indentation = first[: len(first) - len(first.lstrip())]
    if not indentation:
        return text
    return "\n".join(line.removeprefix(indentation) for line in lines)


def _parse_text(text: str) -> tuple[ast.Module, str]:
    """The syntax tree of a program, or of what is left of it without magics, and that text.

    Raises:
        SyntaxError: it is no Python either way.
    """
    try:
        return ast.parse(text), text
    except SyntaxError:
        bare = without_magics(text)
        if bare == text:
            raise
    return ast.parse(bare), bare


def without_magics(text: str) -> str:
    """Blank the lines that only a notebook understands (`%matplotlib inline`, `!pip …`)."""
    if "%" not in text and "!" not in text and "?" not in text:
        return text
    lines = text.split("\n")
    changed = False
    # How many brackets are open before each line; strings and comments are not told apart.
    open_brackets = 0
    before = ""
    in_magic = False
    for i, line in enumerate(lines):
        bare = line.lstrip()
        if in_magic:
            # A magic goes on behind a backslash, as a shell's line does.
            in_magic = bare.endswith("\\")
            lines[i] = ""
            continue
        asks = _QUESTION.fullmatch(bare) is not None
        if asks or (bare[:1] in _MAGIC_SIGNS and not _continues(before, bare, open_brackets)):
            # A statement in its place keeps an indented block whole.
            lines[i] = line[: len(line) - len(bare)] + _what_it_runs(bare)
            in_magic = bare.endswith("\\")
            changed = True
        else:
            open_brackets += sum(map(line.count, "([{")) - sum(map(line.count, ")]}"))
        before = line
    return "\n".join(lines) if changed else text


_MAGIC_SIGNS = ("%", "!", "?")
# `keras.Input?` shows what a name is documented with.
_QUESTION = re.compile(r"%{0,2}[\w.]+\?{1,2}\s*")


def _what_it_runs(bare: str) -> str:
    """The statement that a magic times, or a placeholder for any other."""
    words = bare.split(None, 1)
    if len(words) == 2 and words[0] in ("%time", "%timeit") and not words[1].startswith("-"):
        return words[1]
    return "pass"


def _continues(before: str, bare: str, open_brackets: int) -> bool:
    """Whether a line that starts with an operator continues the expression before it."""
    if before.rstrip().endswith(("\\", "(", ",", "[", "{")):
        return True
    return open_brackets > 0 and bare[:1] == "%"
