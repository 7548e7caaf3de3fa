"""The command line: one file a command."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress

# As shells say it: 128 and the number of SIGINT.
EXIT_INTERRUPTED = 130

# A command that starts, answers and ends makes little garbage; looking for it as often as Python
# does by itself costs a twentieth of the time of a small file.
_COLLECTED_AFTER = 50_000


def main() -> None:
    """Run the command line and end the process with its exit code."""
    gc.set_threshold(_COLLECTED_AFTER, *gc.get_threshold()[1:])
    try:
        from shapecalc.cli.main import run

        run()
    except KeyboardInterrupt:
        # Where no command runs yet, or no more, nothing is there that could say so.
        raise SystemExit(EXIT_INTERRUPTED) from None
    except SystemExit as ended:
        _end_at_once(ended.code)
        raise


def _end_at_once(code: object) -> None:
    """End the process without taking apart what the analysis built, a tenth of the time.

    Where the last words cannot be written, nothing is done: Python then ends as it always does,
    and says so.
    """
    if isinstance(code, int):
        with suppress(OSError, ValueError, AttributeError):
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
