"""Which faults the tests would miss: `python -m tests.mutation [--count N] [--seed N] ROOM ...`.

A room is `checks`, `layers` or `ops`. Faults are planted one at a time in copies of its modules,
and the quick tests of the room are run on each. What no test notices is listed. It takes a second
or two a fault, and is no part of the test run.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.mutation.mutants import ROOT, Mutant, mutants_of

# The tests that a room's faults have to get past, the quickest first.
TESTS = {
    "checks": ["-m", "not oracle", "tests/checks", "tests/frontends/test_cases.py"],
    "layers": ["tests/layers/test_edges.py", "tests/layers/test_rules.py", "tests/layers"],
    "ops": ["tests/ops"],
}
MOST_SECONDS = 300


def survives(mutant: Mutant, tests: list[str]) -> bool:
    """Whether no test notices a fault; one that makes a test run without end is noticed."""
    with tempfile.NamedTemporaryFile("w", suffix=".py", encoding="utf-8") as file:
        file.write(mutant.source)
        file.flush()
        changes = {"SHAPECALC_MUTANT": file.name, "SHAPECALC_MUTATED": mutant.module}
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "tests.mutation.stand_in",
                   "-p", "no:cacheprovider", *tests]  # fmt: skip
        try:
            done = subprocess.run(
                command,
                cwd=ROOT,
                env=os.environ | changes,
                capture_output=True,
                timeout=MOST_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return False
        return done.returncode == 0


def chosen(rooms: list[str], count: int | None, seed: int) -> list[Mutant]:
    """The mutants to try: all, or so many of them drawn."""
    files = [f for room in rooms for f in sorted((ROOT / "shapecalc" / room).rglob("*.py"))]
    found = [mutant for file in files for mutant in mutants_of(file)]
    return found if count is None else random.Random(seed).sample(found, min(count, len(found)))


def main() -> int:
    """Print the survivors and the share that is noticed, by file and in all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rooms", nargs="+", choices=list(TESTS), metavar="ROOM")
    parser.add_argument("--count", type=int, help="how many faults to draw; all if not given")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    options = parser.parse_args()
    mutants = chosen(options.rooms, options.count, options.seed)

    def room_of(mutant: Mutant) -> str:
        return Path(mutant.path).parts[1]

    with ThreadPoolExecutor(options.jobs) as pool:
        alive = list(pool.map(lambda m: survives(m, TESTS[room_of(m)]), mutants))
    tried = Counter(room_of(m) for m in mutants)
    missed = [m for m, survived in zip(mutants, alive, strict=True) if survived]
    for mutant in sorted(missed):
        sys.stdout.write(f"survives: {mutant}\n")
    left = Counter(room_of(m) for m in missed)
    for room, count in tried.items():
        noticed = count - left[room]
        sys.stdout.write(f"{room}: {noticed} of {count} noticed ({100 * noticed / count:.1f} %)\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
