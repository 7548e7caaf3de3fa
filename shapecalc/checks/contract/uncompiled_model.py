"""SHC311: a model that is trained before it is compiled."""

from __future__ import annotations

from collections.abc import Iterator

from shapecalc.checks.check import Finding, check
from shapecalc.diagnostics import Severity
from shapecalc.graph.training import DataUse

_NEED_IT = frozenset({"fit", "evaluate", "train_on_batch", "test_on_batch"})


@check(
    "SHC311",
    "uncompiled-model",
    Severity.ERROR,
    examines=DataUse,
    bad=[
        """
        import keras
        import numpy as np

        model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(1)])
        model.fit(np.ones((64, 8)), np.ones((64, 1)))  # SHC311
        """
    ],
    good=[
        """
        import keras
        import numpy as np

        model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(1)])
        model.compile("adam", "mse")
        model.fit(np.ones((64, 8)), np.ones((64, 1)))
        """
    ],
)
def uncompiled_model(use: DataUse) -> Iterator[Finding]:
    """A model is trained or evaluated before it is compiled.

    Keras raises an error: it has no optimizer and no loss. A model that is made anew, or cloned, is
    not compiled, whatever the one before it was.
    """
    if use.compilation is None and use.method in _NEED_IT and use.model.kind != "subclass":
        yield Finding(
            f'`{use.method}` is called on "{use.model.name}", which is not compiled',
            help="call compile with an optimizer and a loss before",
        )
