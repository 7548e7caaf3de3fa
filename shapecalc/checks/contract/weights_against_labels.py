"""SHC319: weights of classes or samples that do not go with the labels."""

from __future__ import annotations

from collections.abc import Iterator

from shapecalc.checks.check import Finding, check
from shapecalc.checks.fault import shown
from shapecalc.checks.labelling import batch_of
from shapecalc.checks.pairing import pairs_of
from shapecalc.diagnostics import Severity
from shapecalc.dims import BATCH, Shape
from shapecalc.graph.objectives import Fit
from shapecalc.graph.tensor import Tensor
from shapecalc.graph.training import Compilation, DataUse
from shapecalc.rules.refusal import show_shape


@check(
    "SHC319",
    "weights-against-labels",
    Severity.ERROR,
    examines=DataUse,
    bad=[
        """
        import keras
        import numpy as np

        images, masks = np.ones((16, 32, 32, 3)), np.ones((16, 32, 32, 1))
        model = keras.Sequential([
            keras.Input((32, 32, 3)),
            keras.layers.Conv2D(1, 3, padding="same", activation="sigmoid"),
        ])
        model.compile("adam", "binary_crossentropy")
        model.fit(images, masks, class_weight={0: 1.0, 1: 20.0})  # SHC319
        """,
        """
        import keras
        import numpy as np

        images, masks = np.ones((16, 32, 32, 3)), np.ones((16, 32, 32, 1))
        model = keras.Sequential([
            keras.Input((32, 32, 3)),
            keras.layers.Conv2D(1, 3, padding="same", activation="sigmoid"),
        ])
        model.compile("adam", "binary_crossentropy")
        model.fit(images, masks, sample_weight=np.ones((16, 32 * 32)))  # SHC319
        """,
        """
        import keras
        import numpy as np

        model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(3, activation="softmax")])
        model.compile("adam", "sparse_categorical_crossentropy")
        model.fit(np.ones((16, 8)), np.zeros(16), class_weight=[1.0, 2.0, 2.0])  # SHC319
        """,
        """
        import keras
        import numpy as np

        inputs = keras.Input((8,))
        real = keras.layers.Dense(1, activation="sigmoid")(inputs)
        kind = keras.layers.Dense(3, activation="softmax")(inputs)
        model = keras.Model(inputs, [real, kind])
        model.compile("adam", ["binary_crossentropy", "categorical_crossentropy"])
        model.train_on_batch(
            np.ones((16, 8)),
            [np.ones((16, 1)), np.ones((16, 3))],
            class_weight=[{0: 1.0, 1: 2.0}, {0: 1.0, 1: 2.0, 2: 2.0}],  # SHC319
        )
        """,
    ],
    good=[
        """
        import keras
        import numpy as np

        images, masks = np.ones((16, 32, 32, 3)), np.ones((16, 32, 32, 1))
        model = keras.Sequential([
            keras.Input((32, 32, 3)),
            keras.layers.Conv2D(1, 3, padding="same", activation="sigmoid"),
        ])
        model.compile("adam", "binary_crossentropy")
        model.fit(images, masks, sample_weight=np.ones((16, 32, 32)))
        """,
        """
        import keras
        import numpy as np

        model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(3, activation="softmax")])
        model.compile("adam", "categorical_crossentropy")
        model.fit(np.ones((16, 8)), np.ones((16, 3)), class_weight={0: 1.0, 1: 2.0, 2: 2.0})
        """,
    ],
)
def weights_against_labels(use: DataUse) -> Iterator[Finding]:
    """Weights of classes or of samples do not go with the labels.

    Weights of classes need one class a sample: for a class at each step or pixel Keras raises an
    error, and so it does for several outputs. Weights of samples are multiplied with the losses,
    of which there is one a sample, or one at each place of an output that has places.
    """
    if use.batched and not use.method.endswith("_on_batch"):
        return
    labels = use.argument("y")
    weights = use.argument("class_weight")
    if use.method in ("fit", "train_on_batch"):
        one_each = isinstance(weights, (list, tuple)) and any(isinstance(w, dict) for w in weights)
        if isinstance(weights, (list, tuple, Tensor)) and not one_each:
            yield Finding(
                "`class_weight` is given as a row of numbers, where Keras looks each class up",
                help="make a dict of it: dict(enumerate(weights))",
                argument="class_weight",
            )
            return
        if one_each or (isinstance(weights, dict) and weights):
            yield from _of_classes(labels)
            return
    yield from _of_samples(use)


def _of_classes(labels: object) -> Iterator[Finding]:
    way = (
        "give each place a weight of its own with sample_weight, or use a loss that weighs classes"
    )
    if isinstance(labels, (list, tuple, dict)) and len(labels) > 1:
        if all(isinstance(t, Tensor) for t in labels):
            yield Finding(
                "`class_weight` is for a single output, but there are labels for "
                f"{len(labels)} outputs",
                help="give each output's samples weights with sample_weight",
                argument="class_weight",
            )
    elif isinstance(labels, Tensor) and isinstance(labels.shape, tuple):
        places = labels.shape[1:-1]
        if any(isinstance(dim, int) and dim > 1 for dim in places):
            yield Finding(
                f"`class_weight` takes one class a sample, but the labels {shown(labels.shape)} "
                "have one at each place",
                help=way,
                argument="class_weight",
            )


def _of_samples(use: DataUse) -> Iterator[Finding]:
    weights = use.argument("sample_weight")
    if not isinstance(weights, Tensor) or not isinstance(use.compilation, Compilation):
        return
    pairs = list(pairs_of(use.compilation))
    if len(pairs) != 1 or len(use.compilation.outputs) != 1 or pairs[0].loss.fit is Fit.FREE:
        return
    output, given = pairs[0].output.shape, weights.shape
    if (
        not isinstance(output, tuple)
        or not isinstance(given, tuple)
        or len(output) < 2
        or not given
    ):
        return
    losses = output[1:-1]
    if not _multiply(losses, given[1:], batch_of(given, use)):
        yield Finding(
            f"the weights {shown(given)} do not go with the losses, of which there is one for each "
            f"of {show_shape((BATCH, *losses))}",
            help=f"give weights of that shape: {show_shape((given[0], *losses))}",
            argument="sample_weight",
        )


def _multiply(losses: Shape, weights: Shape, batch: int | None) -> bool:
    """Whether NumPy multiplies them, or that is not known.

    Args:
        losses: the places for which there is a loss each, without the batch axis.
        weights: those for which there is a weight each.
        batch: how many samples there are at once, where that is known.
    """
    if len(losses) == len(weights) + 1 and losses[-1] == 1:
        losses = losses[:-1]
    elif len(weights) == len(losses) + 1 and weights[-1] == 1:
        weights = weights[:-1]
    one, other = (batch, *losses), (batch, *weights)
    return not any(
        isinstance(a, int) and isinstance(b, int) and a != b and 1 not in (a, b)
        for a, b in zip(reversed(one), reversed(other), strict=False)
    )
