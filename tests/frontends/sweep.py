"""Read every Python file of a tree: `python -m tests.frontends.sweep PATH...`.

It is no part of the test run. It lists the files that end in an exception, those that take longer
than 10 seconds, and those that have no model and yet something that Keras is said to refuse; then
the slowest. The exit code is 1 if there is any of the first three.
"""

from __future__ import annotations

import signal
import sys
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import NoReturn

from shapecalc.checks.diagnosis import diagnose
from shapecalc.frontends.python import read, reader
from shapecalc.graph.program import Program
from shapecalc.graph.summary import summarize
from shapecalc.source import UnreadableSource, read_source

MAX_SECONDS = 10.0


class TooLong(BaseException):
    """Reading a file takes too long."""


def _stop(signum: int, frame: FrameType | None) -> NoReturn:
    raise TooLong


def files_under(paths: list[str]) -> Iterator[Path]:
    """The Python files of some folders, and the files that are named themselves."""
    for path in map(Path, paths):
        yield from sorted(path.rglob("*.py")) if path.is_dir() else [path]


def examine(path: Path) -> tuple[float, str | None]:
    """How long a file takes, and what is wrong with the reading of it."""
    start = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, MAX_SECONDS)
    try:
        program = read(read_source(str(path)))
        for record in program.models:
            summarize(record.model)
        diagnose(program)
        fault = _fault(program)
    except UnreadableSource:
        fault = None
    except TooLong:
        fault = f"more than {MAX_SECONDS:.0f} s\n{_end_of_traceback()}"
    except Exception as error:  # noqa: BLE001 - what the sweep looks for
        fault = f"{type(error).__name__}: {error!s:.200}\n{_end_of_traceback()}"
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.process_time() - start, fault


def _fault(program: Program) -> str | None:
    if program.models or not program.refused:
        return None
    first = program.refused[0]
    return f"refused without a model, line {first.span.line}: {first.refusal!s:.200}"


def _end_of_traceback() -> str:
    lines = traceback.format_exc().splitlines()
    return "\n".join(f"      {line}" for line in lines[-8:])


def main(paths: list[str]) -> int:
    """Sweep and print."""
    # Interpret what has nothing to do with Keras too: the more programs, the better.
    reader.may_use_keras = lambda text: True
    signal.signal(signal.SIGVTALRM, _stop)
    took: list[tuple[float, Path]] = []
    faults = 0
    for path in files_under(paths):
        seconds, fault = examine(path)
        took.append((seconds, path))
        if fault is not None:
            faults += 1
            sys.stdout.write(f"{path}: {fault}\n")
            sys.stdout.flush()
    took.sort(reverse=True)
    for seconds, path in took[:15]:
        sys.stdout.write(f"{seconds:8.2f} s  {path}\n")
    total = sum(seconds for seconds, _ in took)
    sys.stdout.write(f"{len(took)} files, {total:.0f} s, {faults} faults\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
