"""SHC316: the output that a loss judges goes through a dropout."""

from __future__ import annotations

from collections.abc import Iterator

from shapecalc.checks.check import Finding, check
from shapecalc.checks.fault import named
from shapecalc.diagnostics import Note, Severity
from shapecalc.graph.summary import class_name
from shapecalc.graph.training import Compilation

_DROPOUTS = ("Dropout", "AlphaDropout", "GaussianDropout")


@check(
    "SHC316",
    "dropout-on-output",
    Severity.WARNING,
    examines=Compilation,
    bad=[
        """
        import keras
        from keras import layers

        model = keras.Sequential([
            keras.Input((20,)),
            layers.Dense(32, activation="relu"),
            layers.Dense(3, activation="softmax"),
            layers.Dropout(0.5),  # SHC316
        ])
        model.compile("adam", "sparse_categorical_crossentropy")
        """
    ],
    good=[
        """
        import keras
        from keras import layers

        model = keras.Sequential([
            keras.Input((20,)),
            layers.Dense(32, activation="relu"),
            layers.Dropout(0.5),
            layers.Dense(3, activation="softmax"),
        ])
        model.compile("adam", "sparse_categorical_crossentropy")
        """
    ],
)
def dropout_on_output(use: Compilation) -> Iterator[Finding]:
    """The output that a loss judges goes through a dropout.

    While it trains, some outputs are set to 0 at random and the others made larger, so that the
    loss compares labels with what the network has not said: probabilities no longer add up to 1,
    and may be above it. A dropout belongs before the last layer with weights.
    """
    if use.argument("loss") is None:
        return
    for output in use.outputs:
        call = output.call
        if call is None or class_name(call.layer) not in _DROPOUTS:
            continue
        rate = getattr(call.layer, "rate", None)
        if isinstance(rate, (int, float)) and rate > 0:
            yield Finding(
                f"{named(call.layer)} stands behind the last layer: the loss is computed of what "
                "it leaves of the output",
                notes=(Note("the loss is given here", use.arguments.get("loss", use.span)),),
                help="put the dropout before the last layer with weights, or leave it out",
                span=call.layer.span,
                cause=("dropout", id(call)),
            )
