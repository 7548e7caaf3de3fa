"""SHC302: a last activation that does not go with the loss."""

from __future__ import annotations

from collections.abc import Iterator

from shapecalc.checks.check import Finding, check
from shapecalc.checks.endings import Ending, is_unbounded
from shapecalc.checks.fault import named
from shapecalc.checks.pairing import Pair, pairs_of
from shapecalc.diagnostics import Note, Severity
from shapecalc.graph.objectives import Labels, Loss, Outputs
from shapecalc.graph.training import Compilation

# What they yield may be below 0, or above 1.
_RECTIFIERS = frozenset({"relu", "relu6"})
_ROUGH = frozenset({"leaky_relu", "elu", "selu", "prelu", "silu", "swish", "gelu", "celu", "mish"})
_SIGNED = frozenset({"tanh", "softsign", "hard_tanh", "log_sigmoid", "log_softmax"})
_PROBABILITIES = frozenset({"softmax", "sigmoid", "hard_sigmoid"})


@check(
    "SHC302",
    "activation-loss-mismatch",
    Severity.WARNING,
    examines=Compilation,
    bad=[
        """
        import keras

        model = keras.Sequential([
            keras.Input((784,)),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10),  # SHC302
        ])
        model.compile("adam", loss="sparse_categorical_crossentropy")
        """,
        """
        import keras

        model = keras.Sequential([
            keras.Input((784,)),
            keras.layers.Dense(10, activation="softmax"),
        ])
        model.compile(
            "adam",
            loss=keras.losses.CategoricalCrossentropy(from_logits=True),  # SHC302
        )
        """,
        """
        import keras

        model = keras.Sequential([
            keras.Input((8,)),
            keras.layers.Dense(3, activation="sigmoid"),  # SHC302
        ])
        model.compile("adam", loss="categorical_crossentropy")
        """,
    ],
    good=[
        """
        import keras

        model = keras.Sequential([
            keras.Input((784,)),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ])
        model.compile("adam", loss="sparse_categorical_crossentropy")
        """,
        """
        import keras

        model = keras.Sequential([
            keras.Input((784,)),
            keras.layers.Dense(10),
        ])
        model.compile("adam", loss=keras.losses.CategoricalCrossentropy(from_logits=True))
        """,
        """
        import keras
        import numpy as np

        generator = keras.Sequential([
            keras.Input((100,)),
            keras.layers.Dense(784, activation="tanh"),
        ])
        # Never trained by itself: its loss is not computed.
        generator.compile("adam", loss="binary_crossentropy")
        images = generator.predict(np.zeros((1, 100)))
        """,
    ],
)
def activation_loss_mismatch(use: Compilation) -> Iterator[Finding]:
    """The last activation does not give what the loss takes.

    A cross-entropy takes the logarithm of probabilities, or, told so by `from_logits=True`, applies
    the softmax or sigmoid itself. Given anything else Keras says nothing: it clips the numbers to
    where a logarithm exists, and the network learns badly or not at all.
    """
    if use.is_idle:
        return
    for pair in pairs_of(use):
        finding = _finding(pair)
        if finding is not None:
            yield finding


def _finding(pair: Pair) -> Finding | None:
    end = pair.ending
    if end is None or end.activation is None or pair.logits is None:
        return None
    if pair.loss.outputs is Outputs.ANY:
        return None
    if end.activation == "softmax" and end.units == 1:
        return None  # SHC301
    if pair.logits:
        return _of_logits(pair, end)
    if end.activation in _PROBABILITIES:
        return _of_probabilities(pair, end)
    if not is_unbounded(end) and end.activation == "linear":
        return None
    return _of_others(pair, end)


def _of_logits(pair: Pair, end: Ending) -> Finding | None:
    """The loss applies the softmax or sigmoid itself."""
    if end.activation in _PROBABILITIES:
        return Finding(
            f"`{pair.words}` is told from_logits=True, but the {end.activation} of "
            f"{named(end.layer)} has made probabilities of the logits already",
            notes=(Note(f"the {end.activation} is applied here", end.span),),
            help=f"leave out from_logits=True, or the activation '{end.activation}'",
            span=pair.span,
        )
    if end.activation in _RECTIFIERS:
        lost = "class 0" if pair.loss.labels is Labels.BINARY else "evidence against a class"
        return _at_activation(
            pair,
            end,
            f"the logits that `{pair.words}` takes are cut off at 0 by the {end.activation} of "
            f"{named(end.layer)}: {lost} cannot be said",
            f"leave out the activation '{end.activation}'",
        )
    return None


def _of_probabilities(pair: Pair, end: Ending) -> Finding | None:
    wanted, units = pair.loss.outputs, end.units
    if wanted is Outputs.CLASSES and end.activation != "softmax":
        if not isinstance(units, int):
            return None
        if units == 1:
            return _at_activation(
                pair,
                end,
                f"`{pair.words}` compares classes, but {named(end.layer)} has one unit: the loss "
                "is the same whatever it gives",
                "use loss='binary_crossentropy' for one probability, or one unit a class with "
                "activation='softmax'",
            )
        return _at_activation(
            pair,
            end,
            f"`{pair.words}` takes probabilities that add up to 1, but {named(end.layer)} applies "
            f"a {end.activation} to each of its {units} units by itself",
            "use activation='softmax' where each sample is of one class, or "
            "loss='binary_crossentropy' where it may be of several",
        )
    exclusive = pair.loss.name in ("binary_crossentropy", "binary_focal_crossentropy")
    if exclusive and end.activation == "softmax" and isinstance(units, int) and units > 2:
        return _at_activation(
            pair,
            end,
            f"`{pair.words}` judges each unit by itself, but the softmax of {named(end.layer)} "
            f"makes its {units} units exclude each other",
            "use loss='categorical_crossentropy' where each sample is of one class, or "
            "activation='sigmoid' where it may be of several",
        )
    return None


def _of_others(pair: Pair, end: Ending) -> Finding | None:
    activation = end.activation
    if pair.loss.outputs is Outputs.POSITIVE:
        if activation in _RECTIFIERS:
            return None
        instead = "'exponential' or 'softplus'"
    elif pair.loss.outputs is Outputs.CLASSES:
        instead = "'softmax'"
    else:
        instead = "'sigmoid'"
    if activation == "linear":
        gives = "gives any numbers"
        logits = pair.loss.logits is not None
        ways = f"use activation={instead}" + (
            f", or loss=keras.losses.{pair.loss.cls}(from_logits=True)" if logits else ""
        )
    elif activation in _RECTIFIERS | _ROUGH | _SIGNED:
        gives = f"gives what its {activation} does"
        ways = f"use activation={instead}"
    else:
        return None
    one = pair.loss.outputs is Outputs.CLASSES and end.units == 1
    if one:
        ways = "use activation='sigmoid' and loss='binary_crossentropy' for one probability"
    return _at_activation(
        pair, end, f"`{pair.words}` takes {_taken(pair.loss)}, but {named(end.layer)} {gives}", ways
    )


def _taken(loss: Loss) -> str:
    return "numbers above 0" if loss.outputs is Outputs.POSITIVE else "probabilities"


def _at_activation(pair: Pair, end: Ending, message: str, ways: str) -> Finding:
    note = Note("the loss is given here", pair.span)
    return Finding(message, notes=(note,), help=ways, span=end.span)
