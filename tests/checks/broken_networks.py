"""Hold us to the live Keras on drawn networks: `python -m tests.checks.broken_networks`.

Prints what is found, by the kind of fault that is planted, and with `--show` each program on which
we and Keras differ. The exit code is 1 if there is any.
"""

from __future__ import annotations

import argparse
import os
import random
import sys

os.environ.setdefault("KERAS_BACKEND", "jax")
os.environ.setdefault("JAX_PLATFORMS", "cpu")

from tests.checks.drawn.faults import FAULTS
from tests.checks.drawn.judging import Verdict, draw_program, tally


def main() -> int:
    """Draw, judge and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=300, help="how many programs")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--kind", choices=sorted(FAULTS), help="only this kind of fault")
    parser.add_argument("--show", action="store_true", help="show where we and Keras differ")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    kinds = [options.kind] if options.kind else list(FAULTS)
    counted = tally(draw_program(rng, kinds[n % len(kinds)]) for n in range(options.count))
    wrong = [v for v in counted.verdicts if not v.agreed]
    if options.show:
        astray = [v for v in counted.verdicts if v.agreed and v.refusal and not v.on_line]
        for verdict in (*wrong, *astray):
            sys.stdout.write(_shown(verdict))
    sys.stdout.write(counted.table() + "\n")
    return 1 if wrong else 0


def _shown(verdict: Verdict) -> str:
    program = verdict.program
    lines = program.text.splitlines()
    numbered = "\n".join(f"{number:3} {line}" for number, line in enumerate(lines, 1))
    found = "\n".join(f"  we:    {d.span.line}: {d.code} {d.message}" for d in verdict.found)
    found += f"  we:    {verdict.crash}" if verdict.crash else ""
    where = f"{sorted(verdict.lines)}: " if verdict.lines else ""
    refusal = " ".join((verdict.refusal or "accepts").split())[:300]
    return f"=== {program.kind}\n{numbered}\n  Keras: {where}{refusal}\n{found}\n"


if __name__ == "__main__":
    sys.exit(main())
