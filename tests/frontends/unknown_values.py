"""Programs in which something becomes unknown: what is said of them must hold for the original.

A value of a valid program is replaced by one of a library that is not there, or a statement put
under a condition or into a loop of which nothing is known. The original is one of the programs that
this may stand for. So nothing that is said without a condition may be false of the original: there
is no error, and a number that is called exact is the original's number.

    python -m tests.frontends.unknown_values --per-program 50 --seed 7

draws more of them than the tests do.
"""

from __future__ import annotations

import argparse
import ast
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from shapecalc.checks.diagnosis import diagnose
from shapecalc.diagnostics import Severity
from shapecalc.dims import Dim, substitute, variables
from shapecalc.frontends.python import read
from shapecalc.graph.program import Program
from shapecalc.graph.summary import summarize
from shapecalc.source import SourceFile
from tests.frontends.expectations import CASES

VALUE = "foreign.value"
# A value, the result of a call, an item: each is unknown in a way of its own.
VALUES = (VALUE, "foreign.make()", "foreign.items[0]")
BLOCKS = ("if foreign.flag:", "for _ in range(foreign.count):", "while foreign.more():")
IMPORT = "import foreign\n"


class Change(NamedTuple):
    """A change of a program's text.

    Attributes:
        line, begin, end: what it replaces, in bytes of a line.
        text: by what.
        value: what stood there, if it is a literal.
    """

    line: int
    begin: int
    end: int
    text: str
    value: object = None

    def applied_to(self, program: str) -> str:
        """The changed program; the import that it needs stands before it."""
        lines = program.encode().split(b"\n")
        line = lines[self.line - 1]
        lines[self.line - 1] = line[: self.begin] + self.text.encode() + line[self.end :]
        return IMPORT + b"\n".join(lines).decode()


class Said(NamedTuple):
    """What is said of a program without a condition.

    Attributes:
        faults: the lines of errors.
        totals: by the line of a model, the params of each that is made there; None where they are
            not exact, or there are more of them than could be followed.
    """

    faults: frozenset[int]
    totals: dict[int, list[Dim | None]]


def changes_of(program: str) -> list[Change]:
    """All changes that make one thing in a program unknown."""
    if not _parses(program):
        return []  # A notebook's text, with commands of its shell.
    tree = ast.parse(program)
    found = [*_values(tree), *_statements(program, tree)]
    return [change for change in found if _parses(change.applied_to(program))]


def _parses(program: str) -> bool:
    """Whether a text is a program."""
    try:
        ast.parse(program)
    except SyntaxError:
        return False
    return True


def _values(tree: ast.Module) -> Iterator[Change]:
    left = set(map(id, _no_values(tree)))
    for node in ast.walk(tree):
        if not isinstance(node, (ast.Constant, ast.Tuple, ast.List)) or id(node) in left:
            continue
        if node.lineno != node.end_lineno or isinstance(getattr(node, "ctx", None), ast.Store):
            continue
        assert node.end_col_offset is not None
        value = node.value if isinstance(node, ast.Constant) else None
        if isinstance(value, str) and value.startswith(_QUANTIZED):
            continue
        for text in VALUES:
            yield Change(node.lineno, node.col_offset, node.end_col_offset, text, value)


# A dtype that is not known is taken for one of numbers as they are.
_QUANTIZED = ("int8_from", "int4_from", "float8_from")


def _no_values(tree: ast.Module) -> Iterator[ast.AST]:
    """Nodes that look like values: documentation, pieces of formatted texts, patterns."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.JoinedStr, ast.pattern)):
            yield from ast.walk(node)
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value


def _statements(program: str, tree: ast.Module) -> Iterator[Change]:
    lines = program.encode().split(b"\n")
    for node in ast.walk(tree):
        if not isinstance(node, (ast.Expr, ast.Assign, ast.AugAssign)):
            continue
        line = lines[node.lineno - 1]
        alone = not line[: node.col_offset].strip() and node.lineno == node.end_lineno
        # A model that a block may make or not stands for no model of the original.
        if alone and not isinstance(getattr(node, "value", None), ast.Constant):
            for head in BLOCKS:
                yield Change(node.lineno, node.col_offset, node.col_offset, f"{head} ")


def say(program: str) -> Said:
    """Read a program."""
    found = read(SourceFile("program.py", program))
    return Said(frozenset(_faults(found)), _totals(found))


def _faults(program: Program) -> Iterator[int]:
    for diagnostic in diagnose(program):
        if diagnostic.severity is Severity.ERROR and diagnostic.condition is None:
            yield diagnostic.span.line


def _totals(program: Program) -> dict[int, list[Dim | None]]:
    totals: dict[int, list[Dim | None]] = {}
    cut = any(gap.kind == "limit" for gap in program.gaps)
    for record in program.models:
        params = summarize(record.model).params
        line = totals.setdefault(record.span.line, [])
        line.append(params.total if params.exact else None)
        if cut and record.condition is not None:
            line.append(None)
    return totals


def contradictions(original: Said, changed: Said, change: Change) -> list[str]:
    """What is said of a changed program that is false of the original."""
    shift = IMPORT.count("\n")
    found = [
        f"line {line - shift}: an error"
        for line in sorted(changed.faults)
        if line - shift not in original.faults
    ]
    for line, totals in changed.totals.items():
        found.extend(
            f"line {line - shift}: {total} params are {totals}"
            for total in original.totals.get(line - shift, ())
            if total is not None and not any(_may_be(t, total, change.value) for t in totals)
        )
    return found


def _may_be(found: Dim | None, total: Dim, value: object) -> bool:
    """Whether a total may be the original's; None and formulas leave it open."""
    if found is None or found == total:
        return True
    if isinstance(found, int):
        return False
    names = {variable.name for variable in variables(found)}
    if names != {VALUE} or type(value) is not int or value < 1:
        return True
    return substitute(found, dict.fromkeys(variables(found), value)) == total


def drawn(program: str, count: int, seed: int) -> list[Change]:
    """Some of the changes of a program, the same for one seed."""
    changes = changes_of(program)
    return random.Random(seed).sample(changes, min(count, len(changes)))


def main() -> None:
    """Draw changes of all valid programs, and print what they contradict."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--per-program", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("paths", nargs="*", type=Path, default=sorted(CASES.glob("valid/*.py")))
    given = parser.parse_args()
    tried = wrong = 0
    for path in given.paths:
        text = path.read_text()
        original = say(text)
        for change in drawn(text, given.per_program, given.seed):
            tried += 1
            for words in contradictions(original, say(change.applied_to(text)), change):
                wrong += 1
                sys.stdout.write(f"{path.name}:{change.line}: {change.text!r}: {words}\n")
    sys.stdout.write(f"{tried} changes, {wrong} contradictions\n")


if __name__ == "__main__":
    main()
