"""`shapecalc summary`: the table of a model."""

from __future__ import annotations

import click

from shapecalc.cli.options import (
    debug_option,
    exit_code,
    no_color_option,
    output_option,
    read_targets,
    root_option,
    stdin_option,
    style_for,
    warn_if_empty,
    write,
)
from shapecalc.cli.values import set_option
from shapecalc.reports.formats import SUMMARY_FORMATS, render
from shapecalc.reports.report import Report, Style


@click.command()
@click.argument("paths", nargs=-1, metavar="PATH...", required=True)
@click.option(
    "--format", "format_", type=click.Choice(list(SUMMARY_FORMATS)), default="table",
    show_default=True, help="How models are printed.",
)  # fmt: skip
@click.option("--expand-nested", is_flag=True, help="List the layers of nested models as well.")
@set_option
@root_option
@stdin_option
@output_option
@no_color_option
@debug_option
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    format_: str,
    expand_nested: bool,
    values: dict[str, object],
    root: str | None,
    stdin_filename: str,
    output_file: str | None,
    no_color: bool,
) -> None:
    """Show each layer's output shape, params, connections and MACs.

    PATH is a Python file or a notebook, a folder that is searched for Python files,
    `file.py::name` for one model (by its variable or by the function that makes it), or `-` for
    the standard input.
    """
    report = read_targets(paths, stdin_filename, root, values)
    warn_if_empty(report)
    style = style_for(no_color, output_file, expand_nested)
    write(render(SUMMARY_FORMATS[format_], report, style), output_file)
    if format_ == "csv":
        _tell_apart(report)
    ctx.exit(exit_code(report))


def _tell_apart(report: Report) -> None:
    """Findings and coverage on stderr, where they do not mix with the values."""
    from shapecalc.reports.check.concise import render as concise

    click.echo(concise(report, Style()), err=True, nl=False)
