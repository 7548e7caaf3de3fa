"""SHC406: a dense layer on an image that was meant to be flattened."""

from __future__ import annotations

from collections.abc import Iterator

from shapecalc.checks.check import Finding, check
from shapecalc.checks.endings import activation_of
from shapecalc.checks.fault import named, rank_of, shown
from shapecalc.diagnostics import Severity
from shapecalc.graph.program import ModelRecord
from shapecalc.graph.steps import Step
from shapecalc.graph.tensor import Tensor
from shapecalc.layers.input import is_input

_IMAGE_RANK = 4


@check(
    "SHC406",
    "dense-on-image",
    Severity.WARNING,
    examines=ModelRecord,
    bad=[
        """
        import keras
        from keras import layers

        model = keras.Sequential([
            keras.Input((28, 28, 1)),
            layers.Conv2D(32, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Dense(64, activation="relu"),
            layers.Dense(10, activation="softmax"),  # SHC406
        ])
        """
    ],
    good=[
        """
        import keras
        from keras import layers

        model = keras.Sequential([
            keras.Input((28, 28, 1)),
            layers.Conv2D(32, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Flatten(),
            layers.Dense(64, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ])
        """
    ],
)
def dense_on_image(record: ModelRecord) -> Iterator[Finding]:
    """A model that takes an image ends with a softmax in each place of a smaller image.

    A Dense layer joins the last axis only: on an image it works like a convolution of one place,
    and an image comes out. That is how each pixel is classified, but then the output has the size
    of the image that comes in. Where it has not, a `Flatten` or `GlobalAveragePooling2D` before
    the first Dense was most likely forgotten.
    """
    for step in record.steps:
        if not step.ends or step.kind != "Dense" or step.call is None:
            continue
        if activation_of(step.layer) != "softmax" or not _is_smaller_image(step, record):
            continue
        yield Finding(
            f"{named(step.layer)} classifies each place of an image on its own: its output is "
            f"{shown(step.call.outputs[0].shape)}",
            help="put Flatten() or GlobalAveragePooling2D() before the first Dense",
            span=step.span(),
        )


def _is_smaller_image(step: Step, record: ModelRecord) -> bool:
    """Whether the output has places, in a grid that no image of the input has, even in part."""
    assert step.call is not None
    places = _places(step.call.outputs[0])
    if places is None or all(n == 1 for n in places):
        return False
    given = [entry.call for entry in record.steps if is_input(entry.layer)]
    grids = [_places(tensor) for call in given if call is not None for tensor in call.outputs]
    if not grids or any(grid is None for grid in grids):
        return False
    # A network for segmentation may answer in steps of 2, 4, 8 … pixels.
    return all(any(a % b for a, b in zip(grid, places, strict=True)) for grid in grids if grid)


def _places(tensor: Tensor) -> tuple[int, int] | None:
    """The rows and columns of an image; None for what is none, or of unknown size."""
    if rank_of(tensor) != _IMAGE_RANK or not isinstance(tensor.shape, tuple):
        return None
    rows, columns = tensor.shape[1:3]
    return (rows, columns) if isinstance(rows, int) and isinstance(columns, int) else None
