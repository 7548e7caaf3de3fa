"""SHC315: training on inputs alone, where a loss needs labels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shapecalc.checks.check import Finding, check
from shapecalc.diagnostics import Note, Severity
from shapecalc.graph.objectives import loss_of
from shapecalc.graph.tensor import Tensor
from shapecalc.graph.training import Compilation, DataUse

_TAKE_LABELS = frozenset({"fit", "evaluate", "train_on_batch", "test_on_batch"})


@check(
    "SHC315",
    "missing-labels",
    Severity.ERROR,
    examines=DataUse,
    bad=[
        """
        import keras
        import numpy as np

        x = np.ones((64, 8))
        autoencoder = keras.Sequential([
            keras.Input((8,)),
            keras.layers.Dense(2, activation="relu"),
            keras.layers.Dense(8),
        ])
        autoencoder.compile("adam", "mse")
        autoencoder.fit(x)  # SHC315
        """
    ],
    good=[
        """
        import keras
        import numpy as np

        x = np.ones((64, 8))
        autoencoder = keras.Sequential([
            keras.Input((8,)),
            keras.layers.Dense(2, activation="relu"),
            keras.layers.Dense(8),
        ])
        autoencoder.compile("adam", "mse")
        autoencoder.fit(x, x)
        """
    ],
)
def missing_labels(use: DataUse) -> Iterator[Finding]:
    """A model is given inputs alone, where its loss compares the outputs with labels.

    Keras raises an error, for it has nothing to compare with. An autoencoder has its inputs for
    labels, and they have to be given as such.
    """
    compilation = use.compilation
    if use.method not in _TAKE_LABELS or use.argument("y") is not None:
        return
    if not isinstance(compilation, Compilation) or compilation.overridden:
        return
    if (use.batched and not use.method.endswith("_on_batch")) or not _is_arrays(use.argument("x")):
        return
    loss = compilation.argument("loss")
    each = list(loss.values()) if isinstance(loss, dict) else loss
    each = each if isinstance(each, list) else [each]
    named = [str(objective.name) for objective in each if loss_of(objective) is not None]
    if named:
        place = compilation.arguments.get("loss", compilation.span)
        yield Finding(
            f"`{use.method}` is given inputs only, but `{named[0]}` compares outputs with labels",
            notes=(Note("the loss is given here", place),),
            help="give the labels as `y`",
            argument="x",
        )


def _is_arrays(data: Any) -> bool:
    """Whether data are known to be arrays, which hand out no labels of their own."""
    if isinstance(data, (dict, list, tuple)):
        each = data.values() if isinstance(data, dict) else data
        return len(data) > 0 and all(isinstance(x, Tensor) for x in each)
    return isinstance(data, Tensor)
