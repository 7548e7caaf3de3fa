"""Whole processes, cold: the command against click alone, and against Keras building the model.

All of them are run in turns, so that what else the machine does falls on each alike, and the
median of each is compared. Bytecode is written and read as in an installation.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
PROGRAM = Path(__file__).parent / "seven_layers.py"

CHECK = [sys.executable, "-m", "shapecalc", "check", "--output-format", "concise", str(PROGRAM)]
CLICK = [sys.executable, "-c", "import click, ast"]
KERAS = [sys.executable, str(PROGRAM)]


class Ratio(NamedTuple):
    """What was measured, and the budget it has."""

    name: str
    value: float
    budget: str
    held: bool


def measure(commands: dict[str, list[str]], rounds: int) -> dict[str, float]:
    """The median seconds of each command, run in turns after one round that does not count."""
    with tempfile.TemporaryDirectory() as cache:
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PYTHONPYCACHEPREFIX": cache,
            # With jax a model builds fastest of all backends.
            "KERAS_BACKEND": "jax",
            "JAX_PLATFORMS": "cpu",
        }
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        seconds: dict[str, list[float]] = {name: [] for name in commands}
        for turn in range(rounds + 1):
            for name, command in commands.items():
                start = time.perf_counter()
                subprocess.run(command, check=True, capture_output=True, env=environment)
                if turn:
                    seconds[name].append(time.perf_counter() - start)
    return {name: statistics.median(values) for name, values in seconds.items()}


def has_keras() -> bool:
    from importlib.util import find_spec

    return find_spec("keras") is not None and find_spec("jax") is not None


def ratios() -> list[Ratio]:
    """The first two rows of the budgets."""
    quick = measure({"click": CLICK, "check": CHECK}, rounds=21)
    start = quick["check"] / quick["click"]
    found = [Ratio("check of 7 layers / python -c 'import click, ast'", start, "<= 2", start <= 2)]
    if has_keras():
        slow = measure({"check": CHECK, "keras": KERAS}, rounds=5)
        gain = slow["keras"] / slow["check"]
        found.append(Ratio("Keras (jax) builds the same / check", gain, ">= 15", gain >= 15))
    return found
