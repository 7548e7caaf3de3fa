"""Keras's losses and metrics: their names, and what each takes of outputs and labels."""

from __future__ import annotations

import enum
from typing import NamedTuple

from shapecalc.graph.training import Objective
from shapecalc.rules.session import snake_case
from shapecalc.rules.unknown import Unknown


class Outputs(enum.Enum):
    """What a loss takes of a model's output."""

    CLASSES = "one probability a class, which add up to 1"
    PROBABILITIES = "probabilities, each by itself"
    POSITIVE = "numbers that are not negative"
    ANY = "any numbers"


class Labels(enum.Enum):
    """What a loss takes of the labels."""

    ONE_HOT = "one number a class, which add up to 1"
    INTEGER = "the number of a class"
    BINARY = "numbers from 0 to 1"
    REAL = "any numbers"
    OTHER = "something else"


class Fit(enum.Enum):
    """How the shape of the labels has to go with that of the output."""

    SAME = "the output's"
    WITHOUT_LAST = "the output's without its last axis"
    BROADCAST = "any that broadcasts with it"
    FREE = "as the function itself says"


class Loss(NamedTuple):
    """A loss of Keras.

    Attributes:
        name: its function's name; every loss has one.
        cls: its class's name.
        outputs: what it takes of outputs, where they are not logits.
        labels: what it takes of labels.
        fit: how their shapes go together.
        logits: where `from_logits`, which is False by default, stands among the arguments of the
            class; None where it has none.
        short: shorter spellings that Keras resolves.
    """

    name: str
    cls: str
    outputs: Outputs
    labels: Labels
    fit: Fit
    logits: int | None = None
    short: tuple[str, ...] = ()


_REGRESSION = (Outputs.ANY, Labels.REAL, Fit.BROADCAST)
_ONE_HOT = (Outputs.CLASSES, Labels.ONE_HOT, Fit.SAME)
_BINARY = (Outputs.PROBABILITIES, Labels.BINARY, Fit.SAME)

LOSSES = (
    Loss("mean_squared_error", "MeanSquaredError", *_REGRESSION, short=("mse", "MSE")),
    Loss("mean_absolute_error", "MeanAbsoluteError", *_REGRESSION, short=("mae", "MAE")),
    Loss(
        "mean_absolute_percentage_error",
        "MeanAbsolutePercentageError",
        *_REGRESSION,
        short=("mape", "MAPE"),
    ),
    Loss(
        "mean_squared_logarithmic_error",
        "MeanSquaredLogarithmicError",
        *_REGRESSION,
        short=("msle", "MSLE"),
    ),
    Loss("log_cosh", "LogCosh", *_REGRESSION),
    Loss("huber", "Huber", *_REGRESSION),
    Loss("cosine_similarity", "CosineSimilarity", *_REGRESSION),
    Loss("poisson", "Poisson", Outputs.POSITIVE, Labels.REAL, Fit.BROADCAST),
    Loss("hinge", "Hinge", Outputs.ANY, Labels.OTHER, Fit.BROADCAST),
    Loss("squared_hinge", "SquaredHinge", Outputs.ANY, Labels.OTHER, Fit.BROADCAST),
    Loss("categorical_hinge", "CategoricalHinge", Outputs.ANY, Labels.ONE_HOT, Fit.BROADCAST),
    Loss(
        "kl_divergence",
        "KLDivergence",
        Outputs.CLASSES,
        Labels.ONE_HOT,
        Fit.BROADCAST,
        short=("kld", "KLD"),
    ),
    Loss("binary_crossentropy", "BinaryCrossentropy", *_BINARY, 0, ("bce", "BCE")),
    Loss("binary_focal_crossentropy", "BinaryFocalCrossentropy", *_BINARY, 3),
    Loss("categorical_crossentropy", "CategoricalCrossentropy", *_ONE_HOT, 0),
    Loss(
        "categorical_focal_crossentropy",
        "CategoricalFocalCrossentropy",
        Outputs.CLASSES,
        Labels.ONE_HOT,
        Fit.BROADCAST,
        2,
    ),
    Loss(
        "sparse_categorical_crossentropy",
        "SparseCategoricalCrossentropy",
        Outputs.CLASSES,
        Labels.INTEGER,
        Fit.WITHOUT_LAST,
        0,
    ),
    Loss(
        "categorical_generalized_cross_entropy",
        "CategoricalGeneralizedCrossEntropy",
        Outputs.CLASSES,
        Labels.INTEGER,
        Fit.FREE,
    ),
    Loss("dice", "Dice", Outputs.PROBABILITIES, Labels.BINARY, Fit.BROADCAST),
    Loss("tversky", "Tversky", Outputs.PROBABILITIES, Labels.BINARY, Fit.BROADCAST),
    Loss("circle", "Circle", Outputs.ANY, Labels.OTHER, Fit.FREE),
    Loss("ctc", "CTC", Outputs.ANY, Labels.OTHER, Fit.FREE),
)

# Exported as objects, but not found by their names.
_NOT_BY_NAME = frozenset(
    {"categorical_generalized_cross_entropy", "CategoricalGeneralizedCrossEntropy"}
)
# A name that Keras resolves once it sees the shapes of labels and outputs.
BY_SHAPE = frozenset({"crossentropy", "ce"})

