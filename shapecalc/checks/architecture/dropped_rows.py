"""SHC405: a pooling leaves out a large part of its input."""

from __future__ import annotations

from collections.abc import Iterator

from shapecalc.checks.check import Finding, check
from shapecalc.checks.fault import named
from shapecalc.diagnostics import Severity
from shapecalc.graph.program import ModelRecord
from shapecalc.graph.steps import Step
from shapecalc.rules.unknown import Unknown, Unranked

# One place in so many must be lost at the far end of an axis, or it is no matter.
_WORTH_TELLING = 4
_POOLINGS = ("MaxPooling", "AveragePooling")
_ARGUMENTS = ("padding", "data_format", "pool_size", "strides")


@check(
    "SHC405",
    "dropped-rows",
    Severity.INFO,
    examines=ModelRecord,
    bad=[
        """
        import keras
        from keras import layers

        model = keras.Sequential([
            keras.Input((7, 7, 256)),
            layers.MaxPooling2D(4),  # SHC405
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
            keras.Input((7, 7, 256)),
            layers.MaxPooling2D(4, padding="same"),
            layers.Flatten(),
            layers.Dense(10, activation="softmax"),
        ])
        """
    ],
)
def dropped_rows(record: ModelRecord) -> Iterator[Finding]:
    """A pooling leaves out a quarter of its input or more.

    Where the windows of a pooling without padding do not come out even, what is left at the far
    end of an axis is in none of them. One row of thirteen is no matter, and textbooks lose it too;
    three rows of seven are a large part of the image, always at the same edge.
    """
    for step in record.steps:
        for axis, length, lost in _lost(step):
            if lost * _WORTH_TELLING >= length:
                yield Finding(
                    f"{named(step.layer)} leaves out the last {lost} of {length} places along "
                    f"axis {axis}",
                    help="use padding='same', or a window that divides the input's size",
                    span=step.span("pool_size", "strides"),
                )
                break


def _lost(step: Step) -> Iterator[tuple[int, int, int]]:
    """For each spatial axis: its place, its length, and how much of its end is in no window."""
    if step.call is None or not step.kind.startswith(_POOLINGS):
        return
    shape = step.call.inputs[0].shape if step.call.inputs else None
    if any(isinstance(step.argument(name), Unknown) for name in _ARGUMENTS):
        return
    if step.argument("padding") != "valid" or shape is None or isinstance(shape, Unranked):
        return
    first = 2 if step.argument("data_format") == "channels_first" else 1
    sizes = step.argument("pool_size")
    strides = step.argument("strides") or sizes
    for axis, (size, stride) in enumerate(zip(sizes, strides, strict=False), first):
        length = shape[axis] if axis < len(shape) else None
        if isinstance(length, int) and isinstance(size, int) and isinstance(stride, int):
            yield axis, length, (length - size) % stride
