"""The options that limit what a model may have: `--max-params 4.3M`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from shapecalc.graph.budget import Budget

_Command = TypeVar("_Command", bound=Callable[..., Any])

# The quantities of `shapecalc.graph.budget`, which a command without a budget does not load.
_OPTIONS = {
    "params": ("AMOUNT", "The most params that a model may have, such as 4.3M."),
    "trainable-params": ("AMOUNT", "The most that are trained."),
    "macs": ("AMOUNT", "The most multiply-accumulates for one sample, such as 600M."),
    "connections": ("AMOUNT", "The most connections."),
    "weight-memory": ("BYTES", "The most memory of weights, such as 64MB or 64MiB."),
    "activation-memory": ("BYTES", "The most memory of the tensors of one sample."),
    "peak-memory": ("BYTES", "The most memory of the tensors alive at once."),
}


def budget_options(command: _Command) -> _Command:
    """Give a command one option for each quantity."""
    for quantity, (metavar, text) in reversed(_OPTIONS.items()):
        command = click.option(f"--max-{quantity}", metavar=metavar, help=text)(command)
    return command


def limited(budget: Budget | None, options: Mapping[str, str | None]) -> Budget | None:
    """A project's budget with what the command line says, which comes first.

    Raises:
        click.BadParameter: an option is no amount.
    """
    given = {word: text for word, text in options.items() if text is not None}
    if not given:
        return budget
    from shapecalc.graph.budget import Budget, parse_amount

    limits = dict(budget.limits) if budget is not None else {}
    for word, text in given.items():
        quantity = word.removeprefix("max_").replace("_", "-")
        try:
            limits[quantity] = parse_amount(quantity, text)
        except ValueError as error:
            raise click.BadParameter(str(error), param_hint=f"--max-{quantity}") from None
    return Budget(limits, budget.models if budget is not None else {})
