"""SHC307: another number of losses or labels than the model has outputs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shapecalc.checks.batches import holds_samples_apart
from shapecalc.checks.check import Finding, check
from shapecalc.checks.pairing import has_known_outputs, listed, output_names
from shapecalc.diagnostics import Severity
from shapecalc.graph.model import Network
from shapecalc.graph.tensor import Tensor
from shapecalc.graph.training import Compilation, DataUse, Objective, Usage
from shapecalc.wording import counted


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
        """
        import keras
        import numpy as np

        x = keras.Input((8,))
        outputs = [keras.layers.Dense(1, name="age")(x), keras.layers.Dense(1, name="size")(x)]
        model = keras.Model(x, outputs)
        model.compile("adam", loss="mse")
        labels = {"age": np.ones((64, 1)), "weight": np.ones((64, 1))}
        model.fit(np.ones((64, 8)), labels)  # SHC307
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
    make them, or the keys of the dict that the outputs are in. Keras raises an error when it sees
    the first batch. What only Keras 2 took is a warning: names that are left out, and labels by
    name for a single output. So is a list of one loss for several outputs: the others are not
    trained.
    """
    if isinstance(use, Compilation) and not use.overridden:
        yield from _of_losses(use)
    elif isinstance(use, DataUse):
        compilation = use.compilation
        if isinstance(compilation, Compilation) and not compilation.overridden:
            yield from _of_labels(use, compilation)


def _of_losses(use: Compilation) -> Iterator[Finding]:
    model, outputs, loss = use.model, use.outputs, use.argument("loss")
    if not outputs or not has_known_outputs(model):
        return
    if isinstance(loss, dict):
        yield from _of_named_losses(use, loss)
    elif isinstance(loss, list) and all(x is None or isinstance(x, Objective) for x in loss):
        count = len(outputs)
        if len(loss) == count or len(loss) == 0:
            return
        refused = len(loss) > count > 1
        rest = "" if refused else ", and uses the first only"
        yield Finding(
            f'"{model.name}" has {counted(count, "output")}, but is compiled with '
            f"{counted(len(loss), 'loss', 'losses')}{rest}",
            help="give one loss for all, or one for each output",
            argument="loss",
            severity=None if refused else Severity.WARNING,
        )


def _of_named_losses(use: Compilation, loss: dict[Any, Any]) -> Iterator[Finding]:
    names = output_names(use.model, use.outputs)
    if names is None or not all(isinstance(key, str) for key in loss):
        return
    by_key = isinstance(use.model.output_structure, dict)
    foreign = [k for k, x in loss.items() if k not in names and not (by_key and x is None)]
    if not foreign and (by_key or set(loss) == set(names)):
        return
    yield Finding(
        f'the losses are named {listed(loss)}, the outputs of "{use.model.name}" {listed(names)}'
        + ("" if foreign else ": Keras 3 takes no dict that leaves one out"),
        help="name one loss, or None, for each output",
        argument="loss",
        severity=None if foreign else Severity.WARNING,
    )


def _of_labels(use: DataUse, compilation: Compilation) -> Iterator[Finding]:
    model, labels = use.model, use.argument("y")
    loss, count = compilation.argument("loss"), len(compilation.outputs)
    if not count or not has_known_outputs(model) or holds_samples_apart(use):
        return
    if isinstance(labels, dict):
        yield from _of_named_labels(model, labels, compilation)
        return
    if isinstance(labels, Tensor):
        given = 1
    elif isinstance(labels, (list, tuple)) and all(isinstance(y, Tensor) for y in labels):
        given = len(labels)
    else:
        return
    if given != count and given and _is_sure(loss, count):
        yield Finding(
            f'"{model.name}" has {counted(count, "output")}, but is given '
            f"{counted(given, 'array')} of labels",
            help="give one array of labels for each output",
            argument="y",
        )


def _of_named_labels(
    model: Network, labels: dict[Any, Any], compilation: Compilation
) -> Iterator[Finding]:
    outputs, loss = compilation.outputs, compilation.argument("loss")
    names = output_names(model, outputs)
    if names is None or not labels or not all(isinstance(key, str) for key in labels):
        return
    by_key = isinstance(model.output_structure, dict)
    if len(outputs) == 1 and set(labels) == set(names):
        if not by_key and isinstance(loss, (Objective, dict)):
            yield Finding(
                f'"{model.name}" has one output, for which Keras 3 takes no labels by name',
                help=f"give the array: y[{names[0]!r}]",
                argument="y",
                severity=Severity.WARNING,
            )
        return
    losses = _by_name(loss, names)
    refused = not labels.keys() <= set(names) or any(
        isinstance(losses.get(name), Objective) for name in names if name not in labels
    )
    # Where outputs and losses are nested alike, Keras 3 passes over those without a loss. A dict of
    # losses that leaves a name out is the same fault, and told where it is.
    alike = by_key is isinstance(loss, dict)
    strict = isinstance(loss, (list, dict)) and not alike and losses.keys() == set(names)
    if refused or (strict and labels.keys() != set(names)):
        yield Finding(
            f'the labels are named {listed(labels)}, the outputs of "{model.name}" {listed(names)}'
            + ("" if refused else ": Keras 3 takes no dict that leaves one out"),
            help="name one array of labels for each output",
            argument="y",
            severity=None if refused else Severity.WARNING,
        )


def _by_name(loss: Any, names: list[str]) -> dict[Any, Any]:
    """The loss of each output, as far as it is known."""
    if isinstance(loss, dict):
        return loss
    if isinstance(loss, list):
        return dict(zip(names, loss, strict=False)) if len(loss) == len(names) else {}
    return dict.fromkeys(names, loss)


def _is_sure(loss: Any, count: int) -> bool:
    """Whether a loss is known, and takes labels for each of so many outputs."""
    if isinstance(loss, dict):
        loss = list(loss.values())
    if isinstance(loss, list):
        return len(loss) == count and all(isinstance(x, Objective) for x in loss)
    return isinstance(loss, Objective)
