"""From text to a syntax tree, also where a notebook's magics stand in it."""

from __future__ import annotations

import ast
import re

from shapecalc.graph.program import Gap
from shapecalc.source import SourceFile, Span


class UnreadCell(ast.stmt):
    """A cell of a notebook that is no Python, among the statements of the others.

    Attributes:
        gap: why it is none, and where.
        names: the words in it that may be names.
    """

    gap: Gap
    names: tuple[str, ...]


def parse(source: SourceFile) -> ast.Module | Gap:
    """The syntax tree, or why there is none; of a notebook, one of all its cells."""
    if not source.in_cells:
        return _parse_whole(source)
    module = ast.Module([], [])
    for start, cell in source.by_cell():
        tree = _parse_whole(cell)
        if isinstance(tree, Gap):
            module.body.append(_unread(cell, tree, start))
        else:
            if start > 1:
                ast.increment_lineno(tree, start - 1)
            module.body += tree.body
    return module


def _unread(cell: SourceFile, gap: Gap, start: int) -> UnreadCell:
    statement = UnreadCell(lineno=start, col_offset=0)
    statement.gap = gap
    statement.names = tuple(dict.fromkeys(_WORD.findall(cell.text)))
    return statement


def _parse_whole(source: SourceFile) -> ast.Module | Gap:
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _parse_text(source.text)
    except SyntaxError as error:
        line, column = error.lineno or 1, error.offset or 1
        end_line = error.end_lineno or line
        end_column = error.end_offset or column
        if (end_line, end_column) <= (line, column):
            end_line, end_column = line, column + 1
        span = Span(line, max(column, 1), end_line, max(end_column, 1), source.cell)
        return Gap("syntax", error.msg, span)
    except (RecursionError, MemoryError):
        return Gap("limit", "the program is nested too deeply to be parsed", None)
    except ValueError as error:
        return Gap("syntax", str(error), None)


def _parse_text(text: str) -> ast.Module:
    """The syntax tree of a program, or of what is left of it without magics.

    Raises:
        SyntaxError: it is no Python either way.
    """
    try:
        return ast.parse(text)
    except SyntaxError:
        bare = without_magics(text)
        if bare == text:
            raise
    return ast.parse(bare)


def without_magics(text: str) -> str:
    """Blank the lines that only a notebook understands (`%matplotlib inline`, `!pip …`)."""
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
            lines[i] = before = ""
            continue
        if _is_magic(bare) and not _continues(before, bare, open_brackets):
            # A statement in its place keeps an indented block whole.
            lines[i] = line[: len(line) - len(bare)] + _what_it_runs(bare)
            in_magic = bare.endswith("\\")
            changed = True
        else:
            open_brackets += sum(map(line.count, "([{")) - sum(map(line.count, ")]}"))
        before = line
    return "\n".join(lines) if changed else text


_MAGIC_SIGNS = ("%", "!", "?")
# `Dropout??` shows what is written of it, `np.*load*?` what there is.
_ASKS_FOR_HELP = re.compile(r"%{0,2}[\w.*]+\?{1,2}\s*$")
# Commands that a notebook takes for magics without a sign: `ls data`, `pip install x`.
_COMMAND = re.compile(
    r"(?:cat|cd|conda|cp|less|ls|mkdir|more|mv|pip|pwd|rm|rmdir)(?:\s+[^\s=].*)?$"
)
_WORD = re.compile(r"[^\W\d]\w*")
# Those of `%timeit` whose value may stand apart.
_OPTIONS_WITH_A_VALUE = ("-n", "-r", "-p")


def _is_magic(bare: str) -> bool:
    """Whether a line speaks to the notebook."""
    return (
        bare[:1] in _MAGIC_SIGNS
        or _ASKS_FOR_HELP.match(bare) is not None
        or _COMMAND.match(bare) is not None
    )


def _what_it_runs(bare: str) -> str:
    """The statement that a magic times, or a placeholder for any other."""
    magic, _, rest = bare.partition(" ")
    if magic not in ("%time", "%timeit"):
        return "pass"
    rest = rest.strip()
    while rest.startswith("-"):
        option, _, rest = rest.partition(" ")
        if option in _OPTIONS_WITH_A_VALUE:
            rest = rest.lstrip().partition(" ")[2]
        rest = rest.lstrip()
    return rest or "pass"


def _continues(before: str, bare: str, open_brackets: int) -> bool:
    """Whether a line that starts with an operator continues the expression before it."""
    if before.rstrip().endswith(("\\", "(", ",", "[", "{")):
        return True
    return open_brackets > 0 and bare[:1] == "%"
