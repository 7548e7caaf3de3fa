"""Windows over spatial axes: convolutions and pooling."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shapecalc.dims import Dim, Shape, Symbolic, at_least, extent, slide, taps
from shapecalc.ops import dtypes
from shapecalc.ops.op import op
from shapecalc.ops.operands import (
    check_rank,
    dims_given,
    list_shapes,
    require_same,
    require_seen,
    shape_of,
    tensor,
)
from shapecalc.rules.adapting import units_in_windows
from shapecalc.rules.refusal import (
    InvalidArgument,
    MismatchedShapes,
    WindowTooLarge,
    WrongRank,
    show_axis,
)
from shapecalc.rules.requirement import require
from shapecalc.rules.session import current_session
from shapecalc.rules.spec import TensorSpec, count_of, multiplied
from shapecalc.rules.spreading import spread, spread_taps


def data_format_of(value: Any) -> str:
    """Where the channels are; None is the session's choice.

    Raises:
        InvalidArgument: it is neither of the two.
    """
    word = current_session().data_format if value is None else str(value).lower()
    if word not in ("channels_last", "channels_first"):
        raise InvalidArgument(
            f'`data_format` is "channels_last" or "channels_first", not {value!r}',
            argument="data_format",
        )
    return word


def split_axes(x: Shape, data_format: str) -> tuple[Dim, Shape, Dim]:
    """Take a shape apart into batch, spatial axes and channels."""
    check_rank(x, least=2)
    if data_format == "channels_first":
        return x[0], x[2:], x[1]
    return x[0], x[1:-1], x[-1]


def join_axes(batch: Dim, space: Sequence[Dim], channels: Dim, data_format: str) -> Shape:
    """The inverse of `split_axes`."""
    if data_format == "channels_first":
        return (batch, channels, *space)
    return (batch, *space, channels)


def per_axis(value: Any, rank: int, argument: str) -> Shape:
    """One length for each spatial axis, given for each or once for all.

    Raises:
        InvalidArgument: there are more or fewer, or one is below 1.
    """
    axes = dims_given(value, argument=argument)
    if not isinstance(value, (list, tuple)) or len(axes) == 1:
        axes = axes[:1] * rank
    expected = f"`{argument}` must be a positive integer or {rank} of them, got {value}"
    if len(axes) != rank:
        raise InvalidArgument(expected, argument=argument)
    for axis in axes:
        require(at_least(axis, 1), InvalidArgument(expected, argument=argument))
    return axes


def slide_all(
    space: Shape, windows: Shape, strides: Shape, dilations: Shape, padding: str, argument: str
) -> list[Dim]:
    """The places of a window along each spatial axis.

    Raises:
        WindowTooLarge: with `valid` padding, a window does not fit its axis.
    """
    places = []
    for i, (n, k, s, d) in enumerate(zip(space, windows, strides, dilations, strict=True)):
        if padding == "valid":
            reach = extent(k, d)
            refusal = WindowTooLarge(n, reach, axis=i + 1, argument=argument)
            require_seen(at_least(n, reach), refusal, n)
        places.append(slide(n, k, s, d, padding))
    return places


def _padding_of(value: Any, *words: str) -> str:
    """A word for the padding.

    Raises:
        InvalidArgument: it is none of them.
    """
    word = value.lower() if isinstance(value, str) else value
    if word not in words:
        raise InvalidArgument(
            f"`padding` is {' or '.join(words)}, not {value!r}", argument="padding"
        )
    return str(word)


def _check_channels(x: Shape, channels: Dim, kernel: Shape, axis: int) -> None:
    refusal = MismatchedShapes(
        f"an input of shape {list_shapes([x])} has {show_axis(channels)} channels, a kernel of "
        f"shape {list_shapes([kernel])} takes {show_axis(kernel[axis])}",
        [x, kernel],
    )
    require_same(channels, kernel[axis], refusal)


def _check_kernel(x: Shape, kernel: Shape) -> None:
    check_rank(kernel, least=2)
    if len(x) != len(kernel):
        raise WrongRank(x, f"{len(kernel)} axes, as the kernel {list_shapes([kernel])} has")


def _convolve(inputs: Any, kernel: Shape, *options: Any, apart: bool = False) -> TensorSpec:
    """The output of kernels that slide over an input.

    Args:
        inputs: the input.
        kernel: the kernel's shape.
        options: strides, padding, data format and dilation rate.
        apart: whether each channel has kernels of its own.
    """
    x = shape_of(inputs)
    check_rank(kernel, least=2)
    filters = kernel[-2] * kernel[-1] if apart else kernel[-1]
    strides, padding, data_format, dilation_rate = options
    data_format = data_format_of(data_format)
    _check_kernel(x, kernel)
    batch, space, channels = split_axes(x, data_format)
    _check_channels(x, channels, kernel, -2)
    windows = (
        space,
        kernel[:-2],
        per_axis(strides, len(space), "strides"),
        per_axis(dilation_rate, len(space), "dilation_rate"),
    )
    padding = _padding_of(padding, "valid", "same", "causal")
    places = slide_all(*windows, padding, "kernel")
    read = (taps(*axis, padding) for axis in zip(*windows, strict=True))
    joined = kernel[-2:]
    return TensorSpec(
        join_axes(batch, places, filters, data_format),
        dtypes.named(inputs),
        edges=count_of((*read, *joined)),
        macs=count_of((*places, *kernel[:-2], *joined)),
    )


@op("keras.ops.conv")
@op("tensorflow.nn.convolution", node="Conv")
def conv(
    inputs: Any,
    kernel: Any,
    strides: Any = 1,
    padding: str = "valid",
    data_format: Any = None,
    dilation_rate: Any = 1,
) -> TensorSpec:
    """Slide kernels, whose last axis is the filters, over the spatial axes."""
    return _convolve(inputs, shape_of(kernel), strides, padding, data_format, dilation_rate)


@op("keras.ops.depthwise_conv")
def depthwise_conv(
    inputs: Any,
    kernel: Any,
    strides: Any = 1,
    padding: str = "valid",
    data_format: Any = None,
    dilation_rate: Any = 1,
) -> TensorSpec:
    """Slide some kernels over each channel by itself."""
    options = (strides, padding, data_format, dilation_rate)
    return _convolve(inputs, shape_of(kernel), *options, apart=True)


@op("keras.ops.separable_conv")
def separable_conv(
    inputs: Any,
    depthwise_kernel: Any,
    pointwise_kernel: Any,
    strides: Any = 1,
    padding: str = "valid",
    data_format: Any = None,
    dilation_rate: Any = 1,
) -> TensorSpec:
    """Slide kernels over each channel by itself, then mix the channels of each place."""
    options = (strides, padding, data_format, dilation_rate)
    apart = depthwise_conv(inputs, depthwise_kernel, *options)
    pointwise = shape_of(pointwise_kernel)
    check_rank(pointwise, least=1)
    word = data_format_of(data_format)
    batch, space, channels = split_axes(apart.shape, word)
    if len(pointwise) > 1:
        _check_channels(apart.shape, channels, pointwise, -2)
    mixed = multiplied((*space, pointwise[-1]), apart.dtype, (channels,))
    return TensorSpec(
        join_axes(batch, space, pointwise[-1], word),
        apart.dtype,
        edges=apart.edges + mixed.edges,
        macs=apart.macs + mixed.macs,
    )


@op("keras.ops.conv_transpose")
def conv_transpose(
    inputs: Any,
    kernel: Any,
    strides: Any = 1,
    padding: str = "valid",
    output_padding: Any = None,
    data_format: Any = None,
    dilation_rate: Any = 1,
) -> TensorSpec:
    """Spread kernels, whose last axes are the filters and the input's channels."""
    x, window, word = shape_of(inputs), shape_of(kernel), data_format_of(data_format)
    _check_kernel(x, window)
    batch, space, channels = split_axes(x, word)
    _check_channels(x, channels, window, -1)
    extras: Sequence[Dim | None] = [None] * len(space)
    if output_padding is not None:
        extras = dims_given(output_padding, argument="output_padding")
        extras = extras * len(space) if isinstance(output_padding, (int, Symbolic)) else extras
        if len(extras) < len(space):
            expected = f"`output_padding` must be a length or {len(space)} of them"
            raise InvalidArgument(f"{expected}, got {output_padding}", argument="output_padding")
        # As Keras has it, which does not ask for what is behind.
        extras = extras[: len(space)]
    steps = per_axis(strides, len(space), "strides")
    rates = per_axis(dilation_rate, len(space), "dilation_rate")
    padding = _padding_of(padding, "valid", "same")
    words = (padding,) * len(space)
    axes = list(zip(space, window[:-2], steps, rates, words, extras, strict=True))
    return TensorSpec(
        join_axes(batch, [spread(*axis) for axis in axes], window[-2], word),
        dtypes.named(inputs),
        edges=count_of((*(spread_taps(*axis) for axis in axes), *window[-2:])),
        macs=count_of((*space, *window)),
    )


