"""Models in one process, warm: against Keras building them, by their depth, and by their size.

Each is analysed as `check` does it: read, diagnosed, summed up. What is compared runs in turns,
after one round that does not count.
"""

from __future__ import annotations

import gc
import os
import re
import statistics
import time
import tracemalloc
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.processes import Ratio, has_keras
from shapecalc.api import analyze_file
from shapecalc.discovery import Target
from shapecalc.reports.report import FileReport
from shapecalc.source import SourceFile

APPLICATIONS = ("ResNet50", "NASNetLarge")

LOOP = """import keras
from keras import layers

x = inputs = keras.Input((16,))
for _ in range({count}):
    x = layers.Dense(16, activation="relu")(x)
model = keras.Model(inputs, x)
"""

RESIDUAL = """import keras
from keras import layers

x = inputs = keras.Input((32, 32, 8))
for _ in range({count} // 4):
    y = layers.BatchNormalization()(layers.Conv2D(8, 3, padding="same")(x))
    x = layers.ReLU()(layers.Add()([x, y]))
model = keras.Model(inputs, x)
"""

LISTED = """import keras
from keras import layers

model = keras.Sequential([
    keras.Input((16,)),
{lines}
])
"""

SIZED = """import keras
from keras import layers

inputs = keras.Input(({size},))
model = keras.Model(inputs, layers.Dense({size}, use_bias=False)(inputs))
"""


def seconds(
    actions: dict[str, Callable[[], object]],
    rounds: int,
    clock: Callable[[], float] = time.thread_time,
) -> dict[str, float]:
    """The median seconds of each action, by what this thread computes or by another clock."""
    found: dict[str, list[float]] = {name: [] for name in actions}
    for turn in range(rounds + 1):
        for name, action in actions.items():
            gc.collect()
            start = clock()
            action()
            if turn:
                found[name].append(clock() - start)
    return {name: statistics.median(values) for name, values in found.items()}


def analysis_of(text: str, layers: int | None = None, call: str | None = None) -> Callable[[], Any]:
    """An analysis of a program, which must find one model with so many layers, all exact.

    Args:
        text: the program.
        layers: how many; any number if nothing is said.
        call: the function that makes it without weights of a file, if nothing in the text does.
    """
    target = None if call is None else Target("model.py", call, {"weights": None})

    def analyse() -> FileReport:
        report = analyze_file(SourceFile("model.py", text), target=target)
        (model,) = report.models
        coverage = model.summary.coverage
        assert coverage.exact == coverage.layers == (layers or coverage.layers) > 0, coverage
        return report

    return analyse


def source_of(name: str) -> str:
    """The file of keras.applications that makes a network."""
    spec = find_spec("keras")
    assert spec is not None
    assert spec.origin is not None
    for file in sorted((Path(spec.origin).parent / "src" / "applications").glob("*.py")):
        text = file.read_text("utf-8")
        if re.search(rf"^def {name}\(", text, re.MULTILINE):
            return text
    raise LookupError(name)


def against_keras() -> list[Ratio]:
    """How much longer Keras takes to build a network than we to read it, once we are warm.

    The budget is for the first build of a process, which is what it takes to build one. When
    Keras builds the same again, everything that jax has compiled is there already.
    """
    os.environ.setdefault("KERAS_BACKEND", "jax")
    os.environ.setdefault("JAX_PLATFORMS", "cpu")
    import keras

    found = []
    for name in APPLICATIONS:
        build = getattr(keras.applications, name)

        def built(build: Callable[..., object] = build) -> object:
            keras.backend.clear_session()
            return build(weights=None)

        start = time.perf_counter()
        built()
        first = time.perf_counter() - start
        ours = analysis_of(source_of(name), call=name)
        taken = seconds({"ours": ours, "keras": built}, 5, time.perf_counter)
        gain = first / taken["ours"]
        words = f"Keras (jax) builds {name} / ours from its source, {taken['ours']:.3f} s"
        found.append(Ratio(words, gain, ">= 20", gain >= 20))
        found.append(Ratio("    … builds it again", taken["keras"] / taken["ours"], "none", True))
    return found


def growth() -> list[Ratio]:
    """How much longer ten times the layers take."""
    few, many = 1_000, 10_000

    def listed(count: int) -> str:
        return LISTED.format(lines='    layers.Dense(16, activation="relu"),\n' * count)

    programs: dict[str, Callable[[int], str]] = {
        "in a loop": lambda n: LOOP.format(count=n),
        "in residual blocks": lambda n: RESIDUAL.format(count=n),
        "in a list": listed,
    }
    found = []
    for name, text_of in programs.items():
        actions = {str(n): analysis_of(text_of(n), n) for n in (few, many)}
        taken = seconds(actions, rounds=3)
        ratio = taken[str(many)] / taken[str(few)]
        words = f"{many:,} layers {name} / {few:,}, {taken[str(few)]:.2f} s"
        found.append(Ratio(words, ratio, "<= 11", ratio <= 11))
    return found


def size() -> list[Ratio]:
    """What a model of 10^15 params costs against one of 10^3."""
    small, large = (analysis_of(SIZED.format(size=n), 1) for n in (32, 31_622_777))
    taken = seconds({"small": small, "large": large}, rounds=101)
    longer = taken["large"] / taken["small"]
    more = _peak(large) / _peak(small)
    return [
        Ratio("10^15 params / 10^3, time", longer, "<= 1.2", longer <= 1.2),
        Ratio("10^15 params / 10^3, memory", more, "<= 1.2", more <= 1.2),
    ]


def _peak(action: Callable[[], object]) -> int:
    """The most bytes that are allocated at once."""
    gc.collect()
    tracemalloc.start()
    try:
        action()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def ratios() -> list[Ratio]:
    """The other rows of the budgets."""
    return [*(against_keras() if has_keras() else ()), *growth(), *size()]
