"""Where a network begins: the image's shape, its tensor, and the inputs behind a given one."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import Dim, at_least, equal
from shapecalc.graph.model import Input
from shapecalc.graph.tensor import Tensor
from shapecalc.layers.input import accept_shape
from shapecalc.rules.refusal import InvalidArgument, show_axis
from shapecalc.rules.requirement import require
from shapecalc.rules.unknown import UndecidedError, Unknown, Unranked, unknown_dim

ImageShape = tuple[Dim | None, ...]


def image_shape(given: Any, *, size: int, least: int, whole: bool, imagenet: bool) -> ImageShape:
    """The shape of the images, height, width and channels, as Keras takes it.

    Args:
        given: the argument `input_shape`.
        size: the height and width by default.
        least: the least height and width.
        whole: whether the network has its top, which needs the lengths.
        imagenet: whether the published weights are asked for.

    Raises:
        InvalidArgument: Keras refuses the shape.
    """
    if imagenet and whole:
        _check_published(given, size)
        return (size, size, 3)
    shape = declared_shape(given)
    if not shape:
        return (size, size, 3) if whole else (None, None, 3)
    if len(shape) != 3:
        raise InvalidArgument(
            f"`input_shape` must have three axes, got {shown(shape)}", argument="input_shape"
        )
    if imagenet:
        _require_equal(shape[-1], 3, f"the image must have 3 channels, got {shown(shape)}")
    require_least(shape[:2], least, shape)
    if whole and None in shape:
        raise InvalidArgument(
            f"with `include_top=True` every axis needs a length, got {shown(shape)}",
            argument="input_shape",
        )
    return shape


def declared_shape(given: Any) -> ImageShape | None:
    """The argument `input_shape`, its unknown lengths as dims.

    Raises:
        InvalidArgument: it is no shape.
    """
    if isinstance(given, Unknown):
        return (unknown_dim(given.reason), unknown_dim(given.reason), unknown_dim(given.reason))
    try:
        shape: ImageShape | None = accept_shape(given)
        return shape
    except ValueError as error:
        raise InvalidArgument(
            f"`input_shape` must be {error}, got {given!r:.100}", argument="input_shape"
        ) from None


def require_least(lengths: ImageShape, least: int, shape: ImageShape) -> None:
    """Hold lengths to a least one; None fits.

    Raises:
        InvalidArgument: one is less.
    """
    for length in lengths:
        if length is not None:
            require(at_least(length, least), InvalidArgument(
                f"the image must be at least {least} × {least}, got {shown(shape)}",
                argument="input_shape"))  # fmt: skip


def _check_published(given: Any, size: int) -> None:
    """Hold `input_shape` to the images of the published weights."""
    if given is None or isinstance(given, Unknown):
        return
    shape = declared_shape(given) or ()
    message = (
        f'with `weights="imagenet"` and a top, `input_shape` must be the tuple '
        f"({size}, {size}, 3), got {given!r:.100}"
    )
    # A list is refused, too: Keras compares with a tuple.
    if not isinstance(given, tuple) or len(shape) != 3:
        raise InvalidArgument(message, argument="input_shape")
    for length, wanted in zip(shape, (size, size, 3), strict=True):
        _require_equal(length, wanted, message)


def _require_equal(length: Dim | None, wanted: int, message: str) -> None:
    refusal = InvalidArgument(message, argument="input_shape")
    if length is None:
        raise refusal
    require(equal(length, wanted), refusal)


def shown(shape: ImageShape) -> str:
    """A shape without the batch axis, for a message."""
    return f"({', '.join('None' if d is None else show_axis(d) for d in shape)})"


def entry_tensor(given: Any, shape: ImageShape) -> Tensor:
    """The image: the given tensor, or a new input.

    Raises:
        InvalidArgument: what is given is no tensor of a graph.
        UndecidedError: what is given is unknown.
    """
    if given is None:
        return Input(shape=shape)
    if isinstance(given, Unknown):
        raise UndecidedError(given)
    if isinstance(given, Tensor) and given.symbolic:
        return given
    if isinstance(given, Tensor) and isinstance(given.shape, Unranked):
        raise UndecidedError(Unknown(given.shape.reason))
    raise InvalidArgument(
        f"`input_tensor` must be a Keras tensor, got {given!r:.100}", argument="input_tensor"
    )


def source_inputs(tensor: Tensor) -> list[Tensor]:
    """The inputs that a tensor depends on, in the order in which it takes them."""
    sources: list[Tensor] = []
    seen: set[int] = set()
    stack = [tensor]
    while stack:
        current = stack.pop()
        if id(current) in seen:
            continue
        seen.add(id(current))
        if current.call is None:
            sources.append(current)
        elif not current.call.inputs:
            sources.extend(t for t in current.call.outputs if t not in sources)
        else:
            stack.extend(reversed(current.call.inputs))
    return sources
