"""SHC412: a network that is trained on pixels from 0 to 255 as they are."""

from __future__ import annotations

from collections.abc import Iterator

from shapecalc.checks.check import Finding, check
from shapecalc.checks.fault import named, rank_of
from shapecalc.diagnostics import Note, Severity
from shapecalc.graph.model import Network
from shapecalc.graph.steps import Step, first_step
from shapecalc.graph.tensor import Tensor
from shapecalc.graph.training import DataUse

_TRAIN = frozenset({"fit", "train_on_batch", "fit_generator"})
_PIXELS = (0, 255)
# They give pixels of the range that they are given.
_KEEP_THE_RANGE = (
    "AveragePooling", "CenterCrop", "Cropping", "MaxPooling", "Permute", "RandomCrop",
    "RandomFlip", "RandomRotation", "RandomTranslation", "RandomZoom", "Resizing", "UpSampling",
    "ZeroPadding",
)  # fmt: skip
_SUM_UP = frozenset({"Dense", "Conv1D", "Conv2D", "Conv3D", "SeparableConv2D", "LSTM", "GRU"})
# What comes out of these has a scale of its own, whatever goes in.
_NORMALIZE = frozenset({"BatchNormalization", "LayerNormalization", "GroupNormalization"})
_MOST_STEPS = 50


@check(
    "SHC412",
    "raw-pixels",
    Severity.INFO,
    examines=DataUse,
    bad=[
        """
        import keras

        (x, y), _ = keras.datasets.mnist.load_data()
        model = keras.Sequential([
            keras.Input((28, 28)),
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ])
        model.compile("sgd", "sparse_categorical_crossentropy")
        model.fit(x, y)  # SHC412
        """
    ],
    good=[
        """
        import keras

        (x, y), _ = keras.datasets.mnist.load_data()
        model = keras.Sequential([
            keras.Input((28, 28)),
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ])
        model.compile("sgd", "sparse_categorical_crossentropy")
        model.fit(x / 255, y)
        """,
        """
        import keras

        (x, y), _ = keras.datasets.mnist.load_data()
        model = keras.Sequential([
            keras.Input((28, 28)),
            keras.layers.Rescaling(1 / 255),
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ])
        model.compile("sgd", "sparse_categorical_crossentropy")
        model.fit(x, y)
        """,
    ],
)
def raw_pixels(use: DataUse) -> Iterator[Finding]:
    """Pixels from 0 to 255 reach the first weights as they are.

    Weights are drawn for inputs of about 1. Sums over inputs a hundred times as large saturate a
    softmax, and gradients that large let a plain SGD diverge; other optimizers only learn more
    slowly, and so it is no more than a remark. It is said of data whose range is known, where
    nothing on the way rescales or normalizes them, and the first layer's output neither.
    """
    if use.method not in _TRAIN or use.model.kind not in ("sequential", "functional"):
        return
    data = use.argument("x")
    each = list(data) if isinstance(data, (list, tuple)) else [data]
    if len(each) != len(use.model.inputs):
        return
    for own, array in zip(use.model.inputs, each, strict=True):
        if isinstance(array, Tensor) and _are_pixels(array):
            first = _first_to_sum_up(use.model, own)
            if first is not None:
                yield Finding(
                    f'"{use.model.name}" is trained on pixels from 0 to 255, which '
                    f"{named(first.layer)} takes as they are",
                    notes=(Note(f"{named(first.layer)} is made here", first.layer.span),),
                    help="divide the pixels by 255, or put Rescaling(1 / 255) before it",
                    argument="x",
                    cause=("raw pixels", id(use.model)),
                )
                return


def _are_pixels(array: Tensor) -> bool:
    known = array.contents
    rank = rank_of(array)
    return known is not None and (known.low, known.high) == _PIXELS and rank in (2, 3, 4)


def _first_to_sum_up(model: Network, own: Tensor) -> Step | None:
    """The first layer that changes the elements of an input, if it only sums them up over weights.

    Where what comes out of it is normalized, there is none.
    """
    step = first_step(model, own)
    for _ in range(_MOST_STEPS):
        if step is None or (step.call is not None and len(step.call.inputs) != 1):
            return None
        if step.kind in _SUM_UP:
            after = step.after[0] if len(step.after) == 1 else None
            return None if after is not None and after.kind in _NORMALIZE else step
        keeps = step.layer.relabels or step.kind.startswith(_KEEP_THE_RANGE)
        step = step.after[0] if keeps and len(step.after) == 1 else None
    return None
