"""Which faults the tests would miss: `python -m tests.mutation [--count N] [--seed N] ROOM`.

A room is `checks`, `layers` or `ops`. Faults are planted one at a time in its modules, and the
tests of the room that run through the place are run on each. What no test notices is listed, but
for what `accepted.toml` gives a reason for. It is no part of the test run.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
from collections.abc import Iterable

from tests.mutation.accepted import reasons
from tests.mutation.mutants import ROOT, Mutant, mutants_of

# The tests that a room's faults have to get past.
TESTS = {
    "checks": [
        "-m",
        "not oracle",
        "tests/checks",
        "tests/cli",
        "tests/documentation/test_pages.py",
        "tests/frontends/test_class_weights.py",
        "tests/frontends/test_imports.py",
        "tests/frontends/test_notebook_suppressions.py",
        "tests/frontends/test_cases.py",
    ],
    "layers": ["tests/layers", "tests/checks/test_examples.py", "tests/frontends/test_cases.py"],
    "ops": [
        "tests/ops",
        "tests/frontends/test_arrays.py",
        "tests/frontends/test_cases.py",
        "tests/frontends/test_data.py",
    ],
}


def chosen(room: str, parts: list[str], count: int | None, seed: int) -> list[Mutant]:
    """The mutants to try: all of the files in whose path a part is, or so many of them drawn."""
    files = sorted((ROOT / "shapecalc" / room).rglob("*.py"))
    found = [m for file in files if any(p in str(file) for p in parts) for m in mutants_of(file)]
    return found if count is None else random.Random(seed).sample(found, min(count, len(found)))


def main() -> int:
    """Print the survivors and the share that is noticed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("room", choices=list(TESTS), metavar="ROOM")
    parser.add_argument("--count", type=int, help="how many faults to draw; all if not given")
    parser.add_argument(
        "--files", nargs="+", default=[""], help="only files whose path has one of these in it"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    options = parser.parse_args()
    drawn = chosen(options.room, options.files, options.count, options.seed)
    accepted = [m for m in drawn if m.signature in reasons()]
    tried = [m for m in drawn if m.signature not in reasons()]

    # What is imported from here on has probes.
    os.environ["HYPOTHESIS_PROFILE"] = "mutants"
    from tests.mutation import fresh, trials

    verdicts = trials.try_all(options.room, tried, TESTS[options.room], options.jobs)
    if len(verdicts) < len(tried):
        return 1
    # What runs only in other processes, or is remembered, is seen in a process of its own.
    late = [v.mutant for v in verdicts if not v.noticed]
    missed = [m for m in late if fresh.survives(m, TESTS[options.room])]
    report(options.room, len(tried), missed, accepted)
    return 0


def report(room: str, tried: int, missed: Iterable[Mutant], accepted: list[Mutant]) -> None:
    """Print what is missed, and the figures."""
    for mutant in (lines := sorted(missed)):
        sys.stdout.write(f"survives: {mutant.line}: {mutant.signature}\n")
    noticed = tried - len(lines)
    share = 100 * noticed / max(tried, 1)
    sys.stdout.write(
        f"{room}: {noticed} of {tried} noticed ({share:.1f} %), {len(accepted)} accepted\n"
    )


if __name__ == "__main__":
    sys.exit(main())
