"""The options about findings that are known already: `--baseline FILE --write-baseline`."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from shapecalc.api import Projects
from shapecalc.cli.options import write
from shapecalc.configuration import Settings
from shapecalc.project import find_root
from shapecalc.reports.locations import relative_path
from shapecalc.reports.report import FileReport, KnownFinding, Report
from shapecalc.source import sanitize
from shapecalc.wording import counted

if TYPE_CHECKING:
    from shapecalc.reports.baseline import Baseline

_Command = TypeVar("_Command", bound=Callable[..., Any])
_META = "shapecalc.baseline"

# Where these are found, others may be missing: no Python, no text, a bound, nothing known.
_NOT_FOLLOWED = ("SHC101", "SHC102", "SHC104", "SHC106")


def _keep(ctx: click.Context, parameter: click.Parameter, value: Any) -> None:
    ctx.meta.setdefault(_META, {})[parameter.name] = value


def baseline_options(command: _Command) -> _Command:
    """Give a command the options that say what is known."""
    for option in (
        click.option(
            "--write-baseline", is_flag=True, expose_value=False, callback=_keep,
            help="Take all that is found now into the baseline.",
        ),
        click.option(
            "--no-baseline", is_flag=True, expose_value=False, callback=_keep,
            help="Tell what is known as well.",
        ),
        click.option(
            "--baseline", metavar="FILE", expose_value=False, callback=_keep,
            help="Do not tell again what this file has.",
        ),
    ):  # fmt: skip
        command = option(command)
    return command


def wants_to_write(ctx: click.Context) -> bool:
    """Whether the baseline is to be written."""
    return bool(ctx.meta[_META]["write_baseline"])


def known_before(ctx: click.Context, settings: Settings) -> Baseline | None:
    """The baseline that the command line or the project names; an empty one if it is to be made.

    Raises:
        click.UsageError: it cannot be read, or there is none to write.
    """
    given = ctx.meta[_META]
    named = given["baseline"]
    if named is None and settings.baseline is not None:
        named = relative_path(settings.baseline) or settings.baseline
    if given["no_baseline"]:
        if given["write_baseline"] or given["baseline"]:
            raise click.UsageError("--no-baseline goes with no other option about the baseline")
        return None
    if named is None:
        if given["write_baseline"]:
            raise click.UsageError(
                "--write-baseline needs --baseline FILE, or `baseline` in the settings"
            )
        return None
    from shapecalc.reports.baseline import Baseline, WrongBaseline, read_baseline

    folder = find_root(named)
    try:
        return read_baseline(named, folder)
    except FileNotFoundError:
        if given["write_baseline"]:
            return Baseline(named, folder)
        raise click.UsageError(
            f"there is no baseline {sanitize(named)}; --write-baseline makes it"
        ) from None
    except WrongBaseline as error:
        raise click.UsageError(f"baseline {sanitize(named)}: {error}") from None


def write_known(baseline: Baseline, report: Report, stale: Staleness) -> Baseline:
    """Write what is found into the baseline's file, and say so on stderr.

    Raises:
        click.UsageError: it cannot be written.
    """
    renewed = baseline.renewed(report, stale)
    write(renewed.text(), renewed.path)
    findings = counted(len(renewed.findings), "finding")
    click.echo(f"wrote {findings} to {sanitize(renewed.path)}", err=True)
    return renewed


def _is_followed(file: FileReport) -> bool:
    return not file.unreadable and not any(d.code.id in _NOT_FOLLOWED for d in file.diagnostics)


class Staleness:
    """Says of a known finding that was not found whether it would have been, were it there.

    Args:
        report: what the run found, before any selection of codes.
        folder: what the paths of known findings are relative to.
        projects: the projects of the files.
        paths: what the command line names: one model of a file is not the whole of it.
        codes: the codes that the command line selects; None for all.
        budgeted: whether models have a budget.
    """

    def __init__(
        self,
        report: Report,
        folder: str,
        projects: Projects,
        paths: Sequence[str],
        codes: frozenset[str] | None,
        *,
        budgeted: bool,
    ) -> None:
        parts = {os.path.realpath(p.rpartition("::")[0]) for p in paths if "::" in p}
        followed = (f.path for f in report.files if not f.reached and _is_followed(f))
        self._whole = frozenset(map(os.path.realpath, followed)) - parts
        self._folder = folder
        self._projects = projects
        self._codes = codes
        self._budgeted = budgeted
        self._decided: dict[str, bool] = {}

    def __call__(self, finding: KnownFinding) -> bool:
        """Whether the finding is gone."""
        if self._codes is not None and finding.code not in self._codes:
            return False
        if finding.code.startswith("SHC5") and not self._budgeted:
            return False
        decided = self._decided.get(finding.path)
        if decided is None:
            decided = self._decided[finding.path] = self._is_known_whole(finding.path)
        return decided

    def _is_known_whole(self, path: str) -> bool:
        """Whether all that there is to find in a file was looked for."""
        path = os.path.join(self._folder, path)
        if not os.path.lexists(path):
            return True
        return os.path.realpath(path) in self._whole and not self._projects.may_import(
            path, self._whole
        )
