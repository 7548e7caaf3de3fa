"""Locally connected layers of Keras 2: convolutions whose every position has its own kernel."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import Dim, Shape, product, taps
from shapecalc.layers import keras_1
from shapecalc.layers.axes import first_spatial_axis, join_axes, slide_all, split_axes
from shapecalc.layers.layer import Layer, layer
from shapecalc.rules import argument
from shapecalc.rules.facts import BIAS, Facts, Weight
from shapecalc.rules.refusal import InvalidArgument
from shapecalc.rules.requirement import require_defined
from shapecalc.rules.unknown import Unknown


def _accept_implementation(value: Any, _owner: Any) -> Any:
    if value not in (1, 2, 3):
        raise ValueError("1, 2 or 3")
    return value


class LocallyConnected(Layer):
    """Join each position's window to `filters` units, with weights of its own."""

    older = keras_1.CONVOLUTION

    filters: Dim = argument.size(symbol="f")
    kernel_size: Shape = argument.window(symbol="k")
    strides: Shape = argument.window(1, symbol="s")
    padding: Any = argument.padding("valid")
    data_format: str = argument.data_format()
    activation: object = argument.activation()
    use_bias: bool = argument.flag(True)
    kernel_initializer: object = argument.initializer("glorot_uniform")
    bias_initializer: object = argument.initializer("zeros")
    kernel_regularizer: object = argument.regularizer()
    bias_regularizer: object = argument.regularizer()
    activity_regularizer: object = argument.regularizer()
    kernel_constraint: object = argument.constraint()
    bias_constraint: object = argument.constraint()
    implementation: Any = argument.checked(_accept_implementation, 1)

    @classmethod
    def from_keras_1(
        cls, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """As for the convolutions."""
        return keras_1.convolution_from_keras_1(cls.rank, args, kwargs)

    def validate(self) -> None:
        """Refuse what the first of the implementations cannot do."""
        if isinstance(self.padding, Unknown) or isinstance(self.implementation, Unknown):
            return
        if self.padding == "same" and self.implementation == 1:
            raise InvalidArgument(
                "implementation 1 takes `padding='valid'` only",
                argument="padding",
                help="the same layer with `implementation=2` or 3 pads",
            )

    def infer(self, x: Shape) -> Facts:
        """A kernel for each position; the implementations differ in how they store it."""
        batch, space, channels = split_axes(x, self.data_format)
        for axis in range(1, len(x)):
            require_defined(x, axis)
        windows = (space, self.kernel_size, self.strides, (1,) * self.rank)
        places = slide_all(*windows, self.padding, argument="kernel_size",
                           first_axis=first_spatial_axis(self.data_format))  # fmt: skip
        drawn = product(taps(*axis, self.padding) for axis in zip(*windows, strict=True))
        edges = drawn * channels * self.filters
        shape = self._kernel(space, places, channels, edges)
        weights = [Weight("kernel", shape, edges=edges)]
        if self.use_bias:
            weights.append(Weight("bias", (*places, self.filters), 1, BIAS))
        return Facts(join_axes(batch, places, self.filters, self.data_format), tuple(weights))

    def _kernel(self, space: Shape, places: Shape, channels: Dim, edges: Dim) -> Shape:
        if self.implementation == 1:
            return (product(places), product(self.kernel_size) * channels, self.filters)
        if self.implementation == 3:
            return (edges,)
        # Every input unit to every output unit, most of them by a zero.
        if self.data_format == "channels_first":
            return (channels, *space, self.filters, *places)
        return (*space, channels, *places, self.filters)


@layer("keras.layers.LocallyConnected1D")
class LocallyConnected1D(LocallyConnected):
    """Join each window of a sequence to units of its own (Keras 2)."""

    rank = 1
    takes = "B T C"


@layer("keras.layers.LocallyConnected2D")
class LocallyConnected2D(LocallyConnected):
    """Join each window of an image to units of its own (Keras 2)."""

    rank = 2
    takes = "B H W C"
