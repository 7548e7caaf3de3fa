"""The pipeline on one screen: source, program, diagnostics, report."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from shapecalc.checks.diagnosis import diagnose, once_a_place, unreadable, why_not_analysed
from shapecalc.diagnostics import Diagnostic, Suppression, Suppressions
from shapecalc.discovery import Target, find_targets, is_spoken_of
from shapecalc.frontends.files import read_file
from shapecalc.frontends.python import read
from shapecalc.graph.program import Program
from shapecalc.graph.summary import summarize
from shapecalc.project import Project, Search, find_root, within
from shapecalc.reports.report import FileReport, ModelReport, Report, rows_of
from shapecalc.reports.settling import settle
from shapecalc.source import SourceFile, UnreadableSource

if TYPE_CHECKING:
    from shapecalc.graph.budget import Budget

# So many objects more than before; as they are small, that is some megabytes.
_COLLECTED_AFTER = 50_000

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]


def analyze(paths: Paths) -> Report:
    """Analyse files, and the Python files in folders; nothing of them is executed.

    Args:
        paths: one path or several. `file.py::name` stands for one model or function of a file.

    Returns:
        One report a file. A file that cannot be read has a diagnostic that says why.
    """
    single = isinstance(paths, (str, os.PathLike))
    listed = [paths] if single else paths
    named = list(map(os.fspath, listed))  # type: ignore[arg-type]
    projects = Projects(named)
    targets = find_targets(named)
    reports = (analyze_target(t, projects.search(t.path)) for t in targets)
    return Report(gather(reports, projects))


def analyze_source(text: str, filename: str = "<string>") -> FileReport:
    """Analyse the text of a Python program."""
    (report,) = gather([analyze_file(SourceFile(filename, text))], Projects())
    return report


def check_paths(paths: Paths) -> list[Diagnostic]:
    """The diagnostics of files and folders."""
    return analyze(paths).diagnostics


def check_source(text: str, filename: str = "<string>") -> list[Diagnostic]:
    """The diagnostics of the text of a Python program."""
    return list(analyze_source(text, filename).diagnostics)


class Projects:
    """The projects that files belong to, each known once.

    Args:
        paths: what the user names; a folder among them is the root of its files where nothing
            else marks one.
        root: the root of all files, where the user says so.
    """

    def __init__(self, paths: Iterable[str] = (), root: str | None = None) -> None:
        self._folders = [path for path in paths if os.path.isdir(path)]
        self._root = root
        self._roots: dict[str, str] = {}
        self._projects: dict[str, Project] = {}

    def fresh(self) -> Projects:
        """The same, before anything is known: for another process."""
        return Projects(self._folders, self._root)

    def search(self, path: str) -> Search:
        """The search for what a file imports."""
        root = self.root_of(path)
        project = self._projects.get(root)
        if project is None:
            project = self._projects[root] = Project(root)
        return project.search(path)

    def may_import(self, path: str, known: frozenset[str]) -> bool:
        """Whether a file of the project besides those that are known may import this one."""
        return os.path.isfile(path) and is_spoken_of(path, self.root_of(path), known)

    def root_of(self, path: str) -> str:
        """The root of the project that a file belongs to."""
        folder = os.path.dirname(os.path.abspath(path))
        root = self._root or self._roots.get(folder)
        if root is None:
            inside = (f for f in self._folders if within(os.path.abspath(f), folder))
            root = self._roots[folder] = find_root(path, next(inside, None))
        return root


def analyze_target(
    target: Target, search: Search | None = None, budget: Budget | None = None
) -> FileReport:
    """Analyse one file, or one model or function of it.

    Args:
        target: what.
        search: finds the project's modules that it imports; without it none is followed.
        budget: what models may have at the most.

    Raises:
        LookupError: the file has no model or function of the name that is wanted, or nothing in
            it takes the values that are given.
    """
    try:
        source = read_file(target.path)
    except UnreadableSource as error:
        return unreadable_file(error)
    return analyze_file(source, search, budget, target)


@contextmanager
def _collecting_rarely() -> Iterator[None]:
    """Let Python look for garbage less often, as a model grows and little of it becomes garbage.

    Else a quarter of the time of a model with 10,000 layers goes into looking at those it has.
    """
    before = gc.get_threshold()
    if before[0]:
        gc.set_threshold(max(before[0], _COLLECTED_AFTER), *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@_collecting_rarely()
def analyze_file(
    source: SourceFile,
    search: Search | None = None,
    budget: Budget | None = None,
    target: Target | None = None,
) -> FileReport:
    """Analyse a source file; its findings may lie in files that it imports.

    Args:
        source: its text.
        search: finds the project's modules that it imports; without it none is followed.
        budget: what models may have at the most.
        target: what is wanted of it, if that is not all.

    Raises:
        LookupError: as `analyze_target`.
    """
    given = None
    if target is not None and target.values:
        from shapecalc.frontends.python.given import Given

        given = Given(target.name, target.values)
    program = read(source, search, given)
    found = kept = diagnose(program, budget)
    commented = []
    for file in (source, *(search.read.values() if search is not None else ())):
        suppressions = Suppressions.from_source(file)
        kept, unused = suppressions.apply(kept)
        # Who has nothing but comments that are needed is not told so.
        if unused or (suppressions.comments and file is not source):
            commented.append((file, suppressions, unused))
    report = FileReport(
        source.path,
        source,
        (
            ModelReport(record, summarize(record.model, program.optimizer_of(record.model)))
            for record in program.models
        ),
        kept,
        unanalysed=why_not_analysed(program),
        unreadable=is_no_python(program),
    )
    if commented and (target is None or not (target.name or target.values)):
        report = _with_comments(report, program, found, commented, search)
    if target is None or target.name is None or program.entry is not None:
        return report
    return narrowed(report, target.name)


def _with_comments(
    report: FileReport,
    program: Program,
    found: list[Diagnostic],
    commented: list[tuple[SourceFile, Suppressions, list[Suppression]]],
    search: Search | None,
) -> FileReport:
    """A report with what there is to say of the comments that silence findings."""
    from shapecalc.checks.silencing import Commented, silencing

    states = {row.state for row in rows_of(report)}
    files = [Commented(*file) for file in commented]
    said = silencing(program, found, files, search, states=states)
    findings = sorted([*report.diagnostics, *said.findings], key=lambda d: d.sort_key)
    return report.with_findings(findings, said.unconfirmed, said.needs)


def gather(files: Iterable[FileReport], projects: Projects | None = None) -> list[FileReport]:
    """Put each finding and model in the report of the file that it is in, once.

    A file that several others import is read with each of them: what is found in it is told
    under its own path.

    Args:
        files: a report a file.
        projects: what they belong to; without it nothing is said of suppression comments that
            other files may need.
    """
    reports = settle(list(files), projects.may_import if projects is not None else None)
    places = {os.path.realpath(report.path): report.path for report in reports[::-1]}
    asked_for = frozenset(places)
    moved: dict[str, list[Diagnostic]] = {}
    gathered: list[FileReport] = []
    for report in reports:
        foreign = [d for d in report.diagnostics if d.path != report.path]
        for diagnostic in foreign:
            path = places.setdefault(os.path.realpath(diagnostic.path), diagnostic.path)
            moved.setdefault(path, []).append(diagnostic._replace(path=path))
        if foreign or any(model.origin is not None for model in report.coverage):
            others = asked_for - {os.path.realpath(report.path)}
            gathered.append(_own_part(report, others))
        else:
            gathered.append(report)
    return _with_moved(gathered, moved) if moved else gathered


def _own_part(report: FileReport, others: frozenset[str]) -> FileReport:
    """A file's own findings, and the models that no other report has."""

    def is_own(origin: str | None) -> bool:
        return origin is None or os.path.realpath(origin) not in others

    return FileReport(
        report.path,
        report.source,
        [m for m in report.models if is_own(m.record.origin)],
        [d for d in report.diagnostics if d.path == report.path],
        coverage=[c for c in report.coverage if is_own(c.origin)],
        unanalysed=report.unanalysed,
        unreadable=report.unreadable,
    )


