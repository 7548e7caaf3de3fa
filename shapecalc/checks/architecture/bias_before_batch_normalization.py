"""SHC401: a bias that a batch normalization takes away again."""

from __future__ import annotations

from collections.abc import Iterator

from shapecalc.checks.check import Finding, check
from shapecalc.checks.endings import LINEAR, activation_of
from shapecalc.checks.fault import named
from shapecalc.diagnostics import Severity
from shapecalc.graph.program import ModelRecord


@check(
    "SHC401",
    "bias-before-batch-normalization",
    Severity.INFO,
    examines=ModelRecord,
    bad=[
        """
        import keras
        from keras import layers

        model = keras.Sequential([
            keras.Input((32, 32, 3)),
            layers.Conv2D(64, 3, use_bias=True),  # SHC401
            layers.BatchNormalization(),
            layers.ReLU(),
            layers.Conv2D(64, 3, use_bias=False),
            layers.BatchNormalization(),
            layers.ReLU(),
        ])
        """
    ],
    good=[
        """
        import keras
        from keras import layers

        model = keras.Sequential([
            keras.Input((32, 32, 3)),
            layers.Conv2D(64, 3, use_bias=False),
            layers.BatchNormalization(),
            layers.ReLU(),
        ])
        """
    ],
)
def bias_before_batch_normalization(record: ModelRecord) -> Iterator[Finding]:
    """A bias is added right before a batch normalization, in a model that leaves others out.

    The normalization subtracts the mean over the batch, and the bias with it, and then adds an
    offset of its own: the bias is trained for nothing. That wastes a few params and harms nobody,
    so a model that does it throughout is left alone; one that does it at some places has most
    likely forgotten them.
    """
    found = []
    spared = False
    for step in record.steps:
        if step.kind != "BatchNormalization" or not step.argument("center"):
            continue
        before = step.only_before
        if before is None or "use_bias" not in before.layer.arguments:
            continue
        if before.argument("use_bias") is True and activation_of(before.layer) == LINEAR:
            found.append(before)
        spared |= not before.argument("use_bias")
    for step in found if spared else ():
        yield Finding(
            f"{named(step.layer)} adds a bias that the BatchNormalization behind it takes away",
            help="use use_bias=False, as the model does elsewhere",
            span=step.span("use_bias"),
        )
