"""`check --fix` and `check --diff`: what becomes of the fixes of a report."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence

import click

from shapecalc.api import Projects, analyze_file
from shapecalc.cli.options import EXIT_FINDINGS, EXIT_UNREADABLE, write
from shapecalc.diagnostics import Diagnostic
from shapecalc.fixes import Mended, NotWritten, diff_of, mend, write_mended
from shapecalc.frontends.files import is_notebook
from shapecalc.reports.report import Report
from shapecalc.source import SourceFile, sanitize
from shapecalc.wording import counted

Apply = Callable[[Report | SourceFile | None], Report]


def run_fixes(
    report: Report,
    paths: Sequence[str],
    root: str | None,
    output_file: str | None,
    apply: Apply,
    *,
    unsafe: bool,
    only_diff: bool,
) -> Report:
    """Carry out the fixes of a report, or print them as a diff and end the process.

    Args:
        report: the findings.
        paths: what the command line names; `-` is mended on its way to the standard output.
        root: the root of the project, where the user says so.
        output_file: where a diff goes, instead of the terminal.
        apply: keeps the findings that are asked for; of None, of a new reading of all files; of a
            text, of what the standard input has become.
        unsafe: whether to carry out what only probably means the same.
        only_diff: whether to change nothing.

    Returns:
        What is still to be said.
    """
    mended = mend_report(report, paths, root, apply, unsafe=unsafe)
    if only_diff:
        write(diff_text(mended), output_file)
        tell_count(mended, "would fix")
        if any(m.after != m.before for m in mended):
            raise SystemExit(EXIT_FINDINGS)
        hidden = any(d.fix is not None and not d.fix.safe for d in report.diagnostics)
        only = " without --unsafe-fixes" if hidden and not unsafe else ""
        click.echo(f"nothing to fix{only}", err=True)
        raise SystemExit(0)
    if "-" not in paths:
        complete = write_all(mended)
        if not complete:
            raise SystemExit(EXIT_UNREADABLE)
        return apply(None) if mended else report
    return _pipe(report, mended, paths, apply)


def _pipe(report: Report, mended: Sequence[Mended], paths: Sequence[str], apply: Apply) -> Report:
    """Print the standard input as it is mended, and find what is left in it."""
    if len(paths) > 1:
        raise click.UsageError("--fix takes `-` alone: its output is the mended program")
    (file,) = report.files[:1]
    if file.source is None:
        return report
    if is_notebook(file.path):
        # Its text is that of its cells: printed, it would be no notebook any more.
        raise click.UsageError("--fix leaves notebooks alone")
    text = mended[0].after if mended else file.source.text
    write(text, None)
    for changed in mended:
        _tell_refused(changed)
    tell_count(mended, "fixed")
    return apply(SourceFile(file.path, text)) if mended else report


def mend_report(
    report: Report, paths: Sequence[str], root: str | None, apply: Apply, *, unsafe: bool
) -> list[Mended]:
    """The texts of a report's files with their fixes; nothing is written.

    Files that nobody named, which others import, are left alone; so are notebooks, whose
    findings have no fixes.

    Args:
        report: the findings.
        paths: what the command line names.
        root: the root of the project, where the user says so.
        apply: keeps the findings that are asked for.
        unsafe: whether to carry out what only probably means the same.
    """
    projects = Projects(paths, root)
    # What one model or function of a file has is all that may be mended there, unless the file is
    # named as a whole too.
    whole = {os.path.realpath(path) for path in paths}
    parts = {path.rpartition("::")[0] for path in paths if "::" in path}

    def find(source: SourceFile) -> list[Diagnostic]:
        if source.path in parts and os.path.realpath(source.path) not in whole:
            return []
        found = analyze_file(source, projects.fresh().search(source.path))
        return [d for d in apply(Report([found])).diagnostics if d.path == source.path]

    return [
        mend(source, found, find, unsafe=unsafe)
        for source, found in _by_file(report)
        if any(d.fix for d in found)
    ]


def _by_file(report: Report) -> list[tuple[SourceFile, list[Diagnostic]]]:
    """Each file that somebody named, once, with what was found in all parts of it."""
    files: dict[str, tuple[SourceFile, list[Diagnostic]]] = {}
    for file in report.files:
        if file.source is not None and not file.reached:
            _, found = files.setdefault(os.path.realpath(file.path), (file.source, []))
            found += file.diagnostics
    return list(files.values())


def write_all(mended: Sequence[Mended]) -> bool:
    """Write the mended files, and say on stderr what was done.

    Returns:
        Whether every file that was to be written was.
    """
    written: list[Mended] = []
    complete = True
    for file in mended:
        try:
            if file.after != file.before:
                write_mended(file)
                written.append(file)
            _tell_refused(file)
        except NotWritten as error:
            complete = False
            click.echo(f"error: not fixed: {sanitize(file.path)}: {error}", err=True)
    tell_count(written, "fixed")
    return complete


def tell_count(mended: Sequence[Mended], verb: str) -> None:
    """`fixed 3 findings in 2 files`, on stderr; nothing if there are none."""
    changed = [file for file in mended if file.after != file.before]
    count = sum(file.findings for file in changed)
    if count:
        told = f"{counted(count, 'finding')} in {counted(len(changed), 'file')}"
        click.echo(f"{verb} {told}", err=True)


def diff_text(mended: Sequence[Mended]) -> str:
    """All changes as one unified diff: as they are for `patch`, made safe for a terminal."""
    for file in mended:
        _tell_refused(file)
    text = "".join(map(diff_of, mended))
    return sanitize(text, keep="\n\t") if sys.stdout.isatty() else text


def _tell_refused(file: Mended) -> None:
    if file.refused is not None:
        click.echo(f"warning: not fixed: {sanitize(file.path)}: {file.refused}", err=True)
