"""Options and habits that the commands share."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

import click

from shapecalc.api import (
    Projects,
    analyze_file,
    analyze_target,
    gather,
    unreadable_file,
)
from shapecalc.cli.values import with_values
from shapecalc.configuration import ConfigurationError, Settings, load_settings
from shapecalc.diagnostics import Severity
from shapecalc.discovery import Target, find_targets
from shapecalc.frontends.files import as_program
from shapecalc.reports.report import FileReport, Report, Style
from shapecalc.source import SourceFile, UnreadableSource, decode_source, sanitize

if TYPE_CHECKING:
    from shapecalc.graph.budget import Budget

_Command = TypeVar("_Command", bound=Any)

EXIT_FINDINGS = 1
EXIT_UNREADABLE = 2

_debug = False


def _set_debug(ctx: click.Context, parameter: click.Parameter, value: bool) -> None:  # noqa: ARG001
    global _debug
    _debug = _debug or value


def wants_debug() -> bool:
    """Whether a bug is to show its traceback."""
    return _debug


debug_option = click.option(
    "--debug", is_flag=True, expose_value=False, is_eager=True, callback=_set_debug,
    help="On a bug of shapecalc, show where it happened.",
)  # fmt: skip

root_option = click.option(
    "--root", metavar="FOLDER", type=click.Path(exists=True, file_okay=False),
    help="Where the project begins: imports are followed within it.",
)  # fmt: skip

no_color_option = click.option(
    "--no-color", is_flag=True, help="Print without colour, also on a terminal."
)

output_option = click.option(
    "-o", "--output-file", metavar="FILE", help="Write to a file instead of the terminal."
)

stdin_option = click.option(
    "--stdin-filename", metavar="NAME", default="<stdin>", help="What `-` is called in reports."
)


def settings_for(paths: tuple[str, ...], stdin_filename: str, root: str | None) -> Settings:
    """The project's settings; what the command line says wins.

    Raises:
        click.UsageError: they cannot be understood.
    """
    named = [stdin_filename if path == "-" else path for path in paths]
    try:
        settings = load_settings(named)
    except ConfigurationError as error:
        raise click.UsageError(str(error)) from None
    return settings if root is None else settings._replace(root=root)


def read_targets(
    paths: tuple[str, ...],
    stdin_filename: str,
    root: str | None = None,
    values: Mapping[str, object] = MappingProxyType({}),
) -> Report:
    """Analyse what a command line names; `-` is the standard input.

    Raises:
        click.UsageError: a file has no model of the name that is asked for, or the project's
            settings cannot be understood.
    """
    settings = settings_for(paths, stdin_filename, root)
    projects = Projects(paths, settings.root)
    targets = find_targets(paths, settings.excludes if settings.exclude else None)
    targets = with_values(targets, values)
    named = (analyze_named(t, stdin_filename, projects) for t in targets)
    return Report(gather(named, projects))


def analyze_named(
    target: Target,
    stdin_filename: str,
    projects: Projects,
    budget: Budget | None = None,
    piped: SourceFile | None = None,
) -> FileReport:
    """Analyse one target of the command line.

    Args:
        target: what; `-` is the standard input.
        stdin_filename: what the standard input is called.
        projects: where imports are followed.
        budget: what models may have at the most.
        piped: the standard input, where it has been read before.

    Raises:
        click.UsageError: it has no model of the name that is asked for, or nothing takes the
            values that are given.
    """
    try:
        if target.path != "-":
            return analyze_target(target, projects.search(target.path), budget)
        source = piped or as_program(decode_source(stdin_filename, sys.stdin.buffer.read()))
        # What an editor pipes is a file that it has open, beside the modules it imports.
        known = os.path.isdir(os.path.dirname(os.path.abspath(stdin_filename)))
        known = known and not stdin_filename.startswith("<")
        search = projects.search(stdin_filename) if known else None
        return analyze_file(source, search, budget, target)
    except UnreadableSource as error:
        return unreadable_file(error)
    except LookupError as error:
        raise click.UsageError(sanitize(str(error))) from None


def style_for(
    no_color: bool,
    output_file: str | None,
    expand_nested: bool = False,
    *,
    unsafe_fixes: bool = False,
    quiet: bool = False,
) -> Style:
    """Colour and width as the terminal has them."""
    terminal = output_file is None and sys.stdout.isatty()
    color = terminal and not no_color and not os.environ.get("NO_COLOR")
    color = color and os.environ.get("TERM") != "dumb"
    # A log or a file is wider than the smallest terminal.
    width = 100
    if terminal or os.environ.get("COLUMNS"):
        import shutil

        width = shutil.get_terminal_size((80, 24)).columns
    return Style(
        color=color,
        width=max(width, 40),
        expand_nested=expand_nested,
        unsafe_fixes=unsafe_fixes,
        # Who searches a log wants to find a message on one line.
        wrap=terminal,
        quiet=quiet,
    )


def write(content: str | bytes, output_file: str | None) -> None:
    """Print a report or a picture, or write it to a file.

    Raises:
        click.UsageError: it cannot be written, for instance because the disk is full.
    """
    try:
        if output_file is None:
            _print(content)
        elif isinstance(content, bytes):
            with open(output_file, "wb") as picture:
                picture.write(content)
        else:
            with open(output_file, "w", encoding="utf-8", errors="backslashreplace") as file:
                file.write(content)
    except BrokenPipeError:
        raise  # click ends the process in silence: who reads has seen enough
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        name = "the standard output" if output_file is None else sanitize(output_file)
        raise click.UsageError(f"cannot write {name}: {reason}") from None


def _print(content: str | bytes) -> None:
    try:
        if isinstance(content, bytes):
            sys.stdout.buffer.write(content)
        else:
            sys.stdout.write(content)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError:
        # What is left in the buffer would fail once more when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise


def exit_code(report: Report, exit_zero: bool = False, fail_on: str = "error") -> int:
    """What the process ends with."""
    if report.unreadable:
        return EXIT_UNREADABLE
    worst = max((d.severity for d in report.diagnostics), default=None)
    fails = worst is not None and worst >= Severity(fail_on)
    return EXIT_FINDINGS if fails and not exit_zero else 0


def warn_if_empty(report: Report) -> None:
    """Say on stderr that there was nothing to do."""
    if not report.files:
        click.echo("warning: no Python file found under the given paths", err=True)
