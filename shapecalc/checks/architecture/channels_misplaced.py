"""SHC413: the channels of an image stand where a convolution does not look for them."""

from __future__ import annotations

from collections.abc import Iterator

from shapecalc.checks.check import Finding, check
from shapecalc.checks.fault import named, on_line, without_batch
from shapecalc.diagnostics import Severity
from shapecalc.dims import Shape
from shapecalc.graph.program import ModelRecord
from shapecalc.graph.steps import Step
from shapecalc.layers.input import is_input
from shapecalc.rules.unknown import Unranked

_CONVOLUTIONS = ("Conv2D", "DepthwiseConv2D", "SeparableConv2D")
_CHANNELS = (1, 3, 4)
# An image has at least so many rows and columns.
_SMALLEST = 16
_IMAGE_RANK = 4


@check(
    "SHC413",
    "channels-misplaced",
    Severity.WARNING,
    examines=ModelRecord,
    bad=[
        """
        import keras
        from keras import layers

        model = keras.Sequential([
            keras.Input((3, 224, 224)),
            layers.Conv2D(64, 3, padding="same", activation="relu"),  # SHC413
            layers.Flatten(),
            layers.Dense(10, activation="softmax"),
        ])
        """
    ],
    good=[
        """
        import keras
        from keras import layers

        model = keras.Sequential([
            keras.Input((224, 224, 3)),
            layers.Conv2D(64, 3, padding="same", activation="relu"),
            layers.GlobalAveragePooling2D(),
            layers.Dense(10, activation="softmax"),
        ])
        """
    ],
)
def channels_misplaced(record: ModelRecord) -> Iterator[Finding]:
    """The channels of an image stand where the convolution does not look for them.

    A convolution takes an image of (3, 224, 224) for one of 3 rows with 224 channels, unless it
    is told `data_format="channels_first"`. It runs, over the wrong axes, and learns little.
    """
    for step in record.steps:
        entry = step.behind("Rescaling", "Normalization", "BatchNormalization", relabelling=True)
        entry = entry or (step.before[0] if len(step.before) == 1 else None)
        if step.kind not in _CONVOLUTIONS or step.call is None or entry is None:
            continue
        shape = step.call.inputs[0].shape
        if not is_input(entry.layer) or isinstance(shape, Unranked) or len(shape) != _IMAGE_RANK:
            continue
        meant = _as_meant(step, shape)
        if meant is not None:
            yield Finding(
                f"{named(step.layer)} takes the image of {without_batch(shape)} for one of "
                f"{_channels(step, shape)} channels",
                help=f"make the input{on_line(entry.span())} {without_batch(meant)}, or set "
                f"data_format='{_other(step)}'",
                span=step.span(),
            )


def _channels(step: Step, shape: Shape) -> object:
    return shape[1 if step.argument("data_format") == "channels_first" else -1]


def _other(step: Step) -> str:
    first = step.argument("data_format") == "channels_first"
    return "channels_last" if first else "channels_first"


def _as_meant(step: Step, shape: Shape) -> Shape | None:
    """The shape with its channels where the layer looks for them, if they stand elsewhere."""
    batch, a, b, c = shape
    if _other(step) == "channels_first":
        channels, rows, columns, meant = a, b, c, (batch, b, c, a)
    else:
        channels, rows, columns, meant = c, a, b, (batch, c, a, b)
    large = all(isinstance(n, int) and n >= _SMALLEST for n in (rows, columns))
    # One row of so many places with so many features is a sequence, unless it is square.
    square = rows == columns
    return meant if channels in _CHANNELS and large and (square or channels != 1) else None
