"""SHC307: another number of losses or labels than the model has outputs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shapecalc.checks.check import Finding, check
from shapecalc.checks.pairing import output_names
from shapecalc.diagnostics import Severity
from shapecalc.graph.tensor import Tensor
from shapecalc.graph.training import Compilation, DataUse, Objective, Usage


@check(
    "SHC307",
    "outputs-against-losses",
    Severity.ERROR,
    examines=Usage,
    bad=[
        """
        import keras

        x = keras.Input((8,))
        outputs = [keras.layers.Dense(1, name="age")(x), keras.layers.Dense(1, name="size")(x)]
        model = keras.Model(x, outputs)
        model.compile("adam", loss={"age": "mse", "weight": "mse"})  # SHC307
        """,
        """
        import keras
        import numpy as np

        x = keras.Input((8,))
        model = keras.Model(x, [keras.layers.Dense(1)(x), keras.layers.Dense(1)(x)])
        model.compile("adam", loss="mse")
        model.fit(np.ones((64, 8)), np.ones((64, 1)))  # SHC307
        """,
    ],
    good=[
        """
        import keras
        import numpy as np

        x = keras.Input((8,))
        outputs = [keras.layers.Dense(1, name="age")(x), keras.layers.Dense(1, name="size")(x)]
        model = keras.Model(x, outputs)
        model.compile("adam", loss={"age": "mse", "size": "mse"})
        model.fit(np.ones((64, 8)), [np.ones((64, 1)), np.ones((64, 1))])
        """
    ],
)
def outputs_against_losses(use: Usage) -> Iterator[Finding]:
    """Losses or labels do not go with the outputs of the model, one by one.

    A list has one entry an output, and a dict has their names, which are those of the layers that
    make them. Keras raises an error when it sees the first batch. A list of one loss for several
    outputs is a warning: the others are not trained.
    """
    if isinstance(use, Compilation) and not use.overridden:
        yield from _of_losses(use)
    elif isinstance(use, DataUse):
        compilation = use.compilation
        if isinstance(compilation, Compilation) and not compilation.overridden:
            yield from _of_labels(use, compilation)


def _of_losses(use: Compilation) -> Iterator[Finding]:
    model, outputs, loss = use.model, use.outputs, use.argument("loss")
    if not outputs or not _is_flat(model.output_structure):
        return
    if isinstance(loss, dict) and not isinstance(model.output_structure, dict):
        names = output_names(model, outputs)
        if names is None or not all(isinstance(key, str) for key in loss):
            return
        if set(loss) != set(names):
            yield Finding(
                f'the losses are named {_listed(loss)}, the outputs of "{model.name}" '
                f"{_listed(names)}",
                help="name one loss, or None, for each output",
                argument="loss",
            )
    elif isinstance(loss, list) and all(x is None or isinstance(x, Objective) for x in loss):
        count = len(outputs)
        if len(loss) == count or len(loss) == 0:
            return
        refused = len(loss) > count > 1
        rest = "" if refused else ", and uses the first only"
        yield Finding(
            f'"{model.name}" has {_counted(count, "output")}, but is compiled with '
            f"{_counted(len(loss), 'loss', 'es')}{rest}",
            help="give one loss for all, or one for each output",
            argument="loss",
            severity=None if refused else Severity.WARNING,
        )


def _of_labels(use: DataUse, compilation: Compilation) -> Iterator[Finding]:
    model, labels = use.model, use.argument("y")
    count = len(compilation.outputs)
    if not count or not _is_flat(model.output_structure):
        return
    if not _is_sure(compilation.argument("loss"), count):
        return
    if isinstance(labels, Tensor):
        given = 1
    elif isinstance(labels, (list, tuple)) and all(isinstance(y, Tensor) for y in labels):
        given = len(labels)
    else:
        return
    if given != count and given:
        yield Finding(
            f'"{model.name}" has {_counted(count, "output")}, but is given '
            f"{_counted(given, 'array')} of labels",
            help="give one array of labels for each output",
            argument="y",
        )


def _is_sure(loss: Any, count: int) -> bool:
    """Whether a loss is known, and takes labels for each of so many outputs."""
    if isinstance(loss, dict):
        loss = list(loss.values())
    if isinstance(loss, list):
        return len(loss) == count and all(isinstance(x, Objective) for x in loss)
    return isinstance(loss, Objective)


def _is_flat(structure: Any) -> bool:
    if isinstance(structure, dict):
        structure = list(structure.values())
    if isinstance(structure, (list, tuple)):
        return all(isinstance(item, Tensor) for item in structure)
    return isinstance(structure, Tensor)


def _counted(count: int, word: str, plural: str = "s") -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}{plural}"


def _listed(names: Any) -> str:
    return ", ".join(f'"{name}"' for name in names)
