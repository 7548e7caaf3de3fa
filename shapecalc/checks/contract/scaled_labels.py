"""SHC310: labels of classes that were scaled."""

from __future__ import annotations

from collections.abc import Iterator

from shapecalc.checks.check import Finding, check
from shapecalc.checks.labelling import labelled
from shapecalc.diagnostics import Note, Severity
from shapecalc.graph.objectives import Labels, Outputs
from shapecalc.graph.training import DataUse


@check("SHC310", "scaled-labels", Severity.WARNING, examines=DataUse)
def scaled_labels(use: DataUse) -> Iterator[Finding]:
    """The labels of classes are all below 1, as they are when they are divided.

    Inputs are scaled, labels are not: `y / 255` makes class 0 of every number of a class, and
    leaves no one-hot label that adds up to 1. Keras trains on them without a word.
    """
    for found in labelled(use):
        known, loss = found.labels.contents, found.pair.loss
        if known is None or known.high is None or known.low is None or known.low < 0:
            continue
        units = found.pair.output.shape[-1] if isinstance(found.pair.output.shape, tuple) else None
        high = known.high
        if loss.labels is Labels.INTEGER and 0 < high < 1:
            what = f"the labels go up to {high:.3g}, which is class 0 for `{found.pair.words}`"
        elif (
            loss.labels is Labels.ONE_HOT
            and loss.outputs is Outputs.CLASSES
            and isinstance(units, int)
            and 0 < high * units < 1
        ):
            what = f"the labels go up to {high:.3g}: those of a sample cannot add up to 1"
        else:
            continue
        yield Finding(
            what,
            notes=(Note("the loss is given here", found.pair.span),),
            help="scale the inputs only",
            argument=found.argument,
            cause=("scaled labels", id(found.pair.output)),
        )
