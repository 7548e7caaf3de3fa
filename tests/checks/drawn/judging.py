"""What Keras and we say of a drawn program, and whether that agrees."""

from __future__ import annotations

import ast
import random
import traceback
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from shapecalc import check_source
from shapecalc.diagnostics import Diagnostic, Severity
from tests.checks.drawn.faults import FAULTS
from tests.checks.drawn.networks import draw_plan
from tests.checks.drawn.writing import STYLES, write
from tests.frontends import keras_run


class Drawn(NamedTuple):
    """A drawn program.

    Attributes:
        kind: what is planted in it.
        style: how it is written.
        text: its text.
    """

    kind: str
    style: str
    text: str


def draw_program(rng: random.Random, kind: str) -> Drawn:
    """Draw a network with a fault of this kind, and write it."""
    while True:
        plan = FAULTS[kind](rng, draw_plan(rng))
        if plan is not None:
            text, style = write(rng, plan)
            return Drawn(kind, style, text)


class Verdict(NamedTuple):
    """What both sides say.

    Attributes:
        program: of which program.
        refusal: what Keras raises, or None.
        lines: the lines on which a finding may be: those of the statement that raises, or of the
            layer within it, and those on which the layer is made.
        found: our findings at error level.
        crash: the exception that we ended in instead, or None.
    """

    program: Drawn
    refusal: str | None
    lines: frozenset[int]
    found: tuple[Diagnostic, ...]
    crash: str | None = None

    @property
    def agreed(self) -> bool:
        """Whether both accept the program, or both refuse it."""
        return self.crash is None and (self.refusal is None) == (not self.found)

    @property
    def on_line(self) -> bool:
        """Whether a finding is where Keras raises."""
        return any(d.span.line in self.lines for d in self.found)

    @property
    def spared(self) -> bool:
        """Whether nothing else is found that only follows."""
        return all(d.span.line in self.lines for d in self.found)


def judge(program: Drawn) -> Verdict:
    """Ask both sides."""
    outcome = keras_run.run("drawn.py", program.text, arrays=False)
    found: tuple[Diagnostic, ...] = ()
    crash = None
    try:
        found = tuple(d for d in check_source(program.text) if d.severity is Severity.ERROR)
    except Exception as error:  # noqa: BLE001 - a bug of ours is what is looked for
        place = "".join(traceback.format_tb(error.__traceback__, -3))
        crash = f"{type(error).__name__}: {error}\n{place}"
    if found and outcome.refusal is None:
        # Keras makes models that it then cannot run.
        outcome = keras_run.run("drawn.py", program.text, arrays=False, traced=True)
    lines = _lines(program.text, outcome) if outcome.refusal is not None else frozenset()
    return Verdict(program, outcome.refusal, lines, found, crash)


def _lines(text: str, outcome: keras_run.Outcome) -> frozenset[int]:
    """The lines that Keras blames."""
    tree = ast.parse(text)
    maker = set[int]()
    if outcome.maker is not None:
        calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call)]
        ends = [n.end_lineno or n.lineno for n in calls if n.lineno == outcome.maker]
        maker = {*range(outcome.maker, min(ends, default=outcome.maker) + 1)}
    if outcome.line is None:
        return frozenset(maker)
    statement = {*_statement_at(tree, outcome.line)}
    # Of a stack of layers the one at fault, not all of them.
    return frozenset(maker if maker and maker <= statement else maker | statement)


def _statement_at(tree: ast.Module, line: int) -> range:
    """The lines of the innermost statement around a line."""
    around = [
        n for n in ast.walk(tree)
        if isinstance(n, ast.stmt) and n.lineno <= line <= (n.end_lineno or n.lineno)
    ]  # fmt: skip
    statement = max(around, key=lambda n: n.lineno)
    return range(statement.lineno, (statement.end_lineno or line) + 1)


@dataclass
class Tally:
    """How often what was said, by the kind of fault."""

    rows: dict[str, Counter[str]] = field(default_factory=dict)
    verdicts: list[Verdict] = field(default_factory=list)

    def add(self, verdict: Verdict) -> None:
        """Count one."""
        row = self.rows.setdefault(verdict.program.kind, Counter())
        refused, found = verdict.refusal is not None, bool(verdict.found)
        row["drawn"] += 1
        row["refused"] += refused
        row["found"] += refused and found
        row["on its line"] += refused and verdict.on_line
        row["and alone"] += refused and verdict.on_line and verdict.spared
        row["false alarms"] += found and not refused
        row["crashes"] += verdict.crash is not None
        self.verdicts.append(verdict)

    def total(self) -> Counter[str]:
        """Of all kinds."""
        return sum(self.rows.values(), Counter())

    def table(self) -> str:
        """The counts as a table in Markdown."""
        columns = (
            "drawn",
            "refused",
            "found",
            "on its line",
            "and alone",
            "false alarms",
            "crashes",
        )
        rows = [*sorted(self.rows.items()), ("all", self.total())]
        width = max(len(kind) for kind, _ in rows)
        lines = [f"| {'planted':{width}} | {' | '.join(columns)} |"]
        lines.append(
            f"| {'-' * width} |{'|'.join(' ' + '-' * (len(c) - 1) + ': ' for c in columns)}|"
        )
        for kind, row in rows:
            cells = " | ".join(f"{row[c]:{len(c)}}" for c in columns)
            lines.append(f"| {kind:{width}} | {cells} |")
        return "\n".join(lines)


def tally(programs: Iterable[Drawn]) -> Tally:
    """Judge programs and count."""
    counted = Tally()
    for program in programs:
        counted.add(judge(program))
    return counted


__all__ = [
    "FAULTS",
    "STYLES",
    "Drawn",
    "Tally",
    "Verdict",
    "check_source",
    "draw_program",
    "judge",
    "tally",
]