@op("keras.ops.max_pool")
@op("keras.ops.average_pool")
def pool(
    inputs: Any,
    pool_size: Any,
    strides: Any = None,
    padding: str = "valid",
    data_format: Any = None,
) -> TensorSpec:
    """One number for each place of a window and each channel."""
    inputs, word = tensor(inputs), data_format_of(data_format)
    batch, space, channels = split_axes(inputs.shape, word)
    sizes = per_axis(pool_size, len(space), "pool_size")
    steps = sizes if strides is None else per_axis(strides, len(space), "strides")
    windows = (space, sizes, steps, (1,) * len(space))
    padding = _padding_of(padding, "valid", "same")
    places = slide_all(*windows, padding, "pool_size")
    read = (taps(*axis, padding) for axis in zip(*windows, strict=True))
    shape = join_axes(batch, places, channels, word)
    return TensorSpec(shape, inputs.dtype, edges=count_of((*read, channels)))


@op("keras.ops.adaptive_max_pool")
@op("keras.ops.adaptive_average_pool")
def adaptive_pool(inputs: Any, output_size: Any, data_format: Any = None) -> TensorSpec:
    """As many windows as are asked for, as evenly over each axis as can be."""
    inputs, word = tensor(inputs), data_format_of(data_format)
    batch, space, channels = split_axes(inputs.shape, word)
    places = per_axis(output_size, len(space), "output_size")
    drawn = count_of((*map(units_in_windows, space, places), channels))
    return TensorSpec(join_axes(batch, places, channels, word), inputs.dtype, edges=drawn)


