"""Layers that rescale features one by one: no connections, as each unit stays by itself."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import Shape, Symbolic, equal, product
from shapecalc.layers.axes import axis_index
from shapecalc.layers.core import SameShape
from shapecalc.layers.layer import is_shape, layer
from shapecalc.rules import argument
from shapecalc.rules.facts import STATE, Facts, Weight
from shapecalc.rules.refusal import InvalidArgument, MismatchedShapes, show_shape
from shapecalc.rules.requirement import require, require_defined
from shapecalc.rules.unknown import Unknown


@layer("keras.layers.Rescaling")
class Rescaling(SameShape):
    """Multiply every unit by one number and add another."""

    scale: object = argument.inert(argument.REQUIRED)
    offset: object = argument.inert(0.0)


def shape_of_numbers(value: Any) -> Shape | None:
    """The shape of nested lists of numbers, or of an array; None if it is not known.

    Raises:
        ValueError: the lists are of different lengths.
    """
    if isinstance(value, (list, tuple)):
        shapes = [shape_of_numbers(item) for item in value]
        known = [shape for shape in shapes if shape is not None]
        if len(known) < len(shapes):
            return None
        if any(shape != known[0] for shape in known):
            raise ValueError("rows of one length")
        return (len(value), *(known[0] if known else ()))
    if isinstance(value, (int, float, Symbolic)):
        return ()
    shape = None if isinstance(value, Unknown) else getattr(value, "shape", None)
    return shape if is_shape(shape) else None


def _accept_numbers(value: Any, _owner: Any) -> Any:
    if isinstance(value, str):
        raise ValueError("a number or a list of numbers")
    shape_of_numbers(value)
    return value


@layer("keras.layers.Normalization")
class Normalization(SameShape):
    """Bring features to mean zero and variance one, by what was measured of a data set.

    The mean and the variance are weights unless they are given, and so is the count of samples
    that older files hold; none of them is trained, and none draws an edge.
    """

    measured = ("mean", "variance")

    axis: Any = argument.axes(-1, optional=True)
    mean: Any = argument.checked(_accept_numbers, None)
    variance: Any = argument.checked(_accept_numbers, None)
    invert: object = argument.flag(False)

    def validate(self) -> None:
        if (self.mean is None) != (self.variance is None):
            raise InvalidArgument(
                "`mean` and `variance` are given together or not at all", argument="variance"
            )
        if self.mean is None or isinstance(self.axis, Unknown):
            return
        mean, variance = shape_of_numbers(self.mean), shape_of_numbers(self.variance)
        if mean is None or variance is None:
            return
        if mean != variance:
            message = f"`mean` has the shape {mean}, but `variance` {variance}"
            raise InvalidArgument(message, argument="variance")
        if len(mean) > len(self.axis or ()):
            message = f"`mean` has the shape {mean}, but `axis` names {len(self.axis or ())} axes"
            raise InvalidArgument(message, argument="mean")

    def infer(self, x: Shape) -> Facts:
        kept = sorted(axis_index(x, axis) for axis in self.axis or ())
        for axis in kept:
            require_defined(x, axis)
        if self.mean is not None:
            self._check_lengths(x, kept)
            return Facts(x)
        lengths = tuple(x[axis] for axis in kept)
        # Keras spreads the mean over the axes, each once.
        once = product(x[axis] for axis in set(kept))
        require(equal(product(lengths), once), InvalidArgument(
            f"`axis` names an axis twice: {self.axis}", argument="axis"))  # fmt: skip
        measured = [Weight(n, lengths, role=STATE, trainable=False) for n in ("mean", "variance")]
        count = Weight("count", (), role=STATE, trainable=False, dtype="int32")
        return Facts(x, (*measured, count))

    def _check_lengths(self, x: Shape, kept: list[int]) -> None:
        given = shape_of_numbers(self.mean)
        for length, axis in zip(reversed(given or ()), reversed(kept), strict=False):
            if length != 1:
                message = f"{length} means for {show_shape(x)} along axis {axis}"
                require(equal(length, x[axis]), MismatchedShapes(message, [x], axis=axis))
