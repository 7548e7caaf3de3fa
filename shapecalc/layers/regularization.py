"""Layers that act in training only: they drop units, add noise or add to the loss.

Their random states are no weights: Keras leaves them out of `weights` and `count_params()`.
"""

from __future__ import annotations

from typing import Any, ClassVar

from shapecalc.dims import Symbolic
from shapecalc.layers.core import SameShape
from shapecalc.layers.layer import layer
from shapecalc.rules import argument
from shapecalc.rules.unknown import Unknown

_KERAS_1 = {"p": "rate"}


def _accept_noise_shape(value: Any, _owner: Any) -> Any:
    """The axes along which units are dropped one by one.

    Raises:
        ValueError: they are no shape.
    """
    if value is None:
        return None
    expected = "a tuple of positive integers and None"
    if isinstance(value, str):
        raise ValueError(expected)
    try:
        axes = tuple(value)
    except TypeError:
        raise ValueError(expected) from None
    for axis in axes:
        if isinstance(axis, int) and axis < 1:
            raise ValueError(expected)
        if axis is not None and not isinstance(axis, (int, Symbolic, Unknown)):
            raise ValueError(expected)
    return axes


class _TrainingOnly(SameShape):
    relabels = True


@layer("keras.layers.Dropout")
class Dropout(_TrainingOnly):
    """Set units to zero at random, in training."""

    older = _KERAS_1

    rate: object = argument.number(low=0, high=1)
    noise_shape: object = argument.checked(_accept_noise_shape, None)
    seed: object = argument.inert()


class _SpatialDropout(_TrainingOnly):
    older = _KERAS_1
    last = ("name", "dtype")


@layer("keras.layers.SpatialDropout1D")
class SpatialDropout1D(_SpatialDropout):
    """Set whole features of a sequence to zero at random, in training."""

    takes = "B T C"

    rate: object = argument.number(low=0, high=1)
    seed: object = argument.inert()


@layer("keras.layers.SpatialDropout2D")
class SpatialDropout2D(_SpatialDropout):
    """Set whole channels of an image to zero at random, in training."""

    takes = "B H W C"

    rate: object = argument.number(low=0, high=1)
    data_format: str = argument.data_format()
    seed: object = argument.inert()


@layer("keras.layers.SpatialDropout3D")
class SpatialDropout3D(_SpatialDropout):
    """Set whole channels of a volume to zero at random, in training."""

    takes = "B D H W C"

    rate: object = argument.number(low=0, high=1)
    data_format: str = argument.data_format()
    seed: object = argument.inert()


@layer("keras.layers.AlphaDropout")
class AlphaDropout(_TrainingOnly):
    """Drop units at random in training, and keep their mean and variance."""

    older = _KERAS_1

    rate: object = argument.number(low=0, high=1)
    noise_shape: object = argument.inert()
    seed: object = argument.inert()


@layer("keras.layers.GaussianDropout")
class GaussianDropout(_TrainingOnly):
    """Multiply units by noise around one, in training."""

    older = _KERAS_1

    rate: object = argument.number(low=0, high=1)
    seed: object = argument.inert()


@layer("keras.layers.GaussianNoise")
class GaussianNoise(_TrainingOnly):
    """Add noise around zero to units, in training."""

    older: ClassVar[dict[str, str]] = {"sigma": "stddev"}

    stddev: object = argument.number(low=0, high=1)
    seed: object = argument.inert()


@layer("keras.layers.ActivityRegularization")
class ActivityRegularization(_TrainingOnly):
    """Add to the loss what the input's units weigh."""

    l1: object = argument.inert(0.0)
    l2: object = argument.inert(0.0)
