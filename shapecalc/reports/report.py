"""What a report is about: the analysed files, their models and diagnostics."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from shapecalc.diagnostics import Diagnostic, Severity
from shapecalc.graph.program import ModelRecord
from shapecalc.graph.summary import ModelSummary, summarize
from shapecalc.source import SourceFile, Span


class Covered(NamedTuple):
    """A layer as coverage counts it.

    Attributes:
        class_name: its class.
        span: where it is made.
        state: `exact`, `symbolic` or `unknown`.
    """

    class_name: str
    span: Span | None
    state: str


class ModelCoverage(NamedTuple):
    """The layers of a model that coverage counts.

    Attributes:
        origin: the imported file that makes the model as soon as it is imported, or None.
        rows: its layers.
    """

    origin: str | None
    rows: tuple[Covered, ...]


class ModelReport:
    """One model of a file.

    Attributes:
        record: where and how the program makes it, and the model itself.
        summary: its numbers.
    """

    __slots__ = ("record", "summary")

    def __init__(self, record: ModelRecord, summary: ModelSummary | None = None) -> None:
        self.record = record
        self.summary = summary or summarize(record.model)

    @property
    def coverage(self) -> ModelCoverage:
        """Its layers as coverage counts them."""
        rows = [
            Covered(row.class_name, row.span, row.state)
            for row in self.summary.layers
            if row.class_name != "InputLayer" or row.params
        ]
        if self.summary.incomplete is not None:
            rows.append(Covered(f"part of {self.summary.name}", self.record.span, "unknown"))
        return ModelCoverage(self.record.origin, tuple(rows))

    def answers_to(self, name: str) -> bool:
        """Whether `name` is its variable, its function or its own name."""
        return name in (self.record.variable, self.record.function, self.summary.name)


class FileReport:
    """What was found in one file.

    Attributes:
        path: the file, as it was named.
        source: its text, or None where it could not be read.
        models: its models, in the order in which they are made; none where only findings were
            asked for and an earlier run had them.
        coverage: the layers of each model.
        diagnostics: its findings, in order.
        unanalysed: why no model could be followed; None where one was, or where there is none.
        unreadable: whether the file is missing, no text, or no Python.
        reached: whether nobody asked for the file: another one imports it.
        unconfirmed: findings that hold unless another file imports this one; `settle` decides.
        needs: the suppression comments of other files that this one needs: file and place, or
            None where any may be.
    """

    __slots__ = (
        "coverage", "diagnostics", "models", "needs", "path", "reached", "source", "unanalysed",
        "unconfirmed", "unreadable",
    )  # fmt: skip

    def __init__(
        self,
        path: str,
        source: SourceFile | None = None,
        models: Iterable[ModelReport] = (),
        diagnostics: Iterable[Diagnostic] = (),
        *,
        coverage: Iterable[ModelCoverage] | None = None,
        unanalysed: str | None = None,
        unreadable: bool = False,
        reached: bool = False,
        unconfirmed: Iterable[Diagnostic] = (),
        needs: Iterable[tuple[str, Span | None]] = (),
    ) -> None:
        self.path = path
        self.source = source
        self.models = tuple(models)
        given = (model.coverage for model in self.models) if coverage is None else coverage
        self.coverage = tuple(given)
        self.reached = reached
        self.diagnostics = tuple(diagnostics)
        self.unanalysed = unanalysed
        self.unreadable = unreadable
        self.unconfirmed = tuple(unconfirmed)
        self.needs = tuple(needs)

    def with_findings(
        self,
        diagnostics: Iterable[Diagnostic],
        unconfirmed: Iterable[Diagnostic] = (),
        needs: Iterable[tuple[str, Span | None]] = (),
    ) -> FileReport:
        """The same report with other findings, and what has to be settled between files."""
        return FileReport(
            self.path,
            self.source,
            self.models,
            diagnostics,
            coverage=self.coverage,
            unanalysed=self.unanalysed,
            unreadable=self.unreadable,
            reached=self.reached,
            unconfirmed=unconfirmed,
            needs=needs,
        )


class KnownFinding(NamedTuple):
    """A finding that a baseline has.

    Attributes:
        path: its file, relative to the project, with `/` between its parts.
        code: the id of its code.
        fingerprint: what it is found again by.
        message: what is wrong, for who reads the baseline.
    """

    path: str
    code: str
    fingerprint: str
    message: str


class HeldBack(NamedTuple):
    """What a baseline keeps from being told.

    Attributes:
        path: the baseline.
        known: how many findings are known and not told.
        stale: what it has and is not found any more.
    """

    path: str
    known: int
    stale: tuple[KnownFinding, ...] = ()


class Report:
    """What was found in all files.

    Attributes:
        files: one report a file, in the order in which they were analysed.
        held_back: what is not told since a baseline has it; None without a baseline.
    """

    __slots__ = ("files", "held_back")

    def __init__(self, files: Iterable[FileReport] = (), held_back: HeldBack | None = None) -> None:
        self.files = tuple(files)
        self.held_back = held_back

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """The findings of all files."""
        return [d for file in self.files for d in file.diagnostics]

    @property
    def unreadable(self) -> bool:
        """Whether a file could not be read."""
        return any(file.unreadable for file in self.files)

    def count(self, severity: Severity) -> int:
        """How many findings have this severity."""
        return sum(d.severity is severity for d in self.diagnostics)


class Style:
    """How a report is to look.

    Attributes:
        color: whether to use escape sequences for colour.
        width: the columns of the terminal.
        expand_nested: whether tables list the layers of nested models.
        unsafe_fixes: whether fixes that only probably mean the same count as fixes.
        wrap: whether to break lines at the width: for people, not for programs that search them.
        quiet: whether to leave out the coverage.
        explain: tells why the findings of a code matter, as text and as Markdown with examples,
            for the formats that carry that along; None for a code without documentation.
    """

    __slots__ = ("color", "expand_nested", "explain", "quiet", "unsafe_fixes", "width", "wrap")

    def __init__(
        self,
        *,
        color: bool = False,
        width: int = 80,
        expand_nested: bool = False,
        unsafe_fixes: bool = False,
        wrap: bool = False,
        quiet: bool = False,
        explain: Callable[[str], tuple[str, str] | None] | None = None,
    ) -> None:
        self.color = color
        self.width = width
        self.expand_nested = expand_nested
        self.unsafe_fixes = unsafe_fixes
        self.wrap = wrap
        self.quiet = quiet
        self.explain = explain

    def fixes(self, diagnostic: Diagnostic) -> bool:
        """Whether `--fix` would mend a finding."""
        return diagnostic.fix is not None and (diagnostic.fix.safe or self.unsafe_fixes)

    def broken(self, text: str, indent: int, taken: int = 0) -> list[str]:
        """A text in lines that fit the width, if lines are to be broken; words stay whole.

        Args:
            text: the text.
            indent: the columns that stay free before every line but the first.
            taken: those that are taken before the first.
        """
        if not self.wrap or taken + len(text) <= self.width:
            return [text]
        import textwrap

        first, *rest = textwrap.wrap(
            "x" * taken + text, self.width, subsequent_indent=" " * indent,
            break_long_words=False, break_on_hyphens=False,
        )  # fmt: skip
        return [first[taken:], *rest]

    def paint(self, text: str, codes: str) -> str:
        """`text` in the colour that the codes of a terminal stand for."""
        return f"\x1b[{codes}m{text}\x1b[0m" if self.color and text else text


def rows_of(file: FileReport) -> Iterator[Covered]:
    """The layers of all models of a file, those that coverage counts."""
    for model in file.coverage:
        yield from model.rows
