"""SHC414: the kernel's second size where today's Keras has the strides."""

from __future__ import annotations

from collections.abc import Iterator

from shapecalc.checks.check import Finding, check
from shapecalc.checks.fault import named
from shapecalc.diagnostics import Severity
from shapecalc.graph.program import ModelRecord
from shapecalc.graph.steps import Step

_CONVOLUTIONS = ("Conv2D", "Conv2DTranspose", "SeparableConv2D")


@check(
    "SHC414",
    "keras-1-convolution",
    Severity.WARNING,
    examines=ModelRecord,
    bad=[
        """
        import keras
        from keras import layers

        model = keras.Sequential([
            keras.Input((28, 28, 1)),
            layers.Conv2D(32, 3, 3, activation="relu"),  # SHC414
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
            keras.Input((28, 28, 1)),
            layers.Conv2D(32, (3, 3), activation="relu"),
            layers.Flatten(),
            layers.Dense(10, activation="softmax"),
        ])
        """
    ],
)
def keras_1_convolution(record: ModelRecord) -> Iterator[Finding]:
    """A convolution's third number is its strides, where a kernel of two sizes seems meant.

    Keras 1 had `Convolution2D(32, 3, 3)` for a kernel of 3 × 3. Since Keras 2 the same call is a
    kernel of 3 with strides of 3: the output has a ninth of the places, and nothing complains.
    Even sizes are left alone, for kernels of 2, 4 or 16 with strides as large cut an image into
    patches; so are strides that are written by their name.
    """
    for step in record.steps:
        sizes = _odd_one_out(step)
        if sizes is None:
            continue
        kernel, stride = sizes
        yield Finding(
            f"{named(step.layer)} moves its kernel of {kernel} in strides of {stride}: the third "
            "number is `strides`, no part of the kernel's size",
            help=f"write the kernel as ({kernel}, {stride}), or strides={stride} if that is meant",
            span=step.span("strides"),
        )


def _odd_one_out(step: Step) -> tuple[int, int] | None:
    """A kernel and strides given as two numbers that hardly can be what they are read as."""
    given = step.layer.__dict__.get("positional", ())
    if step.kind not in _CONVOLUTIONS or len(given) < 3:
        return None
    size, stride = given[1:3]
    if not isinstance(size, int) or not isinstance(stride, int) or stride == 1:
        return None
    if (size, stride) == (1, 2):
        return None  # the shortcut of a residual network
    return (size, stride) if stride > size or (stride == size and size % 2) else None
