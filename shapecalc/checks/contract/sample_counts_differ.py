"""SHC312: inputs and labels of different numbers of samples."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shapecalc.checks.batches import has_another_rank, holds_samples_apart, is_one_sample
from shapecalc.checks.check import Finding, check
from shapecalc.diagnostics import Severity
from shapecalc.graph.tensor import Tensor, tensors_of
from shapecalc.graph.training import DataUse


@check(
    "SHC312",
    "sample-counts-differ",
    Severity.ERROR,
    examines=DataUse,
    bad=[
        """
        import keras
        import numpy as np

        model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(1)])
        model.compile("adam", "mse")
        model.fit(np.ones((64, 8)), np.ones((60, 1)))  # SHC312
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
def sample_counts_differ(use: DataUse) -> Iterator[Finding]:
    """Inputs and labels, or sample weights, have different numbers of samples.

    The first axis of each array counts the samples, and Keras raises an error where they differ.
    Often the halves of a split are mixed up.
    """
    if use.batched or holds_samples_apart(use) or is_one_sample(use) or has_another_rank(use):
        return
    given = [("x", use.argument("x")), ("y", use.argument("y"))]
    given.append(("sample_weight", use.argument("sample_weight")))
    yield from _finding(given, "y", _looks_like_inputs(use))
    held_out = use.argument("validation_data")
    if isinstance(held_out, (list, tuple)) and len(held_out) in (2, 3):
        words = ("x", "y", "sample_weight")
        parts = [(f"validation {w}", v) for w, v in zip(words, held_out, strict=False)]
        yield from _finding(parts, "validation_data")


def _looks_like_inputs(use: DataUse) -> bool:
    """Whether what is given for labels has the shape of the inputs, and not of the outputs."""
    x, y = use.argument("x"), use.argument("y")
    if not isinstance(x, Tensor) or not isinstance(y, Tensor) or len(use.model.outputs) != 1:
        return False
    output = use.model.outputs[0].shape
    shapes = [x.shape, y.shape, output]
    if not all(isinstance(shape, tuple) and len(shape) > 1 for shape in shapes):
        return False
    rows = [shape[1:] for shape in shapes if isinstance(shape, tuple)]
    return rows[0] == rows[1] != rows[2]


def _finding(
    parts: list[tuple[str, Any]], argument: str, swapped: bool = False
) -> Iterator[Finding]:
    counts = {word: list(_counts(value)) for word, value in parts}
    if len({count for each in counts.values() for count in each}) > 1:
        told = ", ".join(
            f"{word} has {' and '.join(map(str, dict.fromkeys(each)))}"
            for word, each in counts.items()
            if each
        )
        yield Finding(
            f"the arrays have different numbers of samples: {told}",
            help="the labels have the shape of the inputs: train_test_split(x, y) gives x_train, "
            "x_test, y_train, y_test, in this order"
            if swapped
            else "give as many labels as inputs",
            argument=argument,
        )


def _counts(value: Any) -> Iterator[int]:
    for tensor in tensors_of(value):
        if isinstance(tensor.shape, tuple) and tensor.shape:
            count = tensor.shape[0]
            if isinstance(count, int):
                yield count
