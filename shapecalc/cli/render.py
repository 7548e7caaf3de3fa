"""`shapecalc render`: a picture of models."""

from __future__ import annotations

import os
import sys

import click

from shapecalc.cli.options import (
    EXIT_UNREADABLE,
    debug_option,
    read_targets,
    root_option,
    stdin_option,
    write,
)
from shapecalc.cli.values import set_option
from shapecalc.graph.model import Network
from shapecalc.reports.check.concise import render as concise
from shapecalc.reports.report import Report, Style
from shapecalc.source import sanitize

# As in `shapecalc.render.picture`, which the help text needs no import for.
_FORMATS = ("svg", "png", "pdf", "dot")


@click.command()
@click.argument("path", metavar="PATH")
@click.option("-o", "--output-file", metavar="FILE", help="Where to, such as model.svg; `-` is the "
              "standard output.")  # fmt: skip
@click.option("--format", "format_", type=click.Choice(_FORMATS),
              help="The kind of picture; else the ending of FILE says so.")  # fmt: skip
@click.option("--show-shapes", is_flag=True, help="Show the input and output shapes.")
@click.option("--show-layer-names", is_flag=True, help="Show the names of the layers.")
@click.option("--show-params", is_flag=True, help="Show how many params each layer has.")
@click.option("--expand-nested", is_flag=True, help="Draw the layers of nested models in a frame.")
@click.option("--rankdir", type=click.Choice(["TB", "LR", "BT", "RL"]), default="TB",
              show_default=True, help="Which way the arrows run.")  # fmt: skip
@click.option("--dpi", type=click.IntRange(10, 1200), default=150, show_default=True,
              help="The resolution of a PNG.")  # fmt: skip
@set_option
@root_option
@stdin_option
@debug_option
def command(
    path: str,
    output_file: str | None,
    format_: str | None,
    values: dict[str, object],
    root: str | None,
    stdin_filename: str,
    **shown: object,
) -> None:
    """Draw a model as SVG, PNG, PDF or DOT.

    PATH is a Python file or a notebook, `file.py::name` for one model (by its variable or by the
    function that makes it), or `-` for the standard input. Without -o the graph is printed as DOT.
    """
    kind = format_ or _ending(output_file)
    to_stdout = output_file in (None, "-")
    if to_stdout and kind != "dot" and sys.stdout.isatty():
        raise click.UsageError(f"a {kind} would upset the terminal; name a file with -o")
    report = read_targets((path,), stdin_filename, root, values)
    if not any(file.models for file in report.files):
        click.echo(concise(report, Style()), err=True, nl=False)
        sys.exit(EXIT_UNREADABLE)
    picture = _draw(report, kind, shown)
    write(picture, None if to_stdout else output_file)


def _draw(report: Report, kind: str, shown: dict[str, object]) -> bytes:
    from shapecalc.render.dot import Options, to_dot
    from shapecalc.render.picture import EngineFailed, NoEngine, draw

    options = Options(
        shapes=bool(shown["show_shapes"]),
        names=bool(shown["show_layer_names"]),
        params=bool(shown["show_params"]),
        expand_nested=bool(shown["expand_nested"]),
        rankdir=str(shown["rankdir"]),
        dpi=int(str(shown["dpi"])) if kind == "png" else None,
    )
    try:
        return draw(to_dot(_outermost(report), options), kind)
    except (NoEngine, EngineFailed) as error:
        raise click.UsageError(str(error)) from None


def _outermost(report: Report) -> list[Network]:
    """The models that are no part of another one, which is drawn already."""
    models = [m.record.model for file in report.files for m in file.models]
    inner = {id(layer) for model in models for layer in model.layers}
    return [model for model in models if id(model) not in inner]


def _ending(output_file: str | None) -> str:
    """The kind of picture that a file name asks for."""
    if output_file in (None, "-"):
        return "dot"
    ending = os.path.splitext(str(output_file))[1].lower().removeprefix(".")
    ending = {"gv": "dot"}.get(ending, ending)
    if ending not in _FORMATS:
        raise click.UsageError(
            f"{sanitize(str(output_file))} does not say what to draw: end it in "
            f"{', '.join('.' + kind for kind in _FORMATS)}, or give --format"
        )
    return ending
