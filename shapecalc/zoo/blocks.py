"""The steps that the families are made of, each a layer called on a tensor."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import Comparison, Dim, Shape, compare
from shapecalc.graph.operation import call_operation
from shapecalc.graph.tensor import Tensor
from shapecalc.layers.activation import Activation, ReLU
from shapecalc.layers.convolution import Conv2D
from shapecalc.layers.layer import Layer
from shapecalc.layers.merging import Add, Concatenate
from shapecalc.layers.normalization import BatchNormalization
from shapecalc.layers.pooling import (
    AveragePooling2D,
    GlobalAveragePooling2D,
    GlobalMaxPooling2D,
    MaxPooling2D,
)
from shapecalc.layers.reshaping import ZeroPadding2D
from shapecalc.ops import op_for
from shapecalc.rules.refusal import InvalidArgument
from shapecalc.rules.requirement import shown_as_none
from shapecalc.rules.unknown import UndecidedError, Unknown, Unranked


def apply(layer: Layer, x: Any) -> Tensor:
    """Call a layer that makes one tensor."""
    result: Tensor = layer(x)
    return result


def known_shape(x: Tensor) -> Shape:
    """A tensor's shape.

    Raises:
        UndecidedError: its rank is unknown.
    """
    if isinstance(x.shape, Unranked):
        raise UndecidedError(Unknown(x.shape.reason))
    return x.shape


def channels(x: Tensor) -> Dim:
    """The length of a tensor's last axis."""
    return known_shape(x)[-1]


def conv(x: Tensor, filters: Any, kernel: Any, name: Any = None, **options: Any) -> Tensor:
    """A convolution."""
    return apply(Conv2D(filters, kernel, name=name, **options), x)


def normalize(x: Tensor, name: Any = None, **options: Any) -> Tensor:
    """A batch normalization."""
    return apply(BatchNormalization(name=name, **options), x)


def activate(x: Tensor, function: Any, name: Any = None) -> Tensor:
    """An activation by its name."""
    return apply(Activation(function, name=name), x)


def rectify(x: Tensor, limit: float | None = None, name: Any = None) -> Tensor:
    """A ReLU layer, with an upper limit if given."""
    return apply(ReLU(limit, name=name), x)


def pad(x: Tensor, margins: Any, name: Any = None) -> Tensor:
    """Zeros around an image."""
    return apply(ZeroPadding2D(margins, name=name), x)


def max_pool(x: Tensor, window: Any, name: Any = None, **options: Any) -> Tensor:
    """The greatest unit of each window."""
    return apply(MaxPooling2D(window, name=name, **options), x)


def average_pool(x: Tensor, window: Any, name: Any = None, **options: Any) -> Tensor:
    """The average of each window."""
    return apply(AveragePooling2D(window, name=name, **options), x)


def global_average(x: Tensor, name: Any = None, **options: Any) -> Tensor:
    """The average of each channel."""
    return apply(GlobalAveragePooling2D(name=name, **options), x)


def global_maximum(x: Tensor, name: Any = None) -> Tensor:
    """The greatest unit of each channel."""
    return apply(GlobalMaxPooling2D(name=name), x)


def add(tensors: list[Tensor], name: Any = None) -> Tensor:
    """The sum of tensors."""
    return apply(Add(name=name), tensors)


def concatenate(tensors: list[Tensor], name: Any = None) -> Tensor:
    """Tensors side by side along the channels."""
    return apply(Concatenate(name=name), tensors)


def operate(name: str, x: Tensor, other: Any) -> Tensor:
    """A tensor operation that is no layer, by its public name."""
    rule = op_for(name)
    assert rule is not None
    result: Tensor = call_operation(rule.node or "Operation", rule, (x, other), {})
    return result


def halving_margins(x: Tensor, kernel: int) -> tuple[tuple[Dim, Dim], tuple[Dim, Dim]]:
    """What to put around an image for a window with stride 2 and no padding of its own.

    The places are those of the padding `same`, but an image of even length has one zero less
    in front, so that the zeros lie as in the original implementations.

    Raises:
        InvalidArgument: only the columns are None; Keras can't pad those.
    """
    rows, columns = known_shape(x)[1:3]
    reach = kernel // 2
    less: tuple[Dim, Dim] = (1, 1)
    if not shown_as_none(rows):
        if shown_as_none(columns):
            raise InvalidArgument(
                "an image whose width is None needs a height of None, too", argument="input_shape"
            )
        less = (1 - rows % 2, 1 - columns % 2)
    return (reach - less[0], reach), (reach - less[1], reach)


def divisible(width: float, divisor: int = 8) -> int:
    """The multiple of `divisor` next to a number of channels, never more than 10 % below it."""
    rounded = max(divisor, int(width + divisor / 2) // divisor * divisor)
    return rounded if rounded >= 0.9 * width else rounded + divisor


def same_length(a: Dim, b: Dim) -> bool:
    """Whether two lengths are the same as Keras compares them, None with None."""
    if shown_as_none(a) or shown_as_none(b):
        return shown_as_none(a) and shown_as_none(b)
    return compare(a, b) is Comparison.EQUAL
