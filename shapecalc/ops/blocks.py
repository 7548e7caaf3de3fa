"""Operations that trade spatial axes for channels."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import Dim, Shape, at_least, divides, show
from shapecalc.ops.op import op
from shapecalc.ops.operands import check_rank, dims_given, require_seen, tensor
from shapecalc.ops.windows import data_format_of, join_axes, per_axis, split_axes
from shapecalc.rules.refusal import Indivisible, InvalidArgument, show_shape
from shapecalc.rules.requirement import require
from shapecalc.rules.spec import TensorSpec


def require_multiple(n: Dim, of: Dim, shape: Shape, argument: str) -> Dim:
    """How often a length holds another, of which it must be a multiple.

    Raises:
        Indivisible: it is none.
    """
    refusal = Indivisible(
        f"{show(n)} of {show_shape(shape)} must be a multiple of {show(of)}", argument=argument
    )
    require_seen(divides(of, n), refusal, n)
    return n // of


def _block(size: Any) -> Dim:
    (block,) = dims_given([size], argument="block_size")
    refusal = InvalidArgument(f"`block_size` must be at least 2, got {size}", argument="block_size")
    require(at_least(block, 2), refusal)
    return block


@op("keras.ops.depth_to_space")
def depth_to_space(x: Any, block_size: Any, data_format: str = "channels_last") -> TensorSpec:
    """Lay the channels of each place out as a block of places."""
    x, word, block = tensor(x), data_format_of(data_format), _block(block_size)
    check_rank(x.shape, 4)
    batch, space, channels = split_axes(x.shape, word)
    channels = require_multiple(channels, block * block, x.shape, "block_size")
    return TensorSpec(join_axes(batch, [n * block for n in space], channels, word), x.dtype)


@op("keras.ops.space_to_depth")
def space_to_depth(x: Any, block_size: Any, data_format: str = "channels_last") -> TensorSpec:
    """Stack each block of places as the channels of one."""
    x, word, block = tensor(x), data_format_of(data_format), _block(block_size)
    check_rank(x.shape, 4)
    batch, space, channels = split_axes(x.shape, word)
    places = [require_multiple(n, block, x.shape, "block_size") for n in space]
    return TensorSpec(join_axes(batch, places, channels * block * block, word), x.dtype)


@op("tensorflow.nn.depth_to_space", node="DepthToSpace")
def depth_to_space_tf(x: Any, block_size: Any, data_format: str = "NHWC") -> TensorSpec:
    """Lay the channels of each place out as a block of places."""
    return depth_to_space(x, block_size, _word(data_format))


@op("tensorflow.nn.space_to_depth", node="SpaceToDepth")
def space_to_depth_tf(x: Any, block_size: Any, data_format: str = "NHWC") -> TensorSpec:
    """Stack each block of places as the channels of one."""
    return space_to_depth(x, block_size, _word(data_format))


def _word(data_format: Any) -> str:
    return "channels_first" if str(data_format).startswith("NC") else "channels_last"


@op("keras.ops.fold")
def fold(
    x: Any,
    output_size: Any,
    kernel_size: Any,
    dilation: Any = 1,
    padding: Any = 0,
    stride: Any = 1,
) -> TensorSpec:
    """Put windows that lie side by side back into an image; what overlaps is summed."""
    x = tensor(x)
    check_rank(x.shape, 3)
    batch, stacked, _ = x.shape
    window = per_axis(kernel_size, 2, "kernel_size")
    channels = require_multiple(stacked, window[0] * window[1], x.shape, "kernel_size")
    places = per_axis(output_size, 2, "output_size")
    return TensorSpec((batch, channels, *places), x.dtype)
