"""`shapecalc check`: the diagnostics of files."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import click

from shapecalc.api import Projects, gather
from shapecalc.cli.baselining import (
    Staleness,
    baseline_options,
    known_before,
    wants_to_write,
    write_known,
)
from shapecalc.cli.budgeting import budget_options, limited
from shapecalc.cli.options import (
    analyze_named,
    debug_option,
    exit_code,
    no_color_option,
    output_option,
    root_option,
    settings_for,
    stdin_option,
    style_for,
    warn_if_empty,
    write,
)
from shapecalc.cli.values import set_option, with_values
from shapecalc.configuration import SEVERITIES, Settings, apply_settings
from shapecalc.diagnostics import UnknownCode
from shapecalc.discovery import find_targets
from shapecalc.reports.formats import CHECK_FORMATS, STATISTICS_FORMATS, render
from shapecalc.reports.report import Report, Style
from shapecalc.source import SourceFile

if TYPE_CHECKING:
    from shapecalc.reports.baseline import Baseline


@click.command()
@click.argument("paths", nargs=-1, metavar="PATH...", required=True)
@click.option(
    "--output-format", type=click.Choice(list(CHECK_FORMATS)),
    help="How findings are printed; full if nothing says otherwise.",
)  # fmt: skip
@click.option(
    "--select", metavar="CODES", multiple=True,
    help="Only these: codes, names or beginnings of codes (SHC2), parted by commas.",
)  # fmt: skip
@click.option("--ignore", metavar="CODES", multiple=True, help="Leave these out.")
@click.option(
    "--fail-on", type=click.Choice(SEVERITIES[::-1]),
    help="Exit with 1 from which severity on; error if nothing says otherwise.",
)  # fmt: skip
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even if there are findings.")
@click.option("--statistics", is_flag=True, help="Print how often each code was found.")
@click.option("-q", "--quiet", is_flag=True, help="Print findings only, without the coverage.")
@baseline_options
@budget_options
@click.option(
    "-j", "--jobs", type=click.IntRange(min=1), metavar="N",
    help="How many processes to use; all processors if there are many files.",
)  # fmt: skip
@click.option(
    "--fix", is_flag=True, help="Mend what can be mended safely; notebooks are left alone."
)
@click.option("--unsafe-fixes", is_flag=True, help="Take fixes that are only probably meant.")
@click.option("--diff", is_flag=True, help="Print what --fix would change, and change nothing.")
@set_option
@click.option("--no-cache", is_flag=True, help="Neither use nor keep earlier results.")
@root_option
@stdin_option
@output_option
@no_color_option
@debug_option
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    output_format: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str | None,
    exit_zero: bool,
    statistics: bool,
    quiet: bool,
    jobs: int | None,
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
    values: dict[str, object],
    no_cache: bool,
    root: str | None,
    stdin_filename: str,
    output_file: str | None,
    no_color: bool,
) -> None:
    """Find layers that do not fit, and name the line.

    PATH is a Python file or a notebook, a folder that is searched for Python files,
    `file.py::name` for one model or function, or `-` for the standard input.
    """
    settings = settings_for(paths, stdin_filename, root)
    settings = settings._replace(budget=limited(settings.budget, ctx))
    output_format = output_format or settings.output_format or "full"
    if statistics and output_format not in STATISTICS_FORMATS:
        raise click.UsageError(f"--statistics is told as {', '.join(STATISTICS_FORMATS)}")
    # Before any file is read: a code that there is not, or a wrong file, is said at once.
    _apply(Report(()), settings, select, ignore)
    known = known_before(ctx, settings)
    writing = known is not None and wants_to_write(ctx)
    if writing and (fix or diff):
        raise click.UsageError("--write-baseline takes what is found; run --fix or --diff before")
    asked = _Asked(
        paths, values, stdin_filename, settings, jobs, not no_cache, select, ignore, known, writing
    )
    report = asked.tell(None)
    if fix or diff:
        from shapecalc.cli.fixing import run_fixes

        report = run_fixes(
            report, paths, settings.root, output_file, asked.tell,
            unsafe=unsafe_fixes, only_diff=diff,
        )  # fmt: skip
    style = style_for(no_color, output_file, unsafe_fixes=unsafe_fixes, quiet=quiet)
    text = _printed(report, style, output_format, statistics=statistics)
    if fix and "-" in paths and output_file is None:
        # The mended program is what goes to the standard output.
        click.echo(text, nl=False, err=True)
    else:
        write(text, output_file)
    ctx.exit(exit_code(report, exit_zero, fail_on or settings.fail_on or "error"))


def _printed(report: Report, style: Style, output_format: str, *, statistics: bool) -> str:
    """A report in the format that is asked for; what has no place in it is said on stderr."""
    if statistics:
        from shapecalc.reports.statistics import render_statistics

        return render_statistics(report, style, output_format)
    style.explain = _explanation
    if output_format == "gitlab" and not style.quiet:
        _tell_coverage(report)
    return render(CHECK_FORMATS[output_format], report, style)


class _Asked(NamedTuple):
    """What of which files the command line and the project ask for.

    Attributes:
        paths: what is to be analysed.
        values: what is given to parameters or names.
        stdin_filename: what the standard input is called.
        settings: of the project, with the budget of the command line.
        jobs: how many processes to use, or None.
        use_cache: whether to use and keep earlier results.
        select: the codes to keep, as the command line has them.
        ignore: those to leave out.
        known: the baseline, or None.
        writing: whether it is to be written.
    """

    paths: tuple[str, ...]
    values: dict[str, object]
    stdin_filename: str
    settings: Settings
    jobs: int | None
    use_cache: bool
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    known: Baseline | None
    writing: bool

    def tell(self, report: Report | SourceFile | None) -> Report:
        """The findings that are asked for.

        Args:
            report: what was found; None to read all files, and a text to do so with this text as
                the standard input.
        """
        whole = not isinstance(report, Report)
        if not isinstance(report, Report):
            report = self._read(report)
            warn_if_empty(report)
        settings, known = self.settings, self.known
        raw, report = report, _apply(report, settings, self.select, self.ignore)
        if known is None:
            return report
        stale = Staleness(
            raw, known.folder, Projects(self.paths, settings.root), self.paths,
            _codes(self.select, self.ignore), budgeted=settings.budget is not None,
        )  # fmt: skip
        if self.writing:
            return write_known(known, report, stale).hold_back(report)
        return known.hold_back(report, stale if whole else None)

    def _read(self, piped: SourceFile | None) -> Report:
        """Analyse what the command line names; many files by what earlier runs know."""
        settings, budget = self.settings, self.settings.budget
        projects = Projects(self.paths, settings.root)
        targets = find_targets(self.paths, settings.excludes if settings.exclude else None)
        targets = with_values(targets, self.values)
        whole = all(target.name is None and target.path != "-" for target in targets)
        if len(targets) < 2 or not whole:
            name = self.stdin_filename
            named = (analyze_named(t, name, projects, budget, piped) for t in targets)
            return Report(gather(named, projects))
        from shapecalc.cli.progress import show_progress
        from shapecalc.repository import Cache, check_targets

        key = budget.key if budget is not None else ""
        cache = Cache(projects.root_of(targets[0].path), key) if self.use_cache else None
        files = check_targets(
            targets, projects, jobs=self.jobs, cache=cache, budget=budget, progress=show_progress
        )
        return Report(gather(files, projects))


def _apply(
    report: Report, settings: Settings, select: tuple[str, ...], ignore: tuple[str, ...]
) -> Report:
    try:
        return apply_settings(report, settings, _split(select), _split(ignore))
    except UnknownCode as error:
        raise click.UsageError(str(error)) from None


def _codes(select: tuple[str, ...], ignore: tuple[str, ...]) -> frozenset[str] | None:
    """The codes that the command line selects; None for all."""
    if not select and not ignore:
        return None
    from shapecalc.checks.catalogue import matching_codes

    return matching_codes(_split(select) or ["ALL"]) - matching_codes(_split(ignore))


def _split(entries: tuple[str, ...]) -> list[str]:
    return [word for entry in entries for word in entry.split(",") if word.strip()]


def _explanation(id: str) -> tuple[str, str] | None:
    """Why findings of a code matter, as text and as Markdown."""
    from shapecalc.checks.catalogue import find_check
    from shapecalc.checks.documentation import explanation

    try:
        check = find_check(id)
    except UnknownCode:
        return None
    return check.why, explanation(check)


def _tell_coverage(report: Report) -> None:
    """Say on stderr what a format has no place for: nothing found is no all-clear."""
    from shapecalc.reports.coverage import coverage_lines

    for line in coverage_lines(report):
        click.echo(line, err=True)