def _with_moved(reports: list[FileReport], moved: dict[str, list[Diagnostic]]) -> list[FileReport]:
    """Reports with the findings that others made in their files, and reports for further files."""
    told: list[FileReport] = []
    for report in reports:
        more = moved.pop(report.path, [])
        told.append(_joined(report, more) if more else report)
    for path, findings in sorted(moved.items()):
        told.append(_joined(FileReport(path, reached=True), findings))
    return told


def _joined(report: FileReport, more: list[Diagnostic]) -> FileReport:
    findings = once_a_place([*report.diagnostics, *more])
    if report.source is None:
        # What is remembered of a file without findings of its own comes without its text.
        with suppress(UnreadableSource):
            report.source = read_file(report.path)
    return report.with_findings(sorted(findings, key=lambda d: d.sort_key))


def unreadable_file(error: UnreadableSource) -> FileReport:
    """The report of a file that cannot be read."""
    return FileReport(
        error.path,
        diagnostics=[unreadable(error.path, error.reason)],
        unanalysed=error.reason,
        unreadable=True,
    )


def is_no_python(program: Program) -> bool:
    """Whether a file could not be parsed; of a notebook, single cells may be no Python."""
    return not program.source.in_cells and any(gap.kind == "syntax" for gap in program.gaps)


def narrowed(report: FileReport, name: str) -> FileReport:
    """A file's report on one model or function of it.

    Raises:
        NoSuchModel: the file has none of that name.
    """
    models = [m for m in report.models if m.answers_to(name)]
    findings = [d for d in report.diagnostics if d.function == name]
    if not models and not findings and not report.unreadable:
        raise NoSuchModel(report, name)
    calls = [c.span for m in models for c in m.record.model.calls]
    spans = [s for s in (*calls, *(m.record.span for m in models)) if s is not None]
    places = {(s.path or report.path, s.line) for s in spans}
    findings = [d for d in report.diagnostics if d in findings or (d.path, d.span.line) in places]
    return FileReport(
        report.path,
        report.source,
        models,
        findings or (report.diagnostics if report.unreadable else ()),
        unanalysed=report.unanalysed,
        unreadable=report.unreadable,
    )


class NoSuchModel(LookupError):
    """A file has no model or function of the name that was asked for."""

    def __init__(self, report: FileReport, name: str) -> None:
        super().__init__(report.path, name)
        self.path = report.path
        self.name = name
        known = (w for m in report.models for w in (m.record.variable, m.record.function))
        self.names = list(dict.fromkeys(w for w in known if w is not None))

    def __str__(self) -> str:
        there = f"; there are: {', '.join(self.names)}" if self.names else ""
        return f"no model or function named {self.name!r} in {self.path}{there}"
