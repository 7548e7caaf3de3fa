"""Activations as layers."""

from __future__ import annotations

from typing import Any, ClassVar

from shapecalc.dims import Shape, product
from shapecalc.layers.axes import axis_index
from shapecalc.layers.core import SameShape
from shapecalc.layers.layer import layer
from shapecalc.rules import argument
from shapecalc.rules.facts import SCALE, Facts, Weight
from shapecalc.rules.refusal import InvalidArgument
from shapecalc.rules.requirement import require_defined


@layer("keras.layers.Activation")
class Activation(SameShape):
    """Apply a function to each unit."""

    activation: object = argument.activation(argument.REQUIRED)


@layer("keras.layers.ReLU")
class ReLU(SameShape):
    """Cut off what is below a threshold, and above a maximum if there is one."""

    max_value: object = argument.number(None, low=0, optional=True)
    negative_slope: object = argument.number(0.0, low=0)
    threshold: object = argument.number(0.0, low=0)


@layer("keras.layers.LeakyReLU")
class LeakyReLU(SameShape):
    """Let units below zero through with a small slope."""

    older: ClassVar[dict[str, str]] = {"alpha": "negative_slope"}

    negative_slope: object = argument.number(0.3, low=0)


@layer("keras.layers.ELU")
class ELU(SameShape):
    """Bend units below zero towards a negative limit, exponentially."""

    alpha: object = argument.inert(1.0)


@layer("keras.layers.Softmax")
class Softmax(SameShape):
    """Turn units along an axis, or several, into positive numbers whose sum is one."""

    axis: Any = argument.axes(-1, optional=True)

    def validate(self) -> None:
        if isinstance(self.axis, tuple) and not self.axis:
            raise InvalidArgument("`axis` names no axis", argument="axis")

    def infer(self, x: Shape) -> Facts:
        places = [axis_index(x, axis) for axis in self.axis or ()]
        if len(set(places)) < len(places):
            raise InvalidArgument(f"`axis` names an axis twice: {self.axis}", argument="axis")
        return Facts(x)


@layer("keras.layers.PReLU")
class PReLU(SameShape):
    """Give units below zero a slope that is learned, one for each unit or shared along axes."""

    older: ClassVar[dict[str, str]] = {"init": "alpha_initializer"}

    alpha_initializer: object = argument.initializer("Zeros")
    alpha_regularizer: object = argument.regularizer()
    alpha_constraint: object = argument.constraint()
    shared_axes: Any = argument.axes(None, optional=True)

    def infer(self, x: Shape) -> Facts:
        units = x[1:]
        # Counted from 1, the first axis after the batch axis; so 0 is the last, as in Keras.
        axes = self.shared_axes or ()
        shared = {axis_index(units, axis - 1, argument="shared_axes") for axis in axes}
        shape = tuple(1 if i in shared else n for i, n in enumerate(units))
        for i in range(len(shape)):
            require_defined((x[0], *shape), i + 1)
        uses = product(units[i] for i in shared)
        return Facts(x, (Weight("alpha", shape, uses, SCALE),))
