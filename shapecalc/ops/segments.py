"""Reductions of segments: the slices that share a number become one."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import Dim
from shapecalc.ops.op import op
from shapecalc.ops.operands import (
    check_rank,
    dims_given,
    list_shapes,
    require_same,
    shape_of,
    tensor,
)
from shapecalc.rules.refusal import MismatchedShapes
from shapecalc.rules.spec import TensorSpec
from shapecalc.rules.unknown import unknown_dim


@op("keras.ops.segment_sum", "tensorflow.math.unsorted_segment_sum")
@op("keras.ops.segment_max", "tensorflow.math.unsorted_segment_max")
@op("keras.ops.segment_min", "tensorflow.math.unsorted_segment_min")
@op("keras.ops.segment_prod", "tensorflow.math.unsorted_segment_prod")
def segment(
    data: Any, segment_ids: Any, num_segments: Any = None, sorted: bool = False
) -> TensorSpec:
    """One slice for each segment."""
    data, ids = tensor(data), shape_of(segment_ids)
    check_rank(ids, 1)
    check_rank(data.shape, least=1)
    shapes = [data.shape, ids]
    refusal = MismatchedShapes(
        f"each slice of {list_shapes(shapes[:1])} needs a number, there are {list_shapes([ids])}",
        shapes,
    )
    require_same(data.shape[0], ids[0], refusal)
    count: Dim = unknown_dim("how many segments there are")
    if num_segments is not None:
        (count,) = dims_given([num_segments], argument="num_segments")
    return TensorSpec((count, *data.shape[1:]), data.dtype)


@op("tensorflow.math.segment_sum", node="SegmentSum")
@op("tensorflow.math.segment_mean", node="SegmentMean")
@op("tensorflow.math.segment_max", node="SegmentMax")
def segment_sorted(data: Any, segment_ids: Any) -> TensorSpec:
    """One slice for each segment."""
    return segment(data, segment_ids)
