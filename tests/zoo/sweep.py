"""Compare applications with the live Keras: `python -m tests.zoo.sweep [--all] [NAME ...]`.

Every constructor with `weights=None`, called from Python and read from a program; with `--all`,
also with all arguments that are tried with the representatives, which takes minutes.
"""

from __future__ import annotations

import argparse
import os
import sys
import time

os.environ.setdefault("KERAS_BACKEND", "jax")
os.environ.setdefault("JAX_PLATFORMS", "cpu")


def main() -> int:
    """Print each comparison; the number of those that differ is the exit code."""
    from shapecalc import zoo
    from tests.zoo import oracle
    from tests.zoo.cases import ACCEPTED, DOUBTFUL, special
    from tests.zoo.record import build, build_from_script, differences

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=[n for n in dir(zoo) if n[0].isupper()])
    parser.add_argument("--all", action="store_true")
    options = parser.parse_args()
    wrong = cases = 0
    for name in options.names:
        tried = [{"weights": None}]
        if options.all:
            tried += [*ACCEPTED[1:], *DOUBTFUL, *special(name)]
        taken = [0.0, 0.0]
        found = []
        for arguments in tried:
            start = time.perf_counter()
            ours = build(name, **arguments)
            middle = time.perf_counter()
            theirs = oracle.build(name, **arguments)
            taken[0] += middle - start
            taken[1] += time.perf_counter() - middle
            read = build_from_script(name, **arguments)
            differ = differences(ours, theirs) + differences(read, theirs)
            found += [f"{arguments}: {d}" for d in differ]
            wrong += bool(differ)
        cases += len(tried)
        times = f"ours {1000 * taken[0]:.0f} ms, Keras {1000 * taken[1]:.0f} ms"
        lines = [f"{name}: {'differs' if found else 'equal'} ({times})", *found]
        sys.stdout.write("\n  ".join(lines) + "\n")
        sys.stdout.flush()
    sys.stdout.write(f"{cases} cases, {wrong} differ\n")
    return min(wrong, 100)


if __name__ == "__main__":
    sys.exit(main())