@op("keras.ops.unfold")
def unfold(
    x: Any, kernel_size: Any, dilation: Any = 1, padding: Any = 0, stride: Any = 1
) -> TensorSpec:
    """Lay the windows of an image, whose channels come first, side by side."""
    x = tensor(x)
    check_rank(x.shape, 4)
    batch, channels, *space = x.shape
    window = per_axis(kernel_size, 2, "kernel_size")
    margins = dims_given(padding, argument="padding")
    margins = margins if isinstance(padding, (list, tuple)) else margins * 2
    if len(margins) != 2:
        expected = f"`padding` must be a length or two of them, got {padding}"
        raise InvalidArgument(expected, argument="padding")
    padded = tuple(n + 2 * p for n, p in zip(space, margins, strict=True))
    steps, rates = per_axis(stride, 2, "stride"), per_axis(dilation, 2, "dilation")
    axes = zip(padded, window, steps, rates, strict=True)
    down, across = (slide(n, k, s, d, "valid") for n, k, s, d in axes)
    for i, (n, k, d) in enumerate(zip(padded, window, rates, strict=True)):
        # Keras takes no places at all, but not fewer.
        refusal = WindowTooLarge(n, extent(k, d), axis=i + 2, argument="kernel_size")
        require_seen(at_least((down, across)[i], 0), refusal, n)
    return TensorSpec((batch, channels * window[0] * window[1], down * across), x.dtype)
