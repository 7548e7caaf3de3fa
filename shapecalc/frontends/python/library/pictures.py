"""Pictures one by one: what Pillow, OpenCV, scikit-image and Keras read, scale and recolour."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import Dim
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.registry import CONSTANTS, methods, models, properties
from shapecalc.frontends.python.library.tensor_operations import dtype_name, is_length
from shapecalc.frontends.python.values import LibraryObject, Value
from shapecalc.graph.contents import Contents
from shapecalc.graph.tensor import Tensor
from shapecalc.rules.dtype_policy import UNKNOWN
from shapecalc.rules.session import current_session
from shapecalc.rules.unknown import Unknown, Unranked, unknown_dim

LIBRARIES = (
    "PIL",
    "cv2",
    "keras.preprocessing.image",
    "keras.utils.img_to_array",
    "keras.utils.load_img",
    "scipy.misc",
    "skimage",
)

_PIXELS = Contents(0, 255, whole=True, reached=True)
# How many numbers a pixel of a mode has; 0 stands for one that is no axis.
_BANDS = {"L": 0, "1": 0, "P": 0, "I": 0, "F": 0, "RGB": 3, "RGBA": 4, "CMYK": 4, "HSV": 3}
_MODES = {"rgb": "RGB", "rgba": "RGBA", "grayscale": "L"}


class Picture(LibraryObject):
    """A picture of Pillow.

    Attributes:
        height: its rows.
        width: its columns.
        mode: what its pixels are, "RGB", or None where only the file knows.
    """

    __slots__ = ("height", "mode", "width")

    def __init__(self, height: Dim, width: Dim, mode: str | None) -> None:
        super().__init__("PIL.Image.Image")
        self.height = height
        self.width = width
        self.mode = mode


def _side() -> Dim:
    return unknown_dim("the size of a picture")


def _sides(run: Interpreter, size: Value) -> tuple[Dim, Dim]:
    """Two lengths that a program gives."""
    items = run.iterate(size) if isinstance(size, (tuple, list)) else size
    if isinstance(items, list) and len(items) == 2:
        first, second = (item if is_length(item) else _side() for item in items)
        return first, second
    return _side(), _side()


# --- Pillow and Keras --------------------------------------------------------------------------


@models("PIL.Image.open", unknowns=True)
def open_picture(run: Interpreter, *args: Value, **kwargs: Value) -> Value:
    return Picture(_side(), _side(), None)


@models("PIL.Image.new", unknowns=True)
def new_picture(run: Interpreter, mode: Value, size: Value, *args: Value, **kwargs: Value) -> Value:
    width, height = _sides(run, size)
    return Picture(height, width, mode if isinstance(mode, str) else None)


@models("keras.utils.load_img", "keras.preprocessing.image.load_img", unknowns=True)
def load_img(
    run: Interpreter,
    path: Value,
    color_mode: Value = "rgb",
    target_size: Value = None,
    interpolation: Value = "nearest",
    keep_aspect_ratio: Value = False,
    grayscale: Value = False,
) -> Value:
    mode = _MODES.get(color_mode) if isinstance(color_mode, str) else None
    if isinstance(color_mode, bool) or grayscale is not False:
        # Keras 1 and 2: load_img(path, grayscale).
        mode = {True: "L", False: "RGB"}.get(color_mode is True or grayscale is True)
    height, width = _sides(run, target_size)
    return Picture(height, width, mode)


@models("keras.utils.img_to_array", "keras.preprocessing.image.img_to_array", unknowns=True)
def img_to_array(
    run: Interpreter, img: Value, data_format: Value = None, dtype: Value = None
) -> Value:
    channels_last = (data_format or current_session().data_format) == "channels_last"
    pixels = array_of(img) if isinstance(img, Picture) else img
    if not isinstance(pixels, Tensor) or not channels_last:
        return img if isinstance(img, Unknown) else run.unknown("a picture as an array")
    shape = pixels.shape
    if isinstance(shape, Unranked):
        sides = (img.height, img.width) if isinstance(img, Picture) else (_side(), _side())
        shape = (*sides, unknown_dim("the colours of a picture"))
    elif len(shape) == 2:
        shape = (*shape, 1)
    return Tensor(shape, dtype_name(dtype, "float32"), contents=pixels.contents)


@methods(Picture, "__array__", unknowns=True)
def array_of(picture: Picture) -> Tensor:
    """Rows, columns and what a pixel has, if that is more than a number."""
    bands = None if picture.mode is None else _BANDS.get(picture.mode)
    if bands is None:
        return Tensor(Unranked("the colours of a picture"), UNKNOWN)
    shape = (picture.height, picture.width, *((bands,) if bands else ()))
    plain = picture.mode not in ("1", "I", "F")
    return Tensor(shape, "uint8" if plain else UNKNOWN, contents=_PIXELS if plain else None)


@methods(Picture, "convert", unknowns=True)
def convert(
    run: Interpreter, picture: Picture, mode: Value = None, *args: Value, **kwargs: Value
) -> Value:
    return Picture(picture.height, picture.width, mode if isinstance(mode, str) else None)


@methods(Picture, "resize", unknowns=True)
def resize(run: Interpreter, picture: Picture, size: Value, *args: Value, **kwargs: Value) -> Value:
    width, height = _sides(run, size)
    return Picture(height, width, picture.mode)


@methods(Picture, "crop", "rotate", "transpose", unknowns=True)
def of_another_size(run: Interpreter, picture: Picture, *args: Value, **kwargs: Value) -> Value:
    return Picture(_side(), _side(), picture.mode)


@methods(Picture, "thumbnail", "draft", "putalpha", "putpalette", unknowns=True)
def change_in_place(run: Interpreter, picture: Picture, *args: Value, **kwargs: Value) -> None:
    picture.height, picture.width, picture.mode = _side(), _side(), None


@models("PIL.Image.fromarray", unknowns=True)
def picture_of(run: Interpreter, obj: Value, mode: Value = None) -> Value:
    shape = obj.shape if isinstance(obj, Tensor) else None
    if not isinstance(shape, tuple) or len(shape) not in (2, 3):
        return Picture(_side(), _side(), mode if isinstance(mode, str) else None)
    if mode is None and isinstance(obj, Tensor) and obj.dtype == "uint8":
        bands: Any = shape[2] if len(shape) == 3 else 0
        mode = {0: "L", 3: "RGB", 4: "RGBA"}.get(bands)
    return Picture(shape[0], shape[1], mode if isinstance(mode, str) else None)


@methods(Picture, "copy", "filter", "point", unknowns=True)
def of_the_same_size(run: Interpreter, picture: Picture, *args: Value, **kwargs: Value) -> Value:
    return Picture(picture.height, picture.width, picture.mode)


@properties(Picture, "size")
def size_of(picture: Picture) -> Value:
    return (picture.width, picture.height)


@properties(Picture, "width")
def width_of(picture: Picture) -> Value:
    return picture.width


@properties(Picture, "height")
def height_of(picture: Picture) -> Value:
    return picture.height


# --- arrays of pixels --------------------------------------------------------------------------


CONSTANTS["cv2.IMREAD_UNCHANGED"] = -1
CONSTANTS["cv2.IMREAD_GRAYSCALE"] = 0
CONSTANTS["cv2.IMREAD_COLOR"] = 1


@models("cv2.imread", unknowns=True)
def read_pixels(run: Interpreter, filename: Value, flags: Value = 1) -> Value:
    """Three numbers a pixel, unless the program asks for grey or for what the file has."""
    if isinstance(flags, int) and flags == CONSTANTS["cv2.IMREAD_COLOR"]:
        return Tensor((_side(), _side(), 3), "uint8", contents=_PIXELS)
    if isinstance(flags, int) and flags == CONSTANTS["cv2.IMREAD_GRAYSCALE"]:
        return Tensor((_side(), _side()), "uint8", contents=_PIXELS)
    return run.unknown("a picture with the colours that its file has")


@models("cv2.resize", unknowns=True)
def resize_pixels(
    run: Interpreter, src: Value, dsize: Value = None, *args: Value, **kwargs: Value
) -> Value:
    width, height = _sides(run, dsize)
    pixels = _without_lone_axis(src)
    return run.unknown("a picture in another size") if pixels is None else _scaled(
        pixels, (height, width))  # fmt: skip


@models("scipy.misc.imresize", unknowns=True)
def imresize(run: Interpreter, arr: Value, size: Value, *args: Value, **kwargs: Value) -> Value:
    """In another size; a number is a percentage."""
    if not isinstance(arr, Tensor) or isinstance(arr.shape, Unranked) or len(arr.shape) < 2:
        return run.unknown("a picture in another size")
    return _scaled(arr, _sides(run, size))


def _scaled(pixels: Tensor, sides: tuple[Dim, Dim]) -> Tensor:
    assert isinstance(pixels.shape, tuple)
    return Tensor((*sides, *pixels.shape[2:]), pixels.dtype, contents=pixels.contents)


def _without_lone_axis(pixels: Value) -> Tensor | None:
    """An array as OpenCV hands it back: it knows no axis of one colour; None if not known."""
    if not isinstance(pixels, Tensor) or pixels.symbolic or isinstance(pixels.shape, Unranked):
        return None
    shape = pixels.shape
    if len(shape) == 3 and isinstance(shape[2], int):
        shape = shape if shape[2] != 1 else shape[:2]
    elif len(shape) != 2:
        return None
    return Tensor(shape, pixels.dtype, contents=pixels.contents)


@models("cv2.flip", "cv2.GaussianBlur", "cv2.blur", "cv2.medianBlur", "cv2.equalizeHist",
        "cv2.bilateralFilter", unknowns=True)  # fmt: skip
def filtered(run: Interpreter, src: Value, *args: Value, **kwargs: Value) -> Value:
    pixels = _without_lone_axis(src)
    return run.unknown("a picture that is filtered") if pixels is None else pixels


_SPACES = frozenset({"BGR", "RGB", "HSV", "HLS", "LAB", "Lab", "LUV", "Luv", "YUV", "YCrCb", "XYZ"})
_BANDS_OF_SPACES: dict[str, tuple[int, ...]] = {"GRAY": (), "RGBA": (4,), "BGRA": (4,)}
_BANDS_OF_SPACES |= dict.fromkeys(_SPACES, (3,))
_CODE = "cv2.ColorConversionCode"
for _before in _BANDS_OF_SPACES:
    for _after in _BANDS_OF_SPACES:
        _word = f"cv2.COLOR_{_before}2{_after}"
        CONSTANTS[_word] = LibraryObject(_CODE, (_BANDS_OF_SPACES[_after],))


@models("cv2.cvtColor", unknowns=True)
def recolour(run: Interpreter, src: Value, code: Value, *args: Value, **kwargs: Value) -> Value:
    """Between orders of colours; the code says what a pixel has afterwards."""
    known = isinstance(src, Tensor) and isinstance(src.shape, tuple) and len(src.shape) in (2, 3)
    if not known or not isinstance(code, LibraryObject) or code.path != _CODE:
        return run.unknown("a picture in other colours")
    return Tensor((*src.shape[:2], *code.args[0]), src.dtype)


@models("skimage.transform.resize", unknowns=True)
def resize_float(
    run: Interpreter, image: Value, output_shape: Value, *args: Value, **kwargs: Value
) -> Value:
    """Floats in another shape; a last axis that it does not name stays."""
    dims = run.iterate(output_shape) if isinstance(output_shape, (tuple, list)) else None
    if not isinstance(dims, list) or not all(map(is_length, dims)):
        return run.unknown("a picture in another size")
    own = image.shape if isinstance(image, Tensor) and isinstance(image.shape, tuple) else None
    # A picture has three axes at most.
    if len(dims) == 3 if own is None else len(dims) >= len(own):
        return Tensor(tuple(dims), UNKNOWN)
    if own is not None and len(dims) == len(own) - 1:
        return Tensor((*dims, own[-1]), UNKNOWN)
    return run.unknown("a picture in another size")


__all__: list[str] = []
