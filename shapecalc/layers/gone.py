"""Layers of Keras 1 and 2 that Keras 3 has no more."""

from __future__ import annotations

from typing import Any, ClassVar

from shapecalc.dims import Dim, Shape, equal
from shapecalc.layers import keras_1, merging
from shapecalc.layers.convolution import Conv1D, Conv2D
from shapecalc.layers.core import SameShape
from shapecalc.layers.layer import Layer, layer
from shapecalc.rules import argument
from shapecalc.rules.facts import BIAS, Facts, Weight
from shapecalc.rules.refusal import MismatchedShapes, show_shape
from shapecalc.rules.requirement import require, require_defined
from shapecalc.rules.unknown import UndecidedError, Unknown


@layer("keras.layers.ThresholdedReLU")
class ThresholdedReLU(SameShape):
    """Set units below a threshold to zero (Keras 2)."""

    theta: object = argument.number(1.0, low=0)


@layer("keras.layers.Highway")
class Highway(Layer):
    """Let each unit through as far as a gate says, and a dense layer's output else (Keras 1).

    Two dense layers as wide as the input do it; that a gate switches units draws no edges.
    """

    takes = "B C"

    init: object = argument.inert("glorot_uniform")
    activation: object = argument.activation()
    weights: Any = argument.inert()
    W_regularizer: object = argument.regularizer()
    b_regularizer: object = argument.regularizer()
    activity_regularizer: object = argument.regularizer()
    W_constraint: object = argument.constraint()
    b_constraint: object = argument.constraint()
    bias: bool = argument.flag(True)

    last = ("input_dim",)

    def infer(self, x: Shape) -> Facts:
        """A matrix and a vector for the layer, and the same for its gate."""
        require_defined(x, -1)
        width = x[-1]
        weights = [Weight(name, (width, width)) for name in ("W", "W_carry")]
        if self.bias:
            weights += [Weight(name, (width,), 1, BIAS) for name in ("b", "b_carry")]
        return Facts(x, tuple(weights))


@layer("keras.layers.MaxoutDense")
class MaxoutDense(Layer):
    """Take the greatest of `nb_feature` dense layers, unit by unit (Keras 1)."""

    takes = "B C"

    output_dim: Dim = argument.size(symbol="u")
    nb_feature: Dim = argument.size(4, symbol="k")
    init: object = argument.inert("glorot_uniform")
    weights: Any = argument.inert()
    W_regularizer: object = argument.regularizer()
    b_regularizer: object = argument.regularizer()
    activity_regularizer: object = argument.regularizer()
    W_constraint: object = argument.constraint()
    b_constraint: object = argument.constraint()
    bias: bool = argument.flag(True)

    last = ("input_dim",)

    def infer(self, x: Shape) -> Facts:
        """Each input to each unit of each of the layers."""
        require_defined(x, -1)
        weights = [Weight("W", (self.nb_feature, x[-1], self.output_dim))]
        if self.bias:
            weights.append(Weight("b", (self.nb_feature, self.output_dim), 1, BIAS))
        return Facts((x[0], self.output_dim), tuple(weights))


@layer("keras.layers.AtrousConvolution1D", "keras.layers.AtrousConv1D")
class AtrousConvolution1D(Conv1D):
    """Slide `filters` kernels with holes along a sequence (Keras 1)."""

    @classmethod
    def from_keras_1(
        cls, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """Every call is one of Keras 1."""
        return keras_1.convolution_from_keras_1(cls.rank, args, kwargs, dilated=True)


@layer("keras.layers.AtrousConvolution2D", "keras.layers.AtrousConv2D")
class AtrousConvolution2D(Conv2D):
    """Slide `filters` kernels with holes over an image (Keras 1)."""

    @classmethod
    def from_keras_1(
        cls, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """Every call is one of Keras 1."""
        return keras_1.convolution_from_keras_1(cls.rank, args, kwargs, dilated=True)


def _accept_mode(value: Any, _owner: Any) -> Any:
    if isinstance(value, str) and value not in _MODES:
        raise ValueError(f"{', '.join(map(repr, _MODES))} or a function")
    return value


_MODES: dict[str, type[Layer]] = {
    "sum": merging.Add,
    "mul": merging.Multiply,
    "concat": merging.Concatenate,
    "ave": merging.Average,
    "cos": merging.Dot,
    "dot": merging.Dot,
    "max": merging.Maximum,
}
_ALIKE = ("sum", "mul", "ave", "cos", "max")


@layer("keras.layers.Merge")
class Merge(Layer):
    """Merge tensors in one of several modes (Keras 1).

    The layers that it may be given are its inputs in a row of layers.
    """

    older: ClassVar[dict[str, str]] = {"arguments": "", "node_indices": "", "tensor_indices": ""}
    last = ("name",)

    layers: Any = argument.inert()
    mode: Any = argument.checked(_accept_mode, "sum")
    concat_axis: Any = argument.integer(-1)
    dot_axes: Any = argument.inert(-1)
    output_shape: Any = argument.inert()
    output_mask: object = argument.inert()

    @property
    def joins(self) -> tuple[Any, ...]:
        """The networks whose outputs it takes where it is the first of a row of layers."""
        return tuple(self.layers) if isinstance(self.layers, (list, tuple)) else ()

    def infer(self, inputs: Any) -> Facts:
        """What the layer of today that does the same states."""
        mode = self.mode
        if isinstance(mode, Unknown) or mode not in _MODES:
            raise UndecidedError(Unknown("Merge with a function of the program's own"))
        shapes = merging.shapes_given(self, inputs)
        for shape in shapes[1:] if mode in _ALIKE else ():
            self._check_alike(shapes[0], shape)
        rule, given = _MODES[mode], {}
        if mode == "concat":
            given = {"axis": self.concat_axis}
        elif rule is merging.Dot:
            given = {"axes": self.dot_axes}
        return rule(name=self.name, **given).infer(inputs)

    def _check_alike(self, one: Shape, other: Shape) -> None:
        refusal = MismatchedShapes(
            f"the mode {self.mode!r} takes tensors of one shape, got {show_shape(one)} and "
            f"{show_shape(other)}",
            [one, other],
        )
        if len(one) != len(other):
            raise refusal
        for a, b in zip(one[1:], other[1:], strict=True):
            require(equal(a, b), refusal)
