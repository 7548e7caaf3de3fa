"""SHC406: a dense layer on an image that was meant to be flattened."""

from __future__ import annotations

from collections.abc import Iterator

from shapecalc.checks.causes import PLACES_KEPT
from shapecalc.checks.check import Finding, check
from shapecalc.checks.endings import activation_of
from shapecalc.checks.fault import named, rank_of, shown
from shapecalc.checks.history import stride_along
from shapecalc.diagnostics import Severity
from shapecalc.graph.model import Network
from shapecalc.graph.program import ModelRecord
from shapecalc.graph.steps import Step
from shapecalc.graph.tensor import Tensor
from shapecalc.layers.input import is_input

_RANKS = (3, 4, 5)
_OF_CLASSES = ("softmax", "sigmoid")
_ENLARGE = ("Conv1DT", "Conv2DT", "Conv3DT", "UpSampling", "ZeroPadding", "Cropping", "Resizing")
_MOST_STEPS = 1_000


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
    """A model that takes an image or a series ends with a class for each place of a smaller one.

    A Dense layer joins the last axis only: on an image it works like a convolution of one place,
    and an image comes out. That is how each pixel, or each step of a series, is classified, but
    then the output has the size of what comes in. Where it has not, a `Flatten` or a global
    pooling before the first Dense was most likely forgotten. Places that the network makes itself,
    as where it answers one series with another, are meant.
    """
    for step in record.steps:
        dense = step.only_before if step.kind == "Activation" else step
        if not step.ends or dense is None or dense.kind != "Dense" or step.call is None:
            continue
        if activation_of(step.layer) not in _OF_CLASSES or not _is_smaller(step, record):
            continue
        output = step.call.outputs[0]
        axes = (rank_of(output) or 4) - 2
        what = "a series" if axes == 1 else "an image"
        yield Finding(
            f"{named(dense.layer)} classifies each place of {what} on its own: its output is "
            f"{shown(output.shape)}",
            help=f"put Flatten() or GlobalAveragePooling{axes}D() before the first Dense",
            span=dense.span(),
            cause=(PLACES_KEPT, id(output)),
        )


def _is_smaller(step: Step, record: ModelRecord) -> bool:
    """Whether the output has places, in a grid that no input has, even in part."""
    assert step.call is not None
    places = _places(step.call.outputs[0])
    if places is None or all(n == 1 for n in places):
        return False
    given = [entry.call for entry in record.steps if is_input(entry.layer)]
    grids = [_places(tensor) for call in given if call is not None for tensor in call.outputs]
    if not grids or any(grid is None or len(grid) != len(places) for grid in grids):
        return False
    if any(_makes_places(before) for before in record.steps):
        return False
    # A network for segmentation may answer in steps of 2, 4, 8 … pixels: those of its strides.
    strides = _strides(step, len(places))
    return all(
        any(
            a % b or (s is not None and a != b * s)
            for a, b, s in zip(grid, places, strides, strict=True)
        )
        for grid in grids
        if grid
    )


def _strides(step: Step, axes: int) -> tuple[int | None, ...]:
    """How many places of the input each of an output's stands for, by the strides between them.

    Returns:
        None for an axis where that is not known.
    """
    found: list[int | None] = [1] * axes
    at: Step | None = step
    for _ in range(_MOST_STEPS):
        if at is None:
            break
        enlarges = isinstance(at.layer, Network) or at.kind.startswith(_ENLARGE)
        for axis, sofar in enumerate(found):
            stride = stride_along(at.layer, axis + 1)
            if sofar is None or not isinstance(stride, int) or enlarges:
                found[axis] = None
            else:
                found[axis] = sofar * stride
        at = at.before[0] if at.before else None
    return tuple(found)


def _makes_places(step: Step) -> bool:
    """Whether a layer gives an output more axes than its inputs have."""
    if step.call is None or not step.call.inputs:
        return False
    before = [rank_of(tensor) for tensor in step.call.inputs]
    after = [rank_of(tensor) for tensor in step.call.outputs]
    if None in before or None in after:
        return True
    return max(n or 0 for n in after) > max(n or 0 for n in before)


def _places(tensor: Tensor) -> tuple[int, ...] | None:
    """The lengths of the axes between batch and channels; None where one is not known."""
    if not isinstance(tensor.shape, tuple) or rank_of(tensor) not in _RANKS:
        return None
    places = tuple(n for n in tensor.shape[1:-1] if isinstance(n, int) and n > 0)
    return places if len(places) == len(tensor.shape) - 2 else None
