"""A generated repository of 1,000 files with 100 models, checked whole: cold, and again."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from benchmarks.processes import PROGRAM, ROOT

FILES = 1_000
MODELS = 100

BUILD = """import keras
from keras import layers
from {package}.blocks import block, SIZE


def build(classes={classes}):
    x = inputs = keras.Input((SIZE, SIZE, 3))
    for filters in (16, 32, 64):
        x = block(x, filters)
    return keras.Model(inputs, layers.Dense(classes)(layers.Flatten()(x)))


model = build()
"""

BLOCKS = """from keras import layers
from shared.sizes import SIZE


def block(x, filters):
    x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    return layers.MaxPooling2D()(layers.BatchNormalization()(x))
"""

PLAIN = """import os
import json
from shared.sizes import SIZE


class Reader{number}:
    def __init__(self, path, size=SIZE):
        self.path = path
        self.size = size

    def rows(self):
        with open(self.path) as file:
            for line in file:
                yield json.loads(line)


def names(folder):
    return sorted(name for name in os.listdir(folder) if name.endswith(".json"))
"""


class Measured(NamedTuple):
    """The median seconds of each command."""

    one_file: float
    cold: float
    cold_alone: float
    warm: float


def generate(root: Path) -> None:
    """Ten packages with ten models and ninety other files each."""
    (root / "pyproject.toml").write_text("[project]\nname = 'generated'\n")
    (root / "shared").mkdir()
    (root / "shared/__init__.py").write_text("")
    (root / "shared/sizes.py").write_text("SIZE = 64\n")
    for package in range(10):
        folder = root / f"package{package}"
        folder.mkdir()
        (folder / "__init__.py").write_text("from .model0 import build\n")
        (folder / "blocks.py").write_text(BLOCKS)
        for number in range(MODELS // 10):
            text = BUILD.format(package=folder.name, classes=number + 1)
            (folder / f"model{number}.py").write_text(text)
        for number in range((FILES - 2) // 10 - MODELS // 10 - 2):
            (folder / f"reader{number}.py").write_text(PLAIN.format(number=number))
    for number in range(FILES - len(list(root.rglob("*.py")))):
        (root / f"script{number}.py").write_text(PLAIN.format(number=number))


def measure(rounds: int = 5) -> Measured:
    """Check the repository and one file of a model in turns, after a round that does not count."""
    command = [sys.executable, "-m", "shapecalc", "check", "--output-format", "concise"]
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as bytecode:
        root = Path(folder)
        generate(root)
        assert len(list(root.rglob("*.py"))) == FILES
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": bytecode}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        commands = [
            [*command, str(PROGRAM)],
            [*command, "--no-cache", "."],
            [*command, "--no-cache", "-j", "1", "."],
            [*command, "."],
        ]
        seconds: list[list[float]] = [[] for _ in commands]
        for turn in range(rounds + 1):
            for place, words in enumerate(commands):
                start = time.perf_counter()
                done = subprocess.run(words, capture_output=True, env=environment, cwd=root)
                assert done.returncode == 0, done.stdout + done.stderr
                if turn:
                    seconds[place].append(time.perf_counter() - start)
    return Measured(*map(statistics.median, seconds))


def main() -> None:
    found = measure()
    one = found.one_file
    print(f"{FILES:,} files with {MODELS} models, against one file with a model ({one:.2f} s):")
    print(f"{found.cold / one:7.2f}   cold")
    print(f"{found.cold_alone / one:7.2f}   cold, in one process")
    print(f"{found.warm / one:7.2f}   warm")


if __name__ == "__main__":
    main()
