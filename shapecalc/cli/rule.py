"""`shapecalc rule`: what a code means, from the check itself."""

from __future__ import annotations

import click

from shapecalc.cli.options import debug_option
from shapecalc.diagnostics import UnknownCode


@click.command()
@click.argument("code", required=False, metavar="CODE")
@click.option("--all", "every", is_flag=True, help="Explain every code.")
@debug_option
def command(code: str | None, every: bool) -> None:
    """Explain a code such as SHC201.

    CODE is a code or its name. Without one, all codes are listed.
    """
    from shapecalc.checks.catalogue import all_checks, find_check
    from shapecalc.checks.documentation import explanation

    if every:
        click.echo("\n".join(explanation(check) for check in all_checks()), nl=False)
    elif code is None:
        for check in all_checks():
            click.echo(f"{check.code.id}  {check.code.name:<26} {check.code.summary}")
    else:
        try:
            click.echo(explanation(find_check(code)), nl=False)
        except UnknownCode as error:
            raise click.UsageError(str(error)) from None
