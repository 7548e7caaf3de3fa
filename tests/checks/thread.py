"""Bugs that people asked about in public, rebuilt as programs of our own with their fixes.

`threads/name.py` is the bug, `threads/name_fixed.py` the same program put right. The first line
names the thread, the second the kind of fault; comments say what is to be found, in the language
of `tests/frontends/cases`. A bug that is not found has a line `# missed: why` in its head; one that
Keras says nothing of where others raise an error, `# silent: why`.

`python -m tests.checks.thread` prints by kind how many are found.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from shapecalc.checks.catalogue import find_check
from shapecalc.diagnostics import Severity
from tests.frontends.expectations import CaseFile, Observed, load, mismatches
from tests.frontends.reading import observe

FOLDER = Path(__file__).parent / "threads"
KINDS = ("shape", "contract", "architecture")
_SILENT = re.compile(r"^# silent: ", re.MULTILINE)
_MISSED = re.compile(r"^# missed: (.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Thread:
    """One bug and its fix.

    Attributes:
        title: the thread and what it is about.
        kind: what is wrong: a shape, the training contract, or the architecture.
        broken: the bug.
        fixed: the program put right.
        missed: why it is not found, or None.
    """

    title: str
    kind: str
    broken: CaseFile
    fixed: CaseFile
    missed: str | None

    @property
    def id(self) -> str:
        """The name of the file."""
        return self.broken.path.stem

    @property
    def refused_line(self) -> int | None:
        """The line on which Keras raises; None where it trains a model that learns nothing."""
        if _SILENT.search(self.broken.text):
            return None
        codes = [(e.line, e.finding.code) for e in self.broken.expected if e.finding]
        lines = [line for line, code in codes if find_check(code).code.severity is Severity.ERROR]
        return self.broken.keras_raises or (lines[0] if lines else None)


def all_threads() -> list[Thread]:
    """Every bug, by name."""
    broken = [p for p in sorted(FOLDER.glob("*.py")) if not p.stem.endswith("_fixed")]
    return [_load(path) for path in broken]


def _load(path: Path) -> Thread:
    case, fixed = load(path), load(path.with_name(f"{path.stem}_fixed.py"))
    first, second, *_ = case.text.splitlines()
    kind = second.removeprefix("# kind: ")
    assert kind in KINDS, path
    missed = _MISSED.search(case.text)
    return Thread(first.removeprefix("# "), kind, case, fixed, missed and missed[1])


def found_in(case: CaseFile) -> Observed:
    """What we find in a program; its layers and models are held to Keras elsewhere."""
    return Observed(findings=observe(case.path.name, case.text).findings)


def table(threads: list[Thread]) -> str:
    """By kind, how many bugs are found, and how many fixes have findings."""
    counts = {kind: Counter[str]() for kind in KINDS}
    for thread in threads:
        row = counts[thread.kind]
        row["threads"] += 1
        expected = bool(thread.broken.expected)
        row["found"] += expected and not mismatches(thread.broken.expected, found_in(thread.broken))
        row["false alarms"] += bool(found_in(thread.fixed).findings)
    lines = ["| kind | threads | found | missed | false alarms |"]
    lines.append("| --- | ---: | ---: | ---: | ---: |")
    for kind, row in counts.items():
        missed = row["threads"] - row["found"]
        cells = f"{row['threads']} | {row['found']} | {missed} | {row['false alarms']}"
        lines.append(f"| {kind} | {cells} |")
    for thread in threads:
        codes = ", ".join(e.finding.code for e in thread.broken.expected if e.finding)
        said = f"missed ({thread.missed})" if thread.missed else codes
        lines.append(f"{said}: {thread.title}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(table(all_threads()) + "\n")
