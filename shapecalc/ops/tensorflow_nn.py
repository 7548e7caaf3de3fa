"""Convolutions and pooling as TensorFlow and Keras's old backend write them."""

from __future__ import annotations

from typing import Any

from shapecalc.ops import dtypes
from shapecalc.ops.op import op
from shapecalc.ops.operands import broadcast_shapes, dims_given, shape_of, tensor
from shapecalc.ops.windows import (
    conv,
    depthwise_conv,
    pool,
    separable_conv,
)
from shapecalc.rules.refusal import InvalidArgument
from shapecalc.rules.spec import TensorSpec


def _word(data_format: Any) -> str:
    """Keras's word for `NHWC` and the like."""
    if data_format is None:
        return "channels_last"
    if data_format in ("channels_last", "channels_first"):
        return str(data_format)
    return "channels_first" if str(data_format).startswith("NC") else "channels_last"


def _inner(value: Any, rank: int, data_format: Any) -> Any:
    """The lengths of the spatial axes, given with or without those of batch and channels."""
    if not isinstance(value, (list, tuple)) or len(value) != rank + 2:
        return value
    return value[2:] if _word(data_format) == "channels_first" else value[1:-1]


def _plain(padding: Any) -> str:
    """The word for a padding, which TensorFlow writes in capitals.

    Raises:
        InvalidArgument: it is no word.
    """
    if not isinstance(padding, str):
        raise InvalidArgument(f"explicit paddings are not followed: {padding}", argument="padding")
    return padding.lower()


@op("tensorflow.nn.conv1d", node="Conv")
def conv1d(
    input: Any, filters: Any, stride: Any, padding: Any, data_format: Any = None,
    dilations: Any = 1, name: Any = None,
) -> TensorSpec:  # fmt: skip
    """Slide kernels along a sequence."""
    return _conv(input, filters, stride, padding, data_format, dilations, rank=1)


@op("tensorflow.nn.conv2d", node="Conv")
def conv2d(
    input: Any, filters: Any, strides: Any, padding: Any, data_format: Any = None,
    dilations: Any = 1, name: Any = None,
) -> TensorSpec:  # fmt: skip
    """Slide kernels over an image."""
    return _conv(input, filters, strides, padding, data_format, dilations, rank=2)


@op("tensorflow.nn.conv3d", node="Conv")
def conv3d(
    input: Any, filters: Any, strides: Any, padding: Any, data_format: Any = None,
    dilations: Any = 1, name: Any = None,
) -> TensorSpec:  # fmt: skip
    """Slide kernels over a volume."""
    return _conv(input, filters, strides, padding, data_format, dilations, rank=3)


def _conv(
    x: Any, kernel: Any, strides: Any, padding: Any, data_format: Any, rates: Any, rank: int
) -> TensorSpec:
    return conv(
        x,
        kernel,
        _inner(strides, rank, data_format),
        _plain(padding),
        _word(data_format),
        _inner(1 if rates is None else rates, rank, data_format),
    )


@op("tensorflow.nn.depthwise_conv2d", node="DepthwiseConv")
def depthwise_conv2d(
    input: Any, filter: Any, strides: Any, padding: Any, data_format: Any = None,
    dilations: Any = None, name: Any = None,
) -> TensorSpec:  # fmt: skip
    """Slide some kernels over each channel of an image by itself."""
    rates = 1 if dilations is None else _inner(dilations, 2, data_format)
    steps = _inner(strides, 2, data_format)
    return depthwise_conv(input, filter, steps, _plain(padding), _word(data_format), rates)


@op("tensorflow.nn.conv2d_transpose", "keras.backend.conv2d_transpose", node="ConvTranspose")
def conv2d_transpose(
    input: Any, filters: Any, output_shape: Any, strides: Any = 1, padding: Any = "SAME",
    data_format: Any = None, dilations: Any = None, name: Any = None,
) -> TensorSpec:  # fmt: skip
    """Spread kernels over an output of a given shape."""
    shape = dims_given(output_shape, argument="output_shape")
    return TensorSpec(shape, dtypes.named(input))


@op("tensorflow.nn.max_pool", "tensorflow.nn.max_pool2d", node="MaxPool")
@op("tensorflow.nn.avg_pool", "tensorflow.nn.avg_pool2d", node="AveragePool")
@op("tensorflow.nn.max_pool1d", "tensorflow.nn.max_pool3d", node="MaxPool")
@op("tensorflow.nn.avg_pool1d", "tensorflow.nn.avg_pool3d", node="AveragePool")
def pool_tf(
    input: Any, ksize: Any, strides: Any, padding: Any, data_format: Any = None, name: Any = None
) -> TensorSpec:
    """One number for each place of a window and each channel."""
    rank = len(shape_of(input)) - 2
    sizes, steps = _inner(ksize, rank, data_format), _inner(strides, rank, data_format)
    return pool(input, sizes, steps, _plain(padding), _word(data_format))


@op("tensorflow.nn.bias_add", "keras.backend.bias_add", node="Add")
def bias_add(x: Any, bias: Any, data_format: Any = None) -> TensorSpec:
    """Add a number to each channel."""
    values = tensor(x)
    if _word(data_format) == "channels_last":
        return TensorSpec(broadcast_shapes(values.shape, shape_of(bias)), values.dtype)
    return values


@op("keras.backend.conv1d", "keras.backend.conv2d", "keras.backend.conv3d", node="Conv")
def conv_backend(
    x: Any, kernel: Any, strides: Any = 1, padding: Any = "valid", data_format: Any = None,
    dilation_rate: Any = 1,
) -> TensorSpec:  # fmt: skip
    """Slide kernels over the spatial axes."""
    return conv(x, kernel, strides, padding, data_format, dilation_rate)


@op("keras.backend.depthwise_conv2d", node="DepthwiseConv")
def depthwise_backend(
    x: Any, depthwise_kernel: Any, strides: Any = 1, padding: Any = "valid",
    data_format: Any = None, dilation_rate: Any = 1,
) -> TensorSpec:  # fmt: skip
    """Slide some kernels over each channel by itself."""
    return depthwise_conv(x, depthwise_kernel, strides, padding, data_format, dilation_rate)


@op("keras.backend.separable_conv2d", node="SeparableConv")
def separable_backend(
    x: Any, depthwise_kernel: Any, pointwise_kernel: Any, strides: Any = 1, padding: Any = "valid",
    data_format: Any = None, dilation_rate: Any = 1,
) -> TensorSpec:  # fmt: skip
    """Slide kernels over each channel by itself, then mix the channels of each place."""
    kernels = (depthwise_kernel, pointwise_kernel)
    return separable_conv(x, *kernels, strides, padding, data_format, dilation_rate)


@op("keras.backend.pool2d", "keras.backend.pool3d", node="MaxPool")
def pool_backend(
    x: Any, pool_size: Any, strides: Any = 1, padding: Any = "valid", data_format: Any = None,
    pool_mode: str = "max",
) -> TensorSpec:  # fmt: skip
    """One number for each place of a window and each channel."""
    return pool(x, pool_size, strides, padding, data_format)
