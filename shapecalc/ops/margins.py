"""Padding and cropping."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from shapecalc.dims import Dim, Shape, Symbolic, at_least, show, total
from shapecalc.ops.op import op
from shapecalc.ops.operands import (
    check_rank,
    dims_given,
    like,
    replaced,
    require_seen,
    shape_of,
    tensor,
)
from shapecalc.ops.windows import data_format_of
from shapecalc.rules.refusal import InvalidArgument, MismatchedShapes, Undefined, show_shape
from shapecalc.rules.requirement import require, shown_as_none
from shapecalc.rules.spec import TensorSpec
from shapecalc.rules.unknown import UndecidedError, Unknown, unknown_dim

_Margin = tuple[Any, Any, Any]


def _lengths(margin: _Margin, names: str) -> tuple[Dim | None, ...]:
    """What is before, what is after and the length in the end, of which one is None.

    Raises:
        InvalidArgument: it is none or several that are None, or one is below 0.
    """
    if sum(value is None for value in margin) != 1:
        raise InvalidArgument(f"exactly two of {names} must be given, got {margin}")
    lengths = tuple(None if value is None else dims_given([value])[0] for value in margin)
    for length in lengths:
        if length is not None:
            require(at_least(length, 0), InvalidArgument(f"{names} cannot be below 0: {margin}"))
    return lengths


def _padded(shape: Shape, axis: int, margin: _Margin, names: str) -> Dim:
    """The length of an axis that is padded."""
    n = shape[axis]
    before, after, target = _lengths(margin, names)
    if target is None:
        assert before is not None
        assert after is not None
        return before + n + after
    given = before if after is None else after
    assert given is not None
    refusal = InvalidArgument(
        f"an axis of {show(n)} and a padding of {show(given)} are more than {show(target)}"
    )
    require_seen(at_least(target - n - given, 0), refusal, n)
    return target


def _cropped(shape: Shape, axis: int, margin: _Margin, names: str) -> Dim:
    """The length of an axis that is cropped."""
    n = shape[axis]
    if margin[-1] is None and shown_as_none(n):
        raise Undefined(shape, axis)
    before, after, target = _lengths(margin, names)
    if target is None:
        assert before is not None
        assert after is not None
        refusal = InvalidArgument(f"an axis of {show(n)} cannot be cropped by {before} and {after}")
        require_seen(at_least(n - before - after, 0), refusal, n)
        return n - before - after
    given = before if after is None else after
    assert given is not None
    refusal = InvalidArgument(
        f"an axis of {show(n)} cropped by {show(given)} is shorter than {show(target)}"
    )
    require_seen(at_least(n - target - given, 0), refusal, n)
    return target


def _framed(
    images: Any,
    data_format: Any,
    length: Callable[[Shape, int, _Margin, str], Dim],
    word: str,
    rows: _Margin,
    columns: _Margin,
) -> TensorSpec:
    """Images of another height and width.

    Args:
        images: an image, or a batch of them.
        data_format: where its channels are.
        length: what a margin makes of an axis.
        word: what Keras calls the margins.
        rows: what is above and below, and the height in the end, of which one is None.
        columns: what is left and right, and the width in the end, likewise.
    """
    images = tensor(images)
    shape = images.shape
    check_rank(shape, 3, 4)
    axis = -3 if data_format_of(data_format) == "channels_last" else -2
    height = length(shape, axis, rows, f"top_{word}, bottom_{word} and target_height")
    width = length(shape, axis + 1, columns, f"left_{word}, right_{word} and target_width")
    return TensorSpec(replaced(replaced(shape, axis, height), axis + 1, width), images.dtype)


@op("keras.ops.image.pad_images")
def pad_images(
    images: Any,
    top_padding: Any = None,
    left_padding: Any = None,
    bottom_padding: Any = None,
    right_padding: Any = None,
    target_height: Any = None,
    target_width: Any = None,
    data_format: Any = None,
) -> TensorSpec:
    """Put rows and columns of zeros around an image."""
    rows = (top_padding, bottom_padding, target_height)
    columns = (left_padding, right_padding, target_width)
    return _framed(images, data_format, _padded, "padding", rows, columns)


@op("keras.ops.image.crop_images")
def crop_images(
    images: Any,
    top_cropping: Any = None,
    left_cropping: Any = None,
    bottom_cropping: Any = None,
    right_cropping: Any = None,
    target_height: Any = None,
    target_width: Any = None,
    data_format: Any = None,
) -> TensorSpec:
    """Cut rows and columns off an image."""
    rows = (top_cropping, bottom_cropping, target_height)
    columns = (left_cropping, right_cropping, target_width)
    return _framed(images, data_format, _cropped, "cropping", rows, columns)


@op("tensorflow.image.pad_to_bounding_box", node="PadImages")
def pad_to_bounding_box(
    image: Any, offset_height: Any, offset_width: Any, target_height: Any, target_width: Any
) -> TensorSpec:
    """Put an image into a larger one."""
    return pad_images(
        image, offset_height, offset_width, target_height=target_height, target_width=target_width
    )


@op("tensorflow.image.crop_to_bounding_box", node="CropImages")
def crop_to_bounding_box(
    image: Any, offset_height: Any, offset_width: Any, target_height: Any, target_width: Any
) -> TensorSpec:
    """Cut a part out of an image."""
    return crop_images(
        image, offset_height, offset_width, target_height=target_height, target_width=target_width
    )


@op("tensorflow.image.resize_with_crop_or_pad", node="PadImages")
def resize_with_crop_or_pad(image: Any, target_height: Any, target_width: Any) -> TensorSpec:
    """Bring an image to a height and width without scaling it."""
    image = tensor(image)
    check_rank(image.shape, 3, 4)
    lengths = dims_given([target_height, target_width])
    return TensorSpec((*image.shape[:-3], *lengths, image.shape[-1]), image.dtype)


@op("keras.backend.temporal_padding", node="Pad")
def temporal_padding(x: Any, padding: Any = (1, 1)) -> TensorSpec:
    """Put zeros before and after a sequence."""
    x = tensor(x)
    check_rank(x.shape, 3)
    before, after = _pair(dims_given(padding, argument="padding"))
    return TensorSpec(replaced(x.shape, 1, x.shape[1] + before + after), x.dtype)


@op("keras.backend.spatial_2d_padding", node="Pad")
def spatial_padding(x: Any, padding: Any = ((1, 1), (1, 1)), data_format: Any = None) -> TensorSpec:
    """Put zeros around an image."""
    x = tensor(x)
    check_rank(x.shape, 4)
    rows, columns = (dims_given(pair, argument="padding") for pair in _pair(padding))
    top, bottom = _pair(rows)
    left, right = _pair(columns)
    return pad_images(x, top, left, bottom, right, data_format=data_format)


def _pair(value: Any) -> tuple[Any, Any]:
    """Two values.

    Raises:
        InvalidArgument: there are more or fewer.
    """
    if not isinstance(value, (list, tuple)) or len(value) != 2:
        raise InvalidArgument(f"`padding` must be pairs, got {value!r:.100}", argument="padding")
    return value[0], value[1]


@op("keras.ops.pad", "tensorflow.pad", "numpy.pad")
def pad(x: Any, pad_width: Any, mode: str = "constant", constant_values: Any = None) -> TensorSpec:
    """Put elements before and after, along each axis."""
    shape = shape_of(x)
    if isinstance(pad_width, TensorSpec):
        return like(x, tuple(unknown_dim("`pad_width` is computed") for _ in shape))
    pairs = _pad_pairs(pad_width)
    if len(pairs) == 1:
        pairs = pairs * len(shape)
    if len(pairs) != len(shape):
        raise MismatchedShapes(
            f"`pad_width` has {len(pairs)} pairs, but {show_shape(shape)} {len(shape)} axes",
            [shape],
        )
    padded = [total((n, *dims_given(pair))) for n, pair in zip(shape, pairs, strict=True)]
    for n, new in zip(shape, padded, strict=True):
        refusal = InvalidArgument(f"`pad_width` {pad_width} takes more than {show_shape(shape)}")
        require_seen(at_least(new, 0), refusal, n)
    return like(x, tuple(padded))


def _pad_pairs(pad_width: Any) -> list[Any]:
    """What is put before and after, for each axis or once for all.

    Raises:
        InvalidArgument: it is something else.
    """
    if isinstance(pad_width, Unknown):
        raise UndecidedError(pad_width)
    if isinstance(pad_width, (int, Symbolic)):
        return [(pad_width, pad_width)]
    pairs = list(pad_width) if isinstance(pad_width, (list, tuple)) else []
    if pairs and isinstance(pairs[0], (int, Symbolic)):
        pairs = [tuple(pairs)]
    pairs = [tuple(p) * 2 if isinstance(p, (list, tuple)) and len(p) == 1 else p for p in pairs]
    if not pairs or any(not isinstance(p, (list, tuple)) or len(p) != 2 for p in pairs):
        raise InvalidArgument(
            f"`pad_width` must be a number, or pairs of them, got {pad_width!r:.100}",
            argument="pad_width",
        )
    return pairs
