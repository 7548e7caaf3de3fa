"""`shapecalc rule`: what a code means, from the check itself."""

from __future__ import annotations

import click

from shapecalc.cli.options import debug_option, write
from shapecalc.diagnostics import UnknownCode


@click.command()
@click.argument("code", required=False, metavar="[CODE]")
@click.option("--all", "every", is_flag=True, help="Explain every code.")
@debug_option
def command(code: str | None, every: bool) -> None:
    """Explain a code such as SHC201.

    CODE is a code or its name. Without one, all codes are listed.
    """
    from shapecalc.checks.catalogue import all_checks, find_check
    from shapecalc.checks.documentation import explanation

    if every:
        write("\n".join(explanation(check) for check in all_checks()), None)
    elif code is None:
        codes = [check.code for check in all_checks()]
        width = max(len(code.name) for code in codes)
        write("".join(f"{c.id}  {c.name:<{width}}  {c.summary}\n" for c in codes), None)
    else:
        try:
            write(explanation(find_check(code)), None)
        except UnknownCode as error:
            raise click.UsageError(str(error)) from None
