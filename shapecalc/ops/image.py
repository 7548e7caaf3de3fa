"""Operations on images: three axes, or four with the batch."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import Dim, Shape, at_least, equal, product, show
from shapecalc.ops import dtypes
from shapecalc.ops.normalizing import require_alike_shapes
from shapecalc.ops.op import op
from shapecalc.ops.operands import check_rank, dims_given, replaced, require_seen, shape_of, tensor
from shapecalc.ops.windows import data_format_of, join_axes, per_axis, slide_all, split_axes
from shapecalc.rules.refusal import InvalidArgument, MismatchedShapes, Undefined, show_shape
from shapecalc.rules.requirement import require, shown_as_none
from shapecalc.rules.spec import TensorSpec
from shapecalc.rules.unknown import unknown_dim


def _image(images: Any) -> TensorSpec:
    images = tensor(images)
    check_rank(images.shape, 3, 4)
    spec: TensorSpec = images
    return spec


def _space_of(data_format: Any) -> int:
    """The place of the height from the end; the width comes next."""
    return -3 if data_format_of(data_format) == "channels_last" else -2


def _channels_of(data_format: Any) -> int:
    return -1 if data_format_of(data_format) == "channels_last" else -3


@op("keras.ops.image.rgb_to_grayscale", node="RGBToGrayscale")
def rgb_to_grayscale(images: Any, data_format: Any = None) -> TensorSpec:
    """One channel for three."""
    images = _image(images)
    axis = _channels_of(data_format)
    channels = images.shape[axis]
    if not (isinstance(channels, int) and channels == 1):
        _require_channels(images.shape, channels, 3)
    return TensorSpec(replaced(images.shape, axis, 1), images.dtype)


def _require_channels(shape: Shape, channels: Dim, count: int) -> None:
    refusal = MismatchedShapes(
        f"{show_shape(shape)} has {show(channels)} channels, {count} are needed", [shape]
    )
    require_seen(equal(channels, count), refusal, channels)


@op("keras.ops.image.rgb_to_hsv", node="RGBToHSV")
@op("keras.ops.image.hsv_to_rgb", node="HSVToRGB")
def recolored(images: Any, data_format: Any = None) -> TensorSpec:
    """The same colours in other numbers."""
    images = _image(images)
    if not dtypes.is_float(images.dtype) and images.dtype != dtypes.UNKNOWN:
        raise InvalidArgument(f"colours must be floats, not {images.dtype}", argument="images")
    _require_channels(images.shape, images.shape[_channels_of(data_format)], 3)
    return TensorSpec(images.shape, images.dtype)


@op("keras.ops.image.resize")
def resize(
    images: Any,
    size: Any,
    interpolation: str = "bilinear",
    antialias: bool = False,
    crop_to_aspect_ratio: bool = False,
    pad_to_aspect_ratio: bool = False,
    fill_mode: str = "constant",
    fill_value: float = 0.0,
    data_format: Any = None,
) -> TensorSpec:
    """Give an image another height and width."""
    new = dims_given(size, argument="size")
    expected = InvalidArgument(f"`size` must be a height and a width, got {size}", argument="size")
    if len(new) != 2:
        raise expected
    for length in new:
        require(at_least(length, 1), expected)
    if pad_to_aspect_ratio and crop_to_aspect_ratio:
        raise InvalidArgument("an image can be padded or cropped to its aspect ratio, not both")
    images = _image(images)
    axis = _space_of(data_format)
    shape = replaced(replaced(images.shape, axis, new[0]), axis + 1, new[1])
    return TensorSpec(shape, images.dtype)


@op("tensorflow.image.resize", node="Resize")
def resize_tf(
    images: Any,
    size: Any,
    method: Any = "bilinear",
    preserve_aspect_ratio: bool = False,
    antialias: bool = False,
) -> TensorSpec:
    """Give an image another height and width, as floats."""
    resized = resize(images, size, data_format="channels_last")
    nearest = isinstance(method, str) and method == "nearest"
    shape = resized.shape
    if preserve_aspect_ratio is not False:
        # The image fits into the size; which of its sides fills it, is the image's affair.
        sides = [unknown_dim("the side of an image that keeps its proportions") for _ in range(2)]
        shape = (*shape[:-3], *sides, shape[-1])
    return TensorSpec(shape, resized.dtype if nearest else "float32")


@op("keras.backend.resize_images", node="Resize")
def resize_images(
    x: Any, height_factor: Any, width_factor: Any, data_format: Any, interpolation: str = "nearest"
) -> TensorSpec:
    """Make an image so many times as high and wide."""
    axis = _space_of(data_format)
    shape = shape_of(x)
    check_rank(shape, 4)
    factors = dims_given([height_factor, width_factor], argument="the factors")
    size = (shape[axis] * factors[0], shape[axis + 1] * factors[1])
    return resize(x, size, data_format=data_format)


@op("keras.ops.image.affine_transform")
def affine_transform(
    images: Any,
    transform: Any,
    interpolation: str = "bilinear",
    fill_mode: str = "constant",
    fill_value: float = 0,
    data_format: Any = None,
) -> TensorSpec:
    """Turn, shift and scale an image."""
    check_rank(shape_of(transform), 1, 2)
    return _image(images)


@op("keras.ops.image.perspective_transform")
def perspective_transform(
    images: Any,
    start_points: Any,
    end_points: Any,
    interpolation: str = "bilinear",
    fill_value: float = 0,
    data_format: Any = None,
) -> TensorSpec:
    """Bring four points of an image to others."""
    start, end = shape_of(start_points), shape_of(end_points)
    for points in (start, end):
        check_rank(points, 2, 3)
        require_alike_shapes(points[-2:], (4, 2), "the last axes of the points and four pairs")
    require_alike_shapes(start, end, "`start_points` and `end_points`")
    return _image(images)


@op("keras.ops.image.gaussian_blur")
def gaussian_blur(
    images: Any, kernel_size: Any = (3, 3), sigma: Any = (1.0, 1.0), data_format: Any = None
) -> TensorSpec:
    """Blur an image."""
    data_format_of(data_format)
    return _image(images)


@op("keras.ops.image.elastic_transform")
def elastic_transform(
    images: Any,
    alpha: float = 20.0,
    sigma: float = 5.0,
    interpolation: str = "bilinear",
    fill_mode: str = "reflect",
    fill_value: float = 0.0,
    seed: Any = None,
    data_format: Any = None,
) -> TensorSpec:
    """Warp an image at random."""
    data_format_of(data_format)
    return _image(images)


@op("keras.ops.image.scale_and_translate")
def scale_and_translate(
    images: Any,
    output_shape: Any,
    scale: Any,
    translation: Any,
    spatial_dims: Any,
    method: str,
    antialias: bool = True,
) -> TensorSpec:
    """Scale and shift an image into another shape."""
    return TensorSpec(dims_given(output_shape, argument="output_shape"), tensor(images).dtype)


@op("keras.ops.image.sobel_edges")
@op("tensorflow.image.sobel_edges")
def sobel_edges(images: Any, data_format: Any = None) -> TensorSpec:
    """The slopes down and across."""
    images = tensor(images)
    data_format_of(data_format)
    check_rank(images.shape, 4)
    return TensorSpec((*images.shape, 2), images.dtype)


@op("keras.ops.image.ssim", node="SSIM")
def ssim(
    image1: Any,
    image2: Any,
    max_val: float = 1.0,
    filter_size: int = 11,
    filter_sigma: float = 1.5,
    k1: float = 0.01,
    k2: float = 0.03,
    data_format: Any = None,
) -> TensorSpec:
    """How alike two images look; for each of a batch."""
    one, _ = _image(image1), _image(image2)
    return TensorSpec(one.shape[:-3], one.dtype)


@op("keras.ops.image.map_coordinates")
def map_coordinates(
    inputs: Any, coordinates: Any, order: int, fill_mode: str = "constant", fill_value: float = 0
) -> TensorSpec:
    """The values between elements, at coordinates that stand along axis 0."""
    inputs, places = tensor(inputs), shape_of(coordinates)
    check_rank(places, least=2)
    refusal = MismatchedShapes(
        f"coordinates of shape {show_shape(places)} do not point into {show_shape(inputs.shape)}",
        [inputs.shape, places],
    )
    if shown_as_none(places[0]):
        raise refusal
    require(equal(places[0], len(inputs.shape)), refusal)
    return TensorSpec(places[1:], inputs.dtype)


def _extract(
    images: TensorSpec, sizes: Shape, strides: Any, options: tuple[Any, str, Any]
) -> TensorSpec:
    """The windows of an image, laid out along the channels."""
    dilation_rate, padding, data_format = options
    rank, word = len(sizes), data_format_of(data_format)
    check_rank(images.shape, rank + 1, rank + 2)
    shape = images.shape if len(images.shape) == rank + 2 else (1, *images.shape)
    batch, space, channels = split_axes(shape, word)
    if shown_as_none(channels):
        raise Undefined(shape, _channels_of(word))
    if padding not in ("valid", "same"):
        raise InvalidArgument(f"`padding` is valid or same, not {padding!r}", argument="padding")
    steps = sizes if strides is None else per_axis(strides, rank, "strides")
    rates = per_axis(dilation_rate, rank, "dilation_rate")
    places = slide_all(space, sizes, steps, rates, padding, "size")
    output = join_axes(batch, places, product(sizes) * channels, word)
    return TensorSpec(output[len(shape) - len(images.shape) :], images.dtype)


@op("keras.ops.image.extract_patches")
def extract_patches(
    images: Any,
    size: Any,
    strides: Any = None,
    dilation_rate: Any = 1,
    padding: str = "valid",
    data_format: Any = None,
) -> TensorSpec:
    """The windows of an image, or of a volume, laid out along the channels."""
    sizes = dims_given(size, argument="size")
    sizes = sizes if isinstance(size, (list, tuple)) else sizes * 2
    if len(sizes) not in (2, 3):
        raise InvalidArgument(f"`size` must be 2 or 3 lengths, got {size}", argument="size")
    return _extract(tensor(images), sizes, strides, (dilation_rate, padding, data_format))


@op("keras.ops.image.extract_patches_3d", node="ExtractPatches")
def extract_patches_3d(
    volumes: Any,
    size: Any,
    strides: Any = None,
    dilation_rate: Any = 1,
    padding: str = "valid",
    data_format: Any = None,
) -> TensorSpec:
    """The windows of a volume, laid out along the channels."""
    sizes = per_axis(size, 3, "size")
    return _extract(tensor(volumes), sizes, strides, (dilation_rate, padding, data_format))


@op("tensorflow.image.extract_patches", node="ExtractPatches")
def extract_patches_tf(
    images: Any, sizes: Any, strides: Any, rates: Any, padding: str
) -> TensorSpec:
    """The windows of an image, laid out along the channels."""
    inner = [dims_given(value)[1:3] for value in (sizes, strides, rates)]
    options = (inner[2], str(padding).lower(), "channels_last")
    return _extract(tensor(images), inner[0], inner[1], options)
