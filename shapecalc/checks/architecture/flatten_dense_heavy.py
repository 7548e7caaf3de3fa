"""SHC407: nearly all params are in one dense layer behind a flattened image."""

from __future__ import annotations

from collections.abc import Iterator

from shapecalc.checks.check import Finding, check
from shapecalc.checks.fault import named, shown
from shapecalc.diagnostics import Severity
from shapecalc.dims import total
from shapecalc.graph.program import ModelRecord
from shapecalc.layers.layer import weights_within
from shapecalc.rules.unknown import Unranked

# Of the model's params, in per cent, and as a count.
_SHARE = 90
_LARGE = 10_000_000
_IMAGE_RANK = 4


@check(
    "SHC407",
    "flatten-dense-heavy",
    Severity.INFO,
    examines=ModelRecord,
    bad=[
        """
        import keras
        from keras import layers

        model = keras.Sequential([
            keras.Input((224, 224, 3)),
            layers.Conv2D(32, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Flatten(),
            layers.Dense(128, activation="relu"),  # SHC407
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
            layers.Conv2D(32, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.GlobalAveragePooling2D(),
            layers.Dense(128, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ])
        """
    ],
)
def flatten_dense_heavy(record: ModelRecord) -> Iterator[Finding]:
    """A dense layer behind a flattened image holds more than 90 % of a large model's params.

    Each of its units has a weight for every place of every channel, so its size grows with the
    image. More convolutions and poolings before it, or the mean of each channel instead of all
    its places, leave a small fraction of that. Told from 10 million params on.
    """
    for step in record.steps:
        before = step.behind("Dropout")
        if step.kind != "Dense" or before is None or before.call is None:
            continue
        image = before.call.inputs[0].shape if before.call.inputs else None
        if before.kind != "Flatten" or image is None:
            continue
        own = total(weight.size for weight in step.layer.weights or ())
        if isinstance(image, Unranked) or len(image) != _IMAGE_RANK or not isinstance(own, int):
            continue
        if own < _LARGE or not any(place.layer.rank == 2 for place in record.steps):
            continue
        whole = total(weight.size for weight, _ in weights_within(record.model))
        if isinstance(whole, int) and own * 100 > whole * _SHARE:
            yield Finding(
                f"{named(step.layer)} holds {own:,} of the model's {whole:,} params: it has a "
                f"weight for each place of an image of {shown(image)}",
                help="use GlobalAveragePooling2D() instead of Flatten(), or make the image "
                "smaller before it",
                span=step.span(),
            )
