"""What the MobileNets share: widths by a multiplier, sizes by what weights were published for."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import Symbolic, show
from shapecalc.graph.tensor import Tensor
from shapecalc.rules.refusal import InvalidArgument, show_axis
from shapecalc.rules.unknown import UndecidedError, Unknown, Unranked
from shapecalc.zoo.entry import ImageShape


def square_size(shape: Any, sizes: tuple[int, ...], otherwise: int = 224) -> int:
    """The height of square images that weights were published for, else another.

    Raises:
        InvalidArgument: the shape has no height and width.
    """
    if shape is None or isinstance(shape, Unknown):
        return otherwise
    if not isinstance(shape, (tuple, list)) or len(shape) < 2:
        raise InvalidArgument(
            f"`input_shape` must have three axes, got {shape!r:.100}", argument="input_shape"
        )
    rows, columns = shape[:2]
    if isinstance(rows, int) and isinstance(columns, int) and rows == columns and rows in sizes:
        return rows
    return otherwise


def multiplier(alpha: Any) -> float:
    """The width multiplier.

    Raises:
        UndecidedError: it is unknown.
        InvalidArgument: it is no number.
    """
    if isinstance(alpha, Unknown):
        raise UndecidedError(alpha)
    if isinstance(alpha, Symbolic):
        raise UndecidedError(Unknown(f"`alpha` is {show(alpha)}"))
    if not isinstance(alpha, (int, float)):
        raise InvalidArgument(f"`alpha` must be a number, got {alpha!r:.100}", argument="alpha")
    return alpha


def check_width(alpha: Any, widths: tuple[float, ...]) -> None:
    """Hold the width multiplier to those that weights were published for.

    Raises:
        InvalidArgument: it is another.
    """
    if alpha not in widths:
        raise InvalidArgument(
            'with `weights="imagenet"`, `alpha` must be one of '
            f"{', '.join(map(str, widths))}, got {alpha!r:.100}",
            argument="alpha",
        )


def check_given_tensor(tensor: Any, shape: Any) -> None:
    """Hold a given tensor and a given shape to each other, as far as Keras does: in the width.

    Raises:
        InvalidArgument: they differ.
        UndecidedError: the tensor is unknown.
    """
    if tensor is None or shape is None:
        return
    if isinstance(tensor, Unknown):
        raise UndecidedError(tensor)
    if isinstance(tensor, Tensor) and isinstance(tensor.shape, Unranked):
        raise UndecidedError(Unknown(tensor.shape.reason))
    if not isinstance(tensor, Tensor) or not isinstance(tensor.shape, tuple):
        raise InvalidArgument("`input_tensor` must be a Keras tensor", argument="input_tensor")
    if isinstance(shape, (tuple, list)) and len(tensor.shape) > 2 and len(shape) > 1:
        width, declared = tensor.shape[2], shape[1]
        if isinstance(width, int) and isinstance(declared, int) and width != declared:
            raise InvalidArgument(
                f"`input_tensor` is {width} wide, but `input_shape` {declared}",
                argument="input_shape",
            )


def named_by_scale(
    family: str, given: Any, alpha: Any, shape: ImageShape, sizes: tuple[int, ...] | None
) -> Any:
    """The name that Keras makes of the width multiplier and the height.

    Args:
        family: how it begins.
        given: the argument `name`.
        alpha: the width multiplier.
        shape: the image's shape.
        sizes: those of the published weights, where they are asked for.
    """
    if given is not None:
        return given
    rows: Any = shape[0]
    if sizes is not None:
        rows = square_size(shape, sizes)
    height = rows if rows is None or isinstance(rows, int) else show_axis(rows)
    return f"{family}_{alpha:0.2f}_{height}"
