"""The option `--set NAME=VALUE`: parameters of the function that is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from shapecalc.discovery import Target
from shapecalc.source import sanitize


def _read(
    ctx: click.Context,  # noqa: ARG001 - click's signature
    parameter: click.Parameter,  # noqa: ARG001
    entries: tuple[str, ...],
) -> dict[str, object]:
    """The values by name."""
    values: dict[str, object] = {}
    if not entries:
        return values
    from shapecalc.frontends.python.literals import NoLiteral, read_literal

    for entry in entries:
        name, sign, text = entry.partition("=")
        name = name.strip()
        if not sign or not name.isidentifier():
            raise click.BadParameter(f"{sanitize(repr(entry))} is not of the form NAME=VALUE")
        if name in values:
            raise click.BadParameter(f"{name} is set twice")
        try:
            values[name] = read_literal(text)
        except NoLiteral as error:
            raise click.BadParameter(f"{name}: {sanitize(str(error))}") from None
    return values


set_option = click.option(
    "--set", "values", metavar="NAME=VALUE", multiple=True, callback=_read,
    help="Give a parameter of the function or class in `file.py::name` a value, or else a name "
    "that the file assigns to. VALUE is a literal, such as 10 or \"(224, 224, 3)\".",
)  # fmt: skip


def with_values(targets: Sequence[Target], values: Mapping[str, object]) -> list[Target]:
    """The one target with the values that are set for it.

    Raises:
        click.UsageError: there are values, and not one file that they can be meant for.
    """
    if not values:
        return list(targets)
    if len(targets) != 1:
        raise click.UsageError("--set needs one file, such as model.py::build")
    (target,) = targets
    return [Target(target.path, target.name, values)]
