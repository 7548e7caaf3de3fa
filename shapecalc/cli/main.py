"""The command `shapecalc`: its sub-commands, and what becomes of a bug of ours."""

from __future__ import annotations

import sys
from typing import NoReturn

import click

from shapecalc import __version__
from shapecalc.cli import EXIT_INTERRUPTED
from shapecalc.cli.options import debug_option, wants_debug
from shapecalc.wording import closest

EXIT_BUG = 101

# In the order of the help text. Each lives in a module of its name, which is imported when the
# command is asked for.
COMMANDS = {
    "check": "Find layers that do not fit, and name the line.",
    "summary": "Show each layer's output shape, params, connections and MACs.",
    "render": "Draw a model as SVG, PNG, PDF or DOT.",
    "layers": "List the layers that are supported, or explain one.",
    "rule": "Explain a code such as SHC201.",
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The commands in the order of the help text."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        module = __import__(f"shapecalc.cli.{cmd_name}", fromlist=["command"])
        command: click.Command = module.command
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; click would end an interrupted one like one that found something."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("interrupted", err=True)
            ctx.exit(EXIT_INTERRUPTED)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which one was probably meant."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            near = closest(args[0], COMMANDS)
            hint = f" Did you mean {near!r}?" if near else ""
            ctx.fail(f"No such command {args[0]!r}.{hint}")
        return super().resolve_command(ctx, args)


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 clean, 1 findings at error level, 2 usage or unreadable input, "
    "101 a bug of shapecalc.",
)
@click.version_option(__version__, "-V", "--version", prog_name="shapecalc")
@debug_option
def cli() -> None:
    """Know every shape, parameter and connection of a Keras model before it runs.

    The source is read, never executed, and no framework is needed.
    """


def run(args: list[str] | None = None) -> NoReturn:
    """Run the command line and end the process."""
    for stream in (sys.stdout, sys.stderr):
        # Our arrows must not stop a report on a terminal that cannot show them.
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
    try:
        cli.main(args, prog_name="shapecalc")
    except Exception as error:
        if wants_debug():
            raise
        kind = type(error).__name__
        click.echo(
            f"shapecalc {__version__}: internal error: {kind}. This is a bug, please report it "
            "(--debug shows where it happened).",
            err=True,
        )
    sys.exit(EXIT_BUG)
