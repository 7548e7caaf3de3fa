"""`shapecalc check`: the diagnostics of files."""

from __future__ import annotations

import click

from shapecalc.cli.options import (
    debug_option,
    exit_code,
    no_color_option,
    output_option,
    read_targets,
    stdin_option,
    style_for,
    warn_if_empty,
    write,
)
from shapecalc.reports.formats import CHECK_FORMATS, render
from shapecalc.reports.report import FileReport, Report


@click.command()
@click.argument("paths", nargs=-1, metavar="PATH...", required=True)
@click.option(
    "--output-format", type=click.Choice(list(CHECK_FORMATS)), default="full", show_default=True,
    help="How findings are printed.",
)  # fmt: skip
@click.option(
    "--select", metavar="CODES", multiple=True,
    help="Only these: codes, names or beginnings of codes (SHC2), parted by commas.",
)  # fmt: skip
@click.option("--ignore", metavar="CODES", multiple=True, help="Leave these out.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even if there are findings.")
@click.option("--statistics", is_flag=True, help="Print how often each code was found.")
@click.option("-q", "--quiet", is_flag=True, help="Print findings only, without the coverage.")
@stdin_option
@output_option
@no_color_option
@debug_option
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    output_format: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    exit_zero: bool,
    statistics: bool,
    quiet: bool,
    stdin_filename: str,
    output_file: str | None,
    no_color: bool,
) -> None:
    """Find layers that do not fit, and name the line.

    PATH is a Python file, a folder that is searched for them, `file.py::name` for one model or
    function, or `-` for the standard input.
    """
    chosen = _chosen(select, ignore)
    report = read_targets(paths, stdin_filename)
    warn_if_empty(report)
    if chosen is not None:
        report = Report(_with_codes(file, chosen) for file in report.files)
    if statistics:
        text = _statistics(report)
    else:
        text = render(CHECK_FORMATS[output_format], report, style_for(no_color, output_file))
        if quiet and output_format in ("full", "concise", "github"):
            text = _without_coverage(text, report)
    write(text, output_file)
    ctx.exit(exit_code(report, exit_zero))


def _chosen(select: tuple[str, ...], ignore: tuple[str, ...]) -> frozenset[str] | None:
    """The ids to keep, or None for all."""
    if not select and not ignore:
        return None
    from shapecalc.checks.catalogue import matching_codes
    from shapecalc.diagnostics import UnknownCode

    try:
        kept = matching_codes(_split(select) or ["ALL"])
        return kept - matching_codes(_split(ignore))
    except UnknownCode as error:
        raise click.UsageError(str(error)) from None


def _split(entries: tuple[str, ...]) -> list[str]:
    return [word for entry in entries for word in entry.split(",") if word.strip()]


def _with_codes(file: FileReport, chosen: frozenset[str]) -> FileReport:
    kept = [d for d in file.diagnostics if d.code.id in chosen]
    return FileReport(
        file.path, file.source, file.models, kept,
        unanalysed=file.unanalysed, unreadable=file.unreadable,
    )  # fmt: skip


def _statistics(report: Report) -> str:
    from shapecalc.reports.coverage import coverage_lines

    counts: dict[tuple[str, str], int] = {}
    for diagnostic in report.diagnostics:
        key = (diagnostic.code.id, diagnostic.code.name)
        counts[key] = counts.get(key, 0) + 1
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    width = len(str(ranked[0][1])) if ranked else 0
    lines = [f"{count:>{width}}  {id}  {name}" for (id, name), count in ranked]
    return "\n".join([*lines, *coverage_lines(report)]) + "\n"


def _without_coverage(text: str, report: Report) -> str:
    from shapecalc.reports.coverage import coverage_lines

    return text.removesuffix("\n".join(coverage_lines(report)) + "\n")
