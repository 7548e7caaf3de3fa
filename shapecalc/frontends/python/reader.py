"""Reading a Python program: parse it, run it abstractly, merge what the ways of it yield."""

from __future__ import annotations

import ast
import sys
import time

from shapecalc.frontends.python import calls, expressions, interpreter, matching, statements
from shapecalc.frontends.python.control import Signal
from shapecalc.frontends.python.interpreter import Interpreter, LimitReached
from shapecalc.frontends.python.values import Raised
from shapecalc.frontends.python.ways import merge
from shapecalc.graph.program import Gap, Program
from shapecalc.rules.session import new_session
from shapecalc.source import SourceFile, Span

MAX_WAYS = 12
RECURSION_LIMIT = 12_000

# The modules register how nodes are evaluated.
_HANDLERS = (calls, expressions, matching, statements)


def read(source: SourceFile) -> Program:
    """What a Python program builds.

    Args:
        source: its text; magics and shell lines of notebooks are passed over.

    Returns:
        The models, what Keras would refuse, and what could not be followed. Never raises for
        what is in the text.
    """
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, RECURSION_LIMIT))
    try:
        return _read(source)
    finally:
        sys.setrecursionlimit(limit)


def _read(source: SourceFile) -> Program:
    tree = parse(source)
    if isinstance(tree, Gap):
        program = Program(source)
        program.gaps.append(tree)
        return program
    if not may_use_keras(source.text):
        return Program(source)
    pending: list[tuple[bool, ...]] = [()]
    ways: list[Interpreter] = []
    deadline = time.thread_time() + interpreter.MAX_SECONDS
    while pending and len(ways) < MAX_WAYS and (not ways or time.thread_time() < deadline):
        run = _run(source, tree, pending.pop(), deadline)
        taken = len(run.decisions)
        decided = run.decided
        pending.extend((*decided[:i], not decided[i]) for i in range(taken, len(decided)))
        ways.append(run)
    program = merge(source, ways)
    if pending:
        program.gaps.append(
            Gap("limit", f"more than {MAX_WAYS} ways through the program; not all are followed",
                None)
        )  # fmt: skip
    return program


def may_use_keras(text: str) -> bool:
    """Whether a program can come by a layer: most files of a project can't."""
    return "keras" in text or "tensorflow" in text


def parse(source: SourceFile) -> ast.Module | Gap:
    """The syntax tree, or why there is none."""
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
        within = getattr(source, "within_cell", None)
        return Gap("syntax", error.msg, span if within is None else within(span))
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
    if "%" not in text and "!" not in text and "?" not in text:
        return text
    lines = text.split("\n")
    changed = False
    # How many brackets are open before each line; strings and comments are not told apart.
    open_brackets = 0
    before = ""
    for i, line in enumerate(lines):
        bare = line.lstrip()
        if bare[:1] in _MAGIC_SIGNS and not _continues(before, bare, open_brackets):
            # A statement in its place keeps an indented block whole.
            lines[i] = line[: len(line) - len(bare)] + "pass"
            changed = True
        else:
            open_brackets += sum(map(line.count, "([{")) - sum(map(line.count, ")]}"))
        before = line
    return "\n".join(lines) if changed else text


_MAGIC_SIGNS = ("%", "!", "?")


def _continues(before: str, bare: str, open_brackets: int) -> bool:
    """Whether a line that starts with an operator continues the expression before it."""
    if before.rstrip().endswith(("\\", "(", ",", "[", "{")):
        return True
    return open_brackets > 0 and bare[:1] == "%"


def _run(
    source: SourceFile, tree: ast.Module, decisions: tuple[bool, ...], deadline: float
) -> Interpreter:
    with new_session():
        run = Interpreter(source, decisions, deadline)
        try:
            for statement in tree.body:
                if not _run_statement(run, statement):
                    break
        except LimitReached as limit:
            run.gap("limit", str(limit))
        except RecursionError:
            run.gap("limit", "the program is nested too deeply to be followed")
        return run


def _run_statement(run: Interpreter, statement: ast.stmt) -> bool:
    """Run a statement of the module; after an exception the next one still tells something.

    Returns:
        Whether the program goes on.
    """
    try:
        run.execute([statement])
    except Raised as raised:
        if str(raised.kind) == "SystemExit":
            return False
        detail = f": {raised.value}" if isinstance(raised.value, str) else ""
        kind = getattr(raised.kind, "name", raised.kind)
        reason = f"the program stops here with {kind}{detail}"
        run.gap("unknown", reason)
        run.forget_targets(statement, reason)
    except Signal:
        run.gap("unknown", "`return`, `break` or `continue` outside a block")
    return True
