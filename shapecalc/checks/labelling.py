"""The labels that a model is given, beside the outputs and losses that they belong to."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from typing import Any, NamedTuple

from shapecalc.checks.batches import (
    BATCH_SIZE,
    counts_differ,
    has_another_rank,
    has_other_lengths,
    is_one_sample,
)
from shapecalc.checks.causes import PLACES_KEPT
from shapecalc.checks.fault import named, shown
from shapecalc.checks.pairing import Pair, pairs_of, spread
from shapecalc.dims import Shape
from shapecalc.graph.agreement import Agreement, Sizes, agreement
from shapecalc.graph.objectives import Labels
from shapecalc.graph.tensor import Tensor
from shapecalc.graph.training import Compilation, DataUse


class Mismatch(enum.Enum):
    """Why labels do not go with an output and its loss."""

    INTEGERS = "numbers of classes, where one number a class is taken"
    ONE_HOT = "one number a class, where numbers of classes are taken"
    CLASSES = "another number of classes"
    SHAPE = "another shape"
    STRETCHED = "one is repeated to meet the other"


_OF_RANKS = (Mismatch.SHAPE, Mismatch.STRETCHED)


class Labelled(NamedTuple):
    """Labels, with the output and the loss that they belong to.

    Attributes:
        pair: the output and its loss.
        labels: the labels.
        mismatch: why their shapes do not go together; None where they do, or may.
        argument: the argument that gives the labels.
    """

    pair: Pair
    labels: Tensor
    mismatch: Mismatch | None
    argument: str

    @property
    def cause(self) -> tuple[object, int]:
        """What a mismatch comes from: wherever else the same output meets such labels, it is it."""
        return (PLACES_KEPT if self.has_places else self.mismatch, id(self.pair.output))

    @property
    def has_places(self) -> bool:
        """Whether the output has axes between batch and units for which there are no labels."""
        output, labels = self.pair.output.shape, self.labels.shape
        if not isinstance(output, tuple) or not isinstance(labels, tuple):
            return False
        return 2 < len(output) > len(labels) and self.mismatch in _OF_RANKS

    @property
    def sizes(self) -> str:
        """The shapes that meet, for a message."""
        end = self.pair.output.call
        giver = named(end.layer) if end is not None else "the model"
        return f"labels {shown(self.labels.shape)}, {giver} {shown(self.pair.output.shape)}"


def labelled(use: DataUse) -> Iterator[Labelled]:
    """Each array of labels that a call gives, with what it is compared with."""
    compilation = use.compilation
    # Of what lacks the axis of samples, the labels do too; outputs go by the lengths of the data.
    if not isinstance(compilation, Compilation) or is_one_sample(use) or has_other_lengths(use):
        return
    pairs = list(pairs_of(compilation))
    # What labels have too much or too little may be the inputs' fault, which is told.
    apart = has_another_rank(use) or counts_differ(use)
    for argument, labels in _given(use):
        each = spread(labels, compilation.outputs, use.model) or []
        for pair in pairs:
            tensor = each[pair.place] if pair.place < len(each) else None
            if isinstance(tensor, Tensor):
                mismatch = _mismatch(pair, tensor, use)
                follows = apart and argument == "y" and mismatch in _OF_RANKS
                yield Labelled(pair, tensor, None if follows else mismatch, argument)


def _given(use: DataUse) -> Iterator[tuple[str, Any]]:
    if "y" in use.given:
        yield "y", use.given["y"]
    held_out = use.given.get("validation_data")
    if isinstance(held_out, (list, tuple)) and len(held_out) >= 2:
        yield "validation_data", held_out[1]


def _mismatch(pair: Pair, labels: Tensor, use: DataUse) -> Mismatch | None:
    if not isinstance(labels.shape, tuple) or not isinstance(pair.output.shape, tuple):
        return None
    if not labels.shape or not pair.output.shape:
        return None
    batch = batch_of(labels.shape, use)
    y, p = (batch, *_sizes(labels.shape[1:])), (batch, *_sizes(pair.output.shape[1:]))
    found = agreement(pair.loss.fit, y, p)
    if found is Agreement.STRETCHED:
        return Mismatch.STRETCHED
    return _refused(pair, y, p) if found is Agreement.REFUSED else None


def _refused(pair: Pair, y: Sizes, p: Sizes) -> Mismatch:
    """What the shapes of labels that Keras refuses look like."""
    units = p[-1]
    many = units is not None and units > 1
    if pair.loss.labels is Labels.ONE_HOT and many:
        if y == p[:-1] or y == (*p[:-1], 1):
            return Mismatch.INTEGERS
        if len(y) == len(p) and y[:-1] == p[:-1]:
            return Mismatch.CLASSES
    if pair.loss.labels is Labels.INTEGER and many and y == p:
        return Mismatch.ONE_HOT
    return Mismatch.SHAPE


def _sizes(shape: Shape) -> Sizes:
    return tuple(dim if isinstance(dim, int) else None for dim in shape)


def batch_of(shape: Shape, use: DataUse) -> int | None:
    """How many samples Keras compares at once; None where that is not known."""
    samples = shape[0] if isinstance(shape[0], int) else None
    if use.batched:
        return samples
    size = use.given.get("batch_size", BATCH_SIZE)
    size = BATCH_SIZE if size is None else size
    if "steps_per_epoch" in use.given or not isinstance(size, int):
        return None
    if "validation_split" in use.given:
        return None
    return size if samples is None else min(size, samples)
