"""The command line: one file a command."""

from __future__ import annotations


def main() -> None:
    """Run the command line and end the process with its exit code."""
    from shapecalc.cli.main import run

    run()
