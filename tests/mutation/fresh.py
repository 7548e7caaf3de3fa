"""A mutant in a process of its own, in which it is there from the first import on."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import tempfile

from tests.mutation.mutants import ROOT, Mutant

MOST_SECONDS = 3_600


def survives(mutant: Mutant, tests: list[str]) -> bool:
    """Whether no test notices a fault; one that makes a test run without end is noticed."""
    with tempfile.NamedTemporaryFile("w", suffix=".py", encoding="utf-8") as file:
        file.write(ast.unparse(mutant.tree))
        file.flush()
        changes = {"SHAPECALC_MUTANT": file.name, "SHAPECALC_MUTATED": mutant.module}
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "tests.mutation.trials",
                   "-p", "tests.mutation.stand_in", "-p", "no:cacheprovider", *tests]  # fmt: skip
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
