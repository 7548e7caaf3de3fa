"""What TensorFlow does to images before a network sees them, one or a batch of them."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import Dim
from shapecalc.ops import dtypes
from shapecalc.ops.op import moving, op
from shapecalc.ops.operands import check_rank, dims_given, integer, shape_of, tensor
from shapecalc.rules.refusal import InvalidArgument
from shapecalc.rules.spec import TensorSpec
from shapecalc.rules.unknown import Unknown, unknown_dim


def _image(image: Any) -> TensorSpec:
    spec: TensorSpec = tensor(image)
    check_rank(spec.shape, 3, 4)
    return spec


@op("tensorflow.image.flip_left_right", node="FlipLeftRight")
@op("tensorflow.image.flip_up_down", node="FlipUpDown")
@op("tensorflow.image.random_flip_left_right", node="RandomFlipLeftRight")
@op("tensorflow.image.random_flip_up_down", node="RandomFlipUpDown")
@op("tensorflow.image.stateless_random_flip_left_right", node="RandomFlipLeftRight")
@op("tensorflow.image.stateless_random_flip_up_down", node="RandomFlipUpDown")
@moving("image", every=True)
def flipped(image: Any, seed: Any = None) -> TensorSpec:
    """The same pixels in other places."""
    image = _image(image)
    return TensorSpec(image.shape, image.dtype)


@op("tensorflow.image.adjust_brightness", node="AdjustBrightness")
@op("tensorflow.image.adjust_contrast", node="AdjustContrast")
@op("tensorflow.image.adjust_gamma", node="AdjustGamma")
@op("tensorflow.image.adjust_hue", node="AdjustHue")
@op("tensorflow.image.adjust_saturation", node="AdjustSaturation")
@op("tensorflow.image.random_brightness", node="RandomBrightness")
@op("tensorflow.image.random_contrast", node="RandomContrast")
@op("tensorflow.image.random_hue", node="RandomHue")
@op("tensorflow.image.random_saturation", node="RandomSaturation")
@op("tensorflow.image.stateless_random_brightness", node="RandomBrightness")
@op("tensorflow.image.stateless_random_contrast", node="RandomContrast")
@op("tensorflow.image.stateless_random_hue", node="RandomHue")
@op("tensorflow.image.stateless_random_saturation", node="RandomSaturation")
@op("tensorflow.image.rgb_to_yuv", node="RgbToYuv")
@op("tensorflow.image.yuv_to_rgb", node="YuvToRgb")
def coloured(image: Any, *amounts: Any, **options: Any) -> TensorSpec:
    """The same image in other colours; what says how much bears on no shape."""
    image = tensor(image)
    return TensorSpec(image.shape, image.dtype)


@op("tensorflow.image.per_image_standardization", node="PerImageStandardization")
def standardized(image: Any) -> TensorSpec:
    """Each image about zero, in floats."""
    image = _image(image)
    return TensorSpec(image.shape, image.dtype if dtypes.is_float(image.dtype) else "float32")


@op("tensorflow.image.convert_image_dtype", node="ConvertImageDtype")
def convert_image_dtype(image: Any, dtype: Any, saturate: bool = False) -> TensorSpec:
    """Pixels in another dtype: 0 to 1 as floats."""
    return TensorSpec(shape_of(image), dtypes.standardize(dtype))


@op("tensorflow.image.grayscale_to_rgb", node="GrayscaleToRgb")
def grayscale_to_rgb(image: Any) -> TensorSpec:
    """Three channels for one."""
    image = tensor(image)
    check_rank(image.shape, least=1)
    return TensorSpec((*image.shape[:-1], 3), image.dtype)


@op("tensorflow.image.rgb_to_grayscale", node="RgbToGrayscale")
def rgb_to_grayscale(image: Any) -> TensorSpec:
    """One channel for three."""
    image = tensor(image)
    check_rank(image.shape, least=1)
    return TensorSpec((*image.shape[:-1], 1), image.dtype)


@op("tensorflow.image.transpose", node="TransposeImage")
@moving("image", every=True)
def transposed(image: Any) -> TensorSpec:
    """Rows for columns."""
    image = _image(image)
    return TensorSpec(_turned(image.shape), image.dtype)


def _turned(shape: tuple[Dim, ...]) -> tuple[Dim, ...]:
    return (*shape[:-3], shape[-2], shape[-3], shape[-1])


@op("tensorflow.image.rot90", node="Rot90")
@moving("image", every=True)
def rotated(image: Any, k: Any = 1) -> TensorSpec:
    """Turned by quarters."""
    image = _image(image)
    height, width = image.shape[-3:-1]
    if isinstance(k, TensorSpec):
        sides: tuple[Dim, ...] = tuple(
            unknown_dim("which side an image is turned on") for _ in range(2)
        )
        if isinstance(height, int) and isinstance(width, int) and height == width:
            sides = (height, width)
        return TensorSpec((*image.shape[:-3], *sides, image.shape[-1]), image.dtype)
    return TensorSpec(_turned(image.shape) if integer(k, "k") % 2 else image.shape, image.dtype)


@op("tensorflow.image.central_crop", node="CentralCrop")
@moving("image")
def central_crop(image: Any, central_fraction: Any) -> TensorSpec:
    """The middle of an image."""
    image = _image(image)
    known = isinstance(central_fraction, (int, float))
    if known and not 0 < central_fraction <= 1:
        raise InvalidArgument("the fraction must be above 0 and at most 1",
                              argument="central_fraction")  # fmt: skip

    def kept(length: Dim) -> Dim:
        if not known or not isinstance(length, int):
            return unknown_dim("the middle of an image")
        return length - int((length - length * central_fraction) / 2) * 2

    height, width = image.shape[-3:-1]
    return TensorSpec((*image.shape[:-3], kept(height), kept(width), image.shape[-1]), image.dtype)


@op("tensorflow.image.random_crop", "tensorflow.random_crop", node="RandomCrop")
@op("tensorflow.image.stateless_random_crop", node="RandomCrop")
@moving("value")
def random_crop(value: Any, size: Any, seed: Any = None) -> TensorSpec:
    """A part of a tensor, anywhere in it."""
    value = tensor(value)
    dims = dims_given(size, argument="size")
    check_rank(value.shape, len(dims))
    return TensorSpec(dims, value.dtype)


@op("tensorflow.image.resize_with_pad", node="ResizeWithPad")
def resize_with_pad(
    image: Any, target_height: Any, target_width: Any, method: Any = "bilinear",
    antialias: bool = False,
) -> TensorSpec:  # fmt: skip
    """An image in another size, of which what it does not fill is zero."""
    image = _image(image)
    lengths = dims_given([target_height, target_width])
    nearest = isinstance(method, str) and method == "nearest"
    dtype = image.dtype if nearest else _resized_dtype(method)
    return TensorSpec((*image.shape[:-3], *lengths, image.shape[-1]), dtype)


def _resized_dtype(method: Any) -> str:
    return dtypes.UNKNOWN if isinstance(method, Unknown) else "float32"


@op("tensorflow.image.crop_and_resize", node="CropAndResize")
def crop_and_resize(
    image: Any, boxes: Any, box_indices: Any, crop_size: Any, method: Any = "bilinear",
    extrapolation_value: float = 0.0,
) -> TensorSpec:  # fmt: skip
    """A part of an image for each box, all in one size."""
    image = tensor(image)
    check_rank(image.shape, 4)
    sides = dims_given(crop_size, argument="crop_size")
    return TensorSpec((shape_of(boxes)[0], *sides, image.shape[-1]), "float32")
