"""The command line: one file a command."""

from __future__ import annotations

# As shells say it: 128 and the number of SIGINT.
EXIT_INTERRUPTED = 130


def main() -> None:
    """Run the command line and end the process with its exit code."""
    try:
        from shapecalc.cli.main import run
    except KeyboardInterrupt:
        # Nothing is there yet that could say so.
        raise SystemExit(EXIT_INTERRUPTED) from None
    run()
