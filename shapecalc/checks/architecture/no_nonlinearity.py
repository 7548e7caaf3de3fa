"""SHC404: two layers with weights and nothing between them that is not linear."""

from __future__ import annotations

from collections.abc import Iterator

from shapecalc.checks.check import Finding, check
from shapecalc.checks.endings import LINEAR, activation_of
from shapecalc.checks.fault import named, size_at
from shapecalc.diagnostics import Note, Severity
from shapecalc.graph.program import ModelRecord
from shapecalc.graph.steps import Step

_CONVOLUTIONS = ("Conv1D", "Conv2D", "Conv3D")


@check(
    "SHC404",
    "no-nonlinearity",
    Severity.INFO,
    examines=ModelRecord,
    bad=[
        """
        import keras
        from keras import layers

        model = keras.Sequential([
            keras.Input((20,)),
            layers.Dense(64),
            layers.Dropout(0.5),
            layers.Dense(1, activation="sigmoid"),  # SHC404
        ])
        """
    ],
    good=[
        """
        import keras
        from keras import layers

        model = keras.Sequential([
            keras.Input((20,)),
            layers.Dense(64, activation="relu"),
            layers.Dropout(0.5),
            layers.Dense(1, activation="sigmoid"),
        ])
        """
    ],
)
def no_nonlinearity(record: ModelRecord) -> Iterator[Finding]:
    """Two layers of one kind follow each other with nothing between them that is not linear.

    One linear function on top of another is one linear function: such a pair can do nothing that
    the second layer could not do alone. What does so on purpose is left alone: a layer that says
    `activation=None`, one that is narrower than what is around it, kernels of one place or of
    one row, layers of different kinds, and a model without any activation.
    """
    if not any(activation_of(step.layer) not in (LINEAR, None) for step in record.steps):
        return
    for step in record.steps:
        before = step.behind("BatchNormalization", relabelling=True)
        if before is not None and _is_pair(before, step):
            yield Finding(
                f"there is no activation between {named(before.layer)} and {named(step.layer)}: "
                "together they are one linear layer",
                notes=(Note(f"{named(before.layer)} is made here", before.span()),),
                help=f"give {named(before.layer)} an activation, such as 'relu'",
                span=step.span(),
            )


def _is_pair(first: Step, second: Step) -> bool:
    if first.kind != second.kind or first.call is None:
        return False
    if first.kind == "Dense":
        size = "units"
    elif first.kind in _CONVOLUTIONS and _slides_freely(first) and _slides_freely(second):
        size = "filters"
    else:
        return False
    if activation_of(first.layer) != LINEAR or "activation" in first.layer.__dict__["given"]:
        return False
    fan_in, width = size_at(first.call.inputs[0], -1), first.argument(size)
    next_width = second.argument(size)
    if not (isinstance(fan_in, int) and isinstance(width, int) and isinstance(next_width, int)):
        return False
    # A narrower layer makes a matrix of low rank, which is a use of its own.
    return width >= min(fan_in, next_width)


def _slides_freely(step: Step) -> bool:
    """Whether a convolution joins channels as well as neighbouring places along each axis."""
    sizes = step.argument("kernel_size")
    return step.argument("groups") == 1 and all(isinstance(n, int) and n > 1 for n in sizes)
