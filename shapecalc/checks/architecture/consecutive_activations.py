"""SHC403: an activation right on top of another."""

from __future__ import annotations

from collections.abc import Iterator

from shapecalc.checks.check import Finding, check
from shapecalc.checks.endings import LINEAR, activation_of
from shapecalc.checks.fault import named
from shapecalc.diagnostics import Note, Severity
from shapecalc.graph.program import ModelRecord
from shapecalc.graph.steps import Step

_LAYERS = ("Activation", "ELU", "LeakyReLU", "PReLU", "ReLU", "Softmax")
# What one of the first does is undone or done already when one of the second comes.
_CLIPPING = ("relu", "relu6", "sigmoid", "softmax", "softplus")


@check(
    "SHC403",
    "consecutive-activations",
    Severity.WARNING,
    examines=ModelRecord,
    bad=[
        """
        import keras
        from keras import layers

        model = keras.Sequential([
            keras.Input((20,)),
            layers.Dense(64, activation="relu"),
            layers.LeakyReLU(),  # SHC403
            layers.Dense(1, activation="sigmoid"),
        ])
        """,
        """
        import keras
        from keras import layers

        model = keras.Sequential([
            keras.Input((20,)),
            layers.Dense(64, activation="relu"),
            layers.Dense(10, activation="softmax"),
            layers.Softmax(),  # SHC403
        ])
        """,
    ],
    good=[
        """
        import keras
        from keras import layers

        model = keras.Sequential([
            keras.Input((20,)),
            layers.Dense(64),
            layers.LeakyReLU(),
            layers.Dense(10),
            layers.Softmax(),
        ])
        """
    ],
)
def consecutive_activations(record: ModelRecord) -> Iterator[Finding]:
    """An activation is applied to what is just out of another one.

    The second one has then little or nothing to do: a ReLU or a LeakyReLU lets the output of a
    ReLU through as it is, and a softmax over probabilities makes them nearly equal. Mostly the
    layer before was given an `activation` that was meant to be the layer behind it.
    """
    for step in record.steps:
        if step.kind not in _LAYERS:
            continue
        before = step.behind("Dropout")
        if before is None:
            continue
        second, first = activation_of(step.layer), _applied_by(before)
        if first is None or second in (None, LINEAR):
            continue
        yield Finding(
            f"{named(step.layer)} applies {second} to what {named(before.layer)} has applied "
            f"{first} to",
            notes=(Note(f"{first} is applied here", before.span("activation")),),
            help=f"leave out one of the two: {_advice(before)}",
            span=step.span("activation"),
        )


def _applied_by(step: Step) -> str | None:
    """The bounding activation that a step ends with, or None."""
    # What a recurrent layer hands out is not what its `activation` gives.
    if "recurrent_initializer" in step.layer.arguments:
        return None
    name = activation_of(step.layer)
    return name if name in _CLIPPING else None


def _advice(before: Step) -> str:
    if before.kind in _LAYERS:
        return f"keep {named(before.layer)} or the layer behind it"
    return f"for the layer to apply it, give {named(before.layer)} no activation"
