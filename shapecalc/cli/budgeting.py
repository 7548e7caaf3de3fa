"""The options that limit what a model may have: `--max-params 4.3M`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from shapecalc.graph.budget import Budget

_Command = TypeVar("_Command", bound=Callable[..., Any])

# The quantities of `shapecalc.graph.budget`, which a command without a budget does not load.
_OPTIONS = {
    "params": ("AMOUNT", "The most params that a model may have, such as 4.3M, or none."),
    "trainable-params": ("AMOUNT", "The most that are trained."),
    "macs": ("AMOUNT", "The most multiply-accumulates for one sample, such as 600M."),
    "connections": ("AMOUNT", "The most connections."),
    "weight-memory": ("BYTES", "The most memory of weights, such as 64MB or 64MiB."),
    "activation-memory": ("BYTES", "The most memory of the tensors of one sample."),
    "peak-memory": ("BYTES", "The most memory of the tensors alive at once."),
}


_META = "shapecalc.budget"


def _read(ctx: click.Context, parameter: click.Parameter, text: str | None) -> None:
    """Keep an amount that the command line gives for `limited`."""
    if text is None:
        return
    from shapecalc.graph.budget import parse_limit

    quantity = (parameter.name or "").removeprefix("max_").replace("_", "-")
    try:
        ctx.meta.setdefault(_META, {})[quantity] = parse_limit(quantity, text)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


def budget_options(command: _Command) -> _Command:
    """Give a command one option for each quantity."""
    for quantity, (metavar, text) in reversed(_OPTIONS.items()):
        option = click.option(
            f"--max-{quantity}", metavar=metavar, help=text, expose_value=False, callback=_read
        )
        command = option(command)
    return command


def limited(budget: Budget | None, ctx: click.Context) -> Budget | None:
    """A project's budget with what the command line says of all models, which comes first.

    What the project says of one model comes before both.
    """
    given: dict[str, int | None] = ctx.meta.get(_META, {})
    if not given:
        return budget
    from shapecalc.graph.budget import Budget

    limits = {**budget.limits, **given} if budget is not None else given
    return Budget(limits, budget.models if budget is not None else {})