# Names that only Keras 1 and 2 resolved, and today's.
OLDER_LOSSES = {
    "kullback_leibler_divergence": "kl_divergence",
    "cosine": "cosine_similarity",
    "cosine_proximity": "cosine_similarity",
    "logcosh": "log_cosh",
    "huber_loss": "huber",
}

_LOSSES = {spelling: loss for loss in LOSSES for spelling in (loss.name, loss.cls, *loss.short)}


def loss_of(objective: object) -> Loss | None:
    """The loss of Keras that an objective is; None for any other, and for what is not known."""
    if not isinstance(objective, Objective) or objective.name is None:
        return None
    return _LOSSES.get(OLDER_LOSSES.get(objective.name, objective.name))


def takes_logits(objective: Objective) -> bool | None:
    """Whether a loss is told that outputs are logits; None where that is not known."""
    loss = loss_of(objective)
    if loss is None or loss.logits is None:
        return False
    given = objective.options.get("from_logits")
    if given is None and len(objective.args) > loss.logits:
        given = objective.args[loss.logits]
    if given is None:
        starred = any(isinstance(x, Unknown) for x in objective.args)
        return None if starred else False
    return given if isinstance(given, bool) else None


def loss_spellings() -> tuple[str, ...]:
    """Every text that Keras resolves as a loss."""
    return (*(name for name in _LOSSES if name not in _NOT_BY_NAME), *sorted(BY_SHAPE))


class Judged(enum.Enum):
    """What a metric takes of labels beside an output of several units."""

    INTEGER = "the number of a class"
    ONE_HOT = "one number a class"
    EACH = "one number a unit, by itself"
    CLASSES = "the number of a class, and so of the output"
    OTHER = "something else"


_METRICS: dict[str, Judged] = {
    **dict.fromkeys(
        (
            "SparseCategoricalAccuracy",
            "SparseTopKCategoricalAccuracy",
            "SparseCategoricalCrossentropy",
        ),
        Judged.INTEGER,
    ),
    **dict.fromkeys(
        (
            "CategoricalAccuracy", "CategoricalCrossentropy", "CategoricalHinge", "KLDivergence",
            "OneHotIoU", "OneHotMeanIoU", "TopKCategoricalAccuracy",
        ),
        Judged.ONE_HOT,
    ),
    **dict.fromkeys(
        (
            "AUC", "Accuracy", "BinaryAccuracy", "BinaryCrossentropy", "BinaryIoU",
            "CosineSimilarity", "F1Score", "FBetaScore", "FalseNegatives", "FalsePositives",
            "Hinge", "MeanAbsoluteError", "MeanAbsolutePercentageError", "MeanSquaredError",
            "MeanSquaredLogarithmicError", "Poisson", "Precision", "PrecisionAtRecall", "R2Score",
            "Recall", "RecallAtPrecision", "RootMeanSquaredError", "SensitivityAtSpecificity",
            "SpecificityAtSensitivity", "SquaredHinge", "TrueNegatives", "TruePositives",
        ),
        Judged.EACH,
    ),
    **dict.fromkeys(("IoU", "MeanIoU"), Judged.CLASSES),
    **dict.fromkeys(
        (
            "ConcordanceCorrelation", "LogCoshError", "Mean", "MeanMetricWrapper", "Metric",
            "PearsonCorrelation", "Sum",
        ),
        Judged.OTHER,
    ),
}  # fmt: skip

# So many arguments stand before `sparse_y_true` and `sparse_y_pred`.
_BEFORE_SPARSE = 4

# The one that Keras chooses itself, once it sees the shapes of labels and outputs.
CHOSEN_METRICS = frozenset({"accuracy", "acc"})

_SHORT_METRICS = {
    short: loss.cls for loss in LOSSES for short in loss.short if loss.name != "kl_divergence"
}


def metric_class(objective: Objective) -> str | None:
    """The class of a metric; None for any other, and for the one that Keras chooses itself."""
    name = objective.name
    if name is None or (objective.text and name.lower() in CHOSEN_METRICS):
        return None
    return _metric_names().get(name)


def judged_of(cls: str) -> Judged:
    """What a class of metrics takes of labels."""
    return _METRICS[cls]


def takes_class_numbers(metric: Objective, of: str) -> bool | None:
    """Whether a metric of `Judged.CLASSES` takes numbers of classes; None if not known.

    Args:
        metric: the metric.
        of: what takes the numbers: `sparse_y_true` for labels, `sparse_y_pred` for outputs.
    """
    known = len(metric.args) <= _BEFORE_SPARSE
    given = metric.options.get(of, True if known else None)
    return given if isinstance(given, bool) and not metric.text else None


def metric_spellings() -> tuple[str, ...]:
    """Every text that Keras resolves as a metric."""
    return tuple(_metric_names())


def _metric_names() -> dict[str, str]:
    return {
        **{cls: cls for cls in _METRICS},
        **{snake_case(cls): cls for cls in _METRICS},
        **_SHORT_METRICS,
    }
