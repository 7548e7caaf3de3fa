"""Normalization: each unit is shifted and scaled."""

from __future__ import annotations

from typing import Any, ClassVar

from shapecalc.dims import Dim, Shape, Symbolic, at_least, divides, product, show
from shapecalc.layers.axes import axis_index
from shapecalc.layers.core import SameShape
from shapecalc.layers.layer import layer
from shapecalc.rules import argument
from shapecalc.rules.facts import BIAS, SCALE, STATE, Facts, Weight
from shapecalc.rules.refusal import Indivisible, InvalidArgument
from shapecalc.rules.requirement import require, require_defined


def elementwise(x: Shape, axes: tuple[int, ...], *weights: tuple[str, str]) -> list[Weight]:
    """Weights with an element for each place on the axes, each unit meeting one of them.

    Args:
        x: the input's shape.
        axes: as given; an axis may be counted from the end.
        weights: the name and role of each weight.

    Raises:
        AxisOutOfRange: the input has no such axis.
        Undefined: such an axis is None.
    """
    places = [axis_index(x, axis) for axis in axes]
    for place in places if weights else ():
        require_defined(x, place)
    shape = tuple(x[place] for place in places)
    uses = product(n for i, n in enumerate(x) if i and i not in places)
    # An axis that is named twice makes a larger weight, but no more units.
    units = product(x[1:])
    return [Weight(name, shape, uses, role, edges=units) for name, role in weights]


def _scaled_and_shifted(rule: Any) -> list[tuple[str, str]]:
    scale = [("gamma", SCALE)] if rule.scale else []
    return [*scale, ("beta", BIAS)] if rule.center else scale


@layer("keras.layers.BatchNormalization")
class BatchNormalization(SameShape):
    """Normalize each channel by its mean and variance over the batch and all other axes."""

    older: ClassVar[dict[str, str]] = {
        "beta_init": "beta_initializer",
        "gamma_init": "gamma_initializer",
        "mode": "",
        "fused": "",
        "virtual_batch_size": "",
        "adjustment": "",
    }

    axis: int = argument.integer(-1)
    momentum: object = argument.number(0.99)
    epsilon: object = argument.number(1e-3)
    center: bool = argument.flag(True)
    scale: bool = argument.flag(True)
    beta_initializer: object = argument.initializer("zeros")
    gamma_initializer: object = argument.initializer("ones")
    moving_mean_initializer: object = argument.initializer("zeros")
    moving_variance_initializer: object = argument.initializer("ones")
    beta_regularizer: object = argument.regularizer()
    gamma_regularizer: object = argument.regularizer()
    beta_constraint: object = argument.constraint()
    gamma_constraint: object = argument.constraint()
    renorm: bool = argument.flag(False)
    renorm_clipping: Any = argument.inert()
    renorm_momentum: object = argument.inert(0.99)
    # Keras refuses it on every backend but TensorFlow; which one it is, we cannot know.
    synchronized: object = argument.inert(False)

    def validate(self) -> None:
        clipping = self.renorm_clipping
        if not isinstance(clipping, dict) or not self.renorm:
            return
        known = ("rmax", "rmin", "dmax")
        bad = [key for key in clipping if key not in known]
        rmax, rmin, dmax = (clipping.get(key) for key in known)
        if bad or _below(rmax, rmin) or _below(dmax, 0):
            raise InvalidArgument(
                "`renorm_clipping` has the keys rmax ≥ rmin and dmax ≥ 0 only, "
                f"got {clipping!r:.200}",
                argument="renorm_clipping",
            )

    def infer(self, x: Shape) -> Facts:
        weights = elementwise(x, (self.axis,), *_scaled_and_shifted(self))
        moving = ["moving_mean", "moving_variance"]
        if self.renorm:
            moving += ["moving_stddev", "renorm_mean", "renorm_stddev"]
        states = elementwise(x, (self.axis,), *((name, STATE) for name in moving))
        return Facts(x, (*weights, *(w._replace(trainable=False) for w in states)))


def _below(a: Any, b: Any) -> bool:
    return isinstance(a, (int, float)) and isinstance(b, (int, float)) and a < b


@layer("keras.layers.LayerNormalization")
class LayerNormalization(SameShape):
    """Normalize each sample over an axis, or several."""

    axis: Any = argument.axes(-1)
    epsilon: object = argument.inert(1e-3)
    center: bool = argument.flag(True)
    scale: bool = argument.flag(True)
    beta_initializer: object = argument.initializer("zeros")
    gamma_initializer: object = argument.initializer("ones")
    beta_regularizer: object = argument.regularizer()
    gamma_regularizer: object = argument.regularizer()
    beta_constraint: object = argument.constraint()
    gamma_constraint: object = argument.constraint()
    # By keyword only, in Keras.
    rms_scaling: bool = argument.flag(False)

    def infer(self, x: Shape) -> Facts:
        wanted = [("gamma", SCALE)] if self.rms_scaling else _scaled_and_shifted(self)
        return Facts(x, tuple(elementwise(x, tuple(sorted(self.axis)), *wanted)))


def _accept_groups(value: Any, _owner: Any) -> Dim:
    """A number of groups, or -1 for as many as there are channels.

    Raises:
        ValueError: it is neither.
    """
    if not isinstance(value, (int, Symbolic)) or (
        isinstance(value, int) and value < 1 and value != -1
    ):
        raise ValueError("a positive integer or -1")
    return value


@layer("keras.layers.GroupNormalization")
class GroupNormalization(SameShape):
    """Normalize each group of channels of a sample."""

    groups: Dim = argument.checked(_accept_groups, 32, symbol="g")
    axis: int = argument.integer(-1)
    epsilon: object = argument.inert(1e-3)
    center: bool = argument.flag(True)
    scale: bool = argument.flag(True)
    beta_initializer: object = argument.initializer("zeros")
    gamma_initializer: object = argument.initializer("ones")
    beta_regularizer: object = argument.regularizer()
    gamma_regularizer: object = argument.regularizer()
    beta_constraint: object = argument.constraint()
    gamma_constraint: object = argument.constraint()

    def infer(self, x: Shape) -> Facts:
        weights = elementwise(x, (self.axis,), *_scaled_and_shifted(self))
        axis = axis_index(x, self.axis)
        require_defined(x, axis)
        channels = x[axis]
        if not (isinstance(self.groups, int) and self.groups == -1):
            refusal = Indivisible(
                f"{show(channels)} channels cannot be divided into {show(self.groups)} groups",
                argument="groups",
            )
            require(at_least(channels, self.groups), refusal)
            require(divides(self.groups, channels), refusal)
        return Facts(x, tuple(weights))


@layer("keras.layers.RMSNormalization")
class RMSNormalization(SameShape):
    """Divide each sample by its root mean square over an axis, or several."""

    axis: Any = argument.axes(-1)
    epsilon: object = argument.inert(1e-6)

    def infer(self, x: Shape) -> Facts:
        return Facts(x, tuple(elementwise(x, tuple(sorted(self.axis)), ("scale", SCALE))))


@layer("keras.layers.UnitNormalization")
class UnitNormalization(SameShape):
    """Give each sample the length one along an axis, or several."""

    axis: Any = argument.axes(-1)

    def infer(self, x: Shape) -> Facts:
        for axis in self.axis:
            axis_index(x, axis)
        return Facts(x)
