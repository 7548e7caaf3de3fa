"""Images that a program reads one by one, with Keras, Pillow or OpenCV, as arrays."""

from __future__ import annotations

from shapecalc.dims import Dim, Shape
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.arrays import ArrayLike, array
from shapecalc.frontends.python.library.registry import CONSTANTS, methods, models
from shapecalc.frontends.python.library.tensor_operations import dtype_name, is_length
from shapecalc.frontends.python.values import Value
from shapecalc.graph.contents import Contents
from shapecalc.graph.tensor import Tensor
from shapecalc.rules.unknown import Unranked, unknown_dim

LIBRARIES = ("keras.utils", "keras.preprocessing", "cv2", "PIL")

_PILLOW = "PIL.Image.Image"
_PIXELS = Contents(0, 255, whole=True)
# What each pixel is, by Keras's words and by Pillow's.
_CHANNELS: dict[str, Shape] = {"rgb": (3,), "RGB": (3,), "rgba": (4,), "RGBA": (4,), "L": ()}
_CHANNELS["grayscale"] = ()


class Picture(ArrayLike):
    """An image of Pillow.

    Attributes:
        sides: its height and width.
        pixel: the shape of a pixel; None where its mode is not known.
    """

    __slots__ = ("pixel", "sides")

    def __init__(self, sides: tuple[Dim, Dim], pixel: Shape | None) -> None:
        super().__init__(_PILLOW)
        self.sides = sides
        self.pixel = pixel

    @property
    def array(self) -> Tensor:
        """Its pixels, as NumPy takes them."""
        if self.pixel is None:
            return Tensor(Unranked("the colours of an image"), "uint8", contents=_PIXELS)
        return Tensor((*self.sides, *self.pixel), "uint8", contents=_PIXELS)


def _sides(size: Value, *, width_first: bool) -> tuple[Dim, Dim]:
    """Height and width out of a size that a program gives."""
    if not isinstance(size, (tuple, list)) or len(size) != 2:
        return unknown_dim("the height of an image"), unknown_dim("the width of an image")
    first, second = (x if is_length(x) else unknown_dim("the size of an image") for x in size)
    return (second, first) if width_first else (first, second)


# --- Keras ---------------------------------------------------------------------------------------


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
    if grayscale is not False:
        color_mode = "grayscale" if grayscale is True else None
    pixel = _CHANNELS.get(color_mode) if isinstance(color_mode, str) else None
    return Picture(_sides(target_size, width_first=False), pixel)


@models("keras.utils.img_to_array", "keras.preprocessing.image.img_to_array", unknowns=True)
def img_to_array(
    run: Interpreter, img: Value, data_format: Value = None, dtype: Value = None
) -> Value:
    made = array(run, img)
    if not isinstance(made, Tensor) or data_format not in (None, "channels_last"):
        return run.unknown("the array of an image")
    shape = made.shape
    if isinstance(shape, tuple) and len(shape) == 2:
        shape = (*shape, 1)
    elif isinstance(shape, tuple) and len(shape) != 3:
        return run.unknown("the array of what is no image")
    return Tensor(shape, dtype_name(dtype, "float32"), contents=made.contents)


# --- Pillow --------------------------------------------------------------------------------------


@models("PIL.Image.open", unknowns=True)
def open_image(run: Interpreter, path: Value, *args: Value, **kwargs: Value) -> Value:
    return Picture(_sides(None, width_first=True), None)


@methods(Picture, "resize", unknowns=True)
def resize(run: Interpreter, picture: Picture, size: Value, *args: Value, **kwargs: Value) -> Value:
    return Picture(_sides(size, width_first=True), picture.pixel)


@methods(Picture, "convert", unknowns=True)
def convert(run: Interpreter, picture: Picture, mode: Value = None, *args: Value) -> Value:
    pixel = _CHANNELS.get(mode) if isinstance(mode, str) else None
    return Picture(picture.sides, pixel)


# --- OpenCV --------------------------------------------------------------------------------------

_AS_IT_IS, _GREY, _COLOUR = -1, 0, 1
_TO_GREY, _TO_COLOUR = (6, 7), (4, 8)

CONSTANTS["cv2.IMREAD_UNCHANGED"] = _AS_IT_IS
CONSTANTS["cv2.IMREAD_GRAYSCALE"] = _GREY
CONSTANTS["cv2.IMREAD_COLOR"] = _COLOUR
CONSTANTS["cv2.COLOR_BGR2GRAY"], CONSTANTS["cv2.COLOR_RGB2GRAY"] = _TO_GREY
CONSTANTS["cv2.COLOR_BGR2RGB"] = CONSTANTS["cv2.COLOR_RGB2BGR"] = _TO_COLOUR[0]
CONSTANTS["cv2.COLOR_GRAY2BGR"] = CONSTANTS["cv2.COLOR_GRAY2RGB"] = _TO_COLOUR[1]


@models("cv2.imread", unknowns=True)
def imread(run: Interpreter, path: Value, flags: Value = _COLOUR) -> Value:
    sides = _sides(None, width_first=True)
    if isinstance(flags, int) and flags in (_GREY, _COLOUR):
        shape = sides if flags == _GREY else (*sides, 3)
        return Tensor(shape, "uint8", contents=_PIXELS)
    return Tensor(Unranked("the channels of an image"), "uint8", contents=_PIXELS)


@models("cv2.resize", unknowns=True)
def resize_array(
    run: Interpreter, src: Value, dsize: Value = None, *args: Value, **kwargs: Value
) -> Value:
    image = array(run, src)
    if not isinstance(image, Tensor) or args or set(kwargs) - {"interpolation"}:
        return run.unknown("an image of another size")
    sides = _sides(dsize, width_first=True)
    if isinstance(image.shape, Unranked):
        return Tensor(image.shape, image.dtype)
    pixel = image.shape[2:]
    if len(image.shape) not in (2, 3) or not all(isinstance(dim, int) for dim in pixel):
        return Tensor(Unranked("the channels of an image"), image.dtype)
    # A last axis of one OpenCV drops.
    return Tensor((*sides, *pixel) if pixel != (1,) else sides, image.dtype)


@models("cv2.cvtColor", unknowns=True)
def change_colours(run: Interpreter, src: Value, code: Value, *args: Value) -> Value:
    image = array(run, src)
    known = isinstance(image, Tensor) and isinstance(image.shape, tuple) and len(image.shape) > 1
    if known and isinstance(code, int) and code in (*_TO_GREY, *_TO_COLOUR):
        shape = (*image.shape[:2], *(() if code in _TO_GREY else (3,)))
        return Tensor(shape, image.dtype, contents=image.contents)
    return Tensor(Unranked("the channels of an image"), "uint8")


__all__ = ["Picture"]
