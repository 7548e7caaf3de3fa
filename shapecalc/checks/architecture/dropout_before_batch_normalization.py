"""SHC402: a dropout right before a batch normalization."""

from __future__ import annotations

from collections.abc import Iterator

from shapecalc.checks.check import Finding, check
from shapecalc.checks.fault import named
from shapecalc.diagnostics import Severity
from shapecalc.graph.program import ModelRecord

_DROPOUTS = ("Dropout", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D")


@check(
    "SHC402",
    "dropout-before-batch-normalization",
    Severity.WARNING,
    examines=ModelRecord,
    bad=[
        """
        import keras
        from keras import layers

        model = keras.Sequential([
            keras.Input((20,)),
            layers.Dense(64, activation="relu"),
            layers.Dropout(0.5),  # SHC402
            layers.BatchNormalization(),
            layers.Dense(1, activation="sigmoid"),
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
            layers.BatchNormalization(),
            layers.Dropout(0.5),
            layers.Dense(1, activation="sigmoid"),
        ])
        """
    ],
)
def dropout_before_batch_normalization(record: ModelRecord) -> Iterator[Finding]:
    """A dropout stands right before a batch normalization.

    Dropout makes the variance of its units larger while the network is trained. The normalization
    keeps that variance in its moving statistics and uses it afterwards, when nothing is dropped
    and the variance is smaller (Li et al. 2018, "Understanding the disharmony between dropout and
    batch normalization by variance shift"). With a dropout behind the normalization, or with a
    layer that has weights between the two, there is no such shift or a smaller one.
    """
    for step in record.steps:
        if step.kind != "BatchNormalization":
            continue
        before = step.only_before
        rate = getattr(before.layer, "rate", None) if before is not None else None
        if before is None or before.kind not in _DROPOUTS or rate == 0:
            continue
        yield Finding(
            f"{named(before.layer)} stands right before {named(step.layer)}, whose moving "
            "variance is then that of dropped units",
            help="put the dropout behind the batch normalization",
            span=before.span(),
        )
