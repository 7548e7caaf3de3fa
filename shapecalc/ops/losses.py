"""Losses: how far an output is from its target."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import Shape
from shapecalc.ops import dtypes
from shapecalc.ops.normalizing import require_alike_shapes
from shapecalc.ops.op import op
from shapecalc.ops.operands import (
    axis_index,
    broadcast_shapes,
    check_rank,
    dims_given,
    list_shapes,
    replaced,
    require_alike,
    require_same,
    shape_of,
    tensor,
)
from shapecalc.rules.refusal import MismatchedShapes
from shapecalc.rules.spec import TensorSpec


@op("keras.ops.binary_crossentropy", "keras.backend.binary_crossentropy")
def binary_crossentropy(target: Any, output: Any, from_logits: bool = False) -> TensorSpec:
    """The loss of each of several yes-or-no answers."""
    shape = require_alike_shapes(shape_of(target), shape_of(output), "`target` and `output`")
    return TensorSpec(shape, dtypes.named(output))


@op("keras.ops.categorical_crossentropy", "keras.backend.categorical_crossentropy")
def categorical_crossentropy(
    target: Any, output: Any, from_logits: bool = False, axis: Any = -1
) -> TensorSpec:
    """The loss of a choice between classes, given as shares."""
    shape = require_alike_shapes(shape_of(target), shape_of(output), "`target` and `output`")
    check_rank(shape, least=1)
    return TensorSpec(replaced(shape, axis_index(axis, len(shape))), dtypes.named(output))


@op("keras.ops.sparse_categorical_crossentropy", "keras.backend.sparse_categorical_crossentropy")
def sparse_categorical_crossentropy(
    target: Any, output: Any, from_logits: bool = False, axis: Any = -1
) -> TensorSpec:
    """The loss of a choice between classes, given by their numbers."""
    labels, shape = shape_of(target), shape_of(output)
    check_rank(shape, least=1)
    rest = replaced(shape, axis_index(axis, len(shape)))
    if len(labels) == len(shape):
        refusal = MismatchedShapes(
            f"`target` and `output` do not go together: {list_shapes([labels, shape])}; as many "
            "axes are only right where the last one of `target` has length 1",
            [labels, shape],
        )
        require_alike(labels[-1], 1, refusal)
        labels = labels[:-1]
    shape = require_alike_shapes(labels, rest, "`target` and `output` without its classes")
    return TensorSpec(shape, dtypes.named(output))


@op("tensorflow.nn.sigmoid_cross_entropy_with_logits", node="BinaryCrossentropy")
def sigmoid_cross_entropy(labels: Any, logits: Any) -> TensorSpec:
    """The loss of each of several yes-or-no answers."""
    return TensorSpec(broadcast_shapes(shape_of(labels), shape_of(logits)), dtypes.named(logits))


@op("tensorflow.nn.softmax_cross_entropy_with_logits", node="CategoricalCrossentropy")
def softmax_cross_entropy(labels: Any, logits: Any, axis: Any = -1) -> TensorSpec:
    """The loss of a choice between classes, given as shares."""
    shape = broadcast_shapes(shape_of(labels), shape_of(logits))
    return TensorSpec(replaced(shape, axis_index(axis, len(shape))), dtypes.named(logits))


@op("tensorflow.nn.sparse_softmax_cross_entropy_with_logits", node="SparseCategoricalCrossentropy")
def sparse_softmax_cross_entropy(labels: Any, logits: Any) -> TensorSpec:
    """The loss of a choice between classes, given by their numbers."""
    shape = require_same_shapes(shape_of(labels), shape_of(logits)[:-1])
    return TensorSpec(shape, dtypes.named(logits))


def require_same_shapes(one: Shape, other: Shape) -> Shape:
    """Hold two shapes to being the same; None goes with any length.

    Raises:
        MismatchedShapes: they differ.
    """
    refusal = MismatchedShapes(f"shapes differ: {list_shapes([one, other])}", [one, other])
    if len(one) != len(other):
        raise refusal
    return tuple(require_same(a, b, refusal) for a, b in zip(one, other, strict=True))


@op("keras.ops.ctc_loss", node="CTCLoss")
def ctc_loss(
    target: Any, output: Any, target_length: Any, output_length: Any, mask_index: int = 0
) -> TensorSpec:
    """The loss of a sequence of labels of unknown places."""
    first = [shape_of(value)[:1] for value in (target, output, target_length, output_length)]
    for shape in first:
        check_rank(shape, 1)
    labels, frames, label_lengths, frame_lengths = first
    batch = require_alike_shapes(labels, frames, "the first axes of `target` and `output`")
    require_alike_shapes(label_lengths, labels, "the first axes of `target_length` and `target`")
    require_alike_shapes(frame_lengths, frames, "the first axes of `output_length` and `output`")
    return TensorSpec(batch, dtypes.result_type(dtypes.named(output), "float32"))


@op("keras.ops.ctc_decode", node="CTCDecode")
def ctc_decode(
    inputs: Any,
    sequence_lengths: Any,
    strategy: str = "greedy",
    beam_width: int = 100,
    top_paths: int = 1,
    merge_repeated: bool = True,
    mask_index: int = 0,
) -> tuple[TensorSpec, TensorSpec]:
    """The likeliest sequences of labels, and how likely they are."""
    inputs = tensor(inputs)
    check_rank(inputs.shape, 3)
    (paths,) = (1,) if strategy == "greedy" else dims_given([top_paths], argument="top_paths")
    batch, steps, _ = inputs.shape
    dtype = dtypes.result_type(inputs.dtype, "float32")
    return TensorSpec((paths, batch, steps), "int32"), TensorSpec((batch, paths), dtype)
