"""Layers that rearrange, pad, crop or repeat units; they have no weights and no edges."""

from __future__ import annotations

from typing import Any, ClassVar

from shapecalc.dims import Dim, Shape, Symbolic, at_least, divides, equal, product, show
from shapecalc.layers.axes import first_spatial_axis, join_axes, split_axes
from shapecalc.layers.input import free_axis
from shapecalc.layers.layer import Layer, is_shape, layer
from shapecalc.rules import argument
from shapecalc.rules.facts import Facts
from shapecalc.rules.margins import margins
from shapecalc.rules.refusal import DoesNotFit, InvalidArgument, WrongRank, show_shape
from shapecalc.rules.requirement import require
from shapecalc.rules.unknown import Unknown, unknown_dim


@layer("keras.layers.Flatten")
class Flatten(Layer):
    """Line up all units of a sample."""

    takes = "B ..."
    keeps_dtype = True
    relabels = True

    data_format: str = argument.data_format()

    def infer(self, x: Shape) -> Facts:
        return Facts((x[0], product(x[1:])))


def _accept_target(value: Any, _owner: Any) -> tuple[Dim | None, ...]:
    """A target shape: sizes, at most one -1, and None for axes that are to stay open.

    Raises:
        ValueError: it is none.
    """
    expected = "a tuple of non-negative integers with at most one -1"
    if not isinstance(value, (tuple, list)):
        raise ValueError(expected)
    axes = tuple(unknown_dim(d.reason) if isinstance(d, Unknown) else d for d in value)
    for axis in axes:
        if axis is not None and not isinstance(axis, (int, Symbolic)):
            raise ValueError(expected)
        if isinstance(axis, int) and axis < -1:
            raise ValueError(expected)
    if sum(_is_rest(axis) for axis in axes) > 1:
        raise ValueError(expected)
    return axes


def _is_rest(axis: Dim | None) -> bool:
    return isinstance(axis, int) and axis == -1


@layer("keras.layers.Reshape")
class Reshape(Layer):
    """Arrange the units of a sample in another shape."""

    takes = "B ..."
    keeps_dtype = True
    relabels = True

    target_shape: Any = argument.checked(_accept_target)

    def infer(self, x: Shape) -> Facts:
        target = self.target_shape
        if None in target:
            return Facts((x[0], *self._open_axes()))
        units = product(x[1:])
        known = product(d for d in target if not _is_rest(d))
        refusal = DoesNotFit(self._arithmetic(x, units, known), argument="target_shape")
        if not any(_is_rest(d) for d in target):
            require(equal(units, known), refusal)
            return Facts((x[0], *target))
        if isinstance(known, int) and known == 0:
            raise refusal
        require(divides(known, units), refusal)
        return Facts((x[0], *(units // known if _is_rest(d) else d for d in target)))

    def plausible(self, *inputs: Any) -> Any:
        if isinstance(self.target_shape, Unknown) or not inputs or not is_shape(inputs[0]):
            return None
        reason = "the units do not fill the target shape"
        axes = (unknown_dim(reason) if d is None or _is_rest(d) else d for d in self.target_shape)
        return (*inputs[0][:1], *axes)

    def _open_axes(self) -> Shape:
        """The target where an axis is None: Keras then checks nothing, nor works out a -1."""
        target = self.target_shape
        return tuple(
            free_axis(i, len(target)) if d is None or _is_rest(d) else d
            for i, d in enumerate(target)
        )

    def _arithmetic(self, x: Shape, units: Dim, known: Dim) -> str:
        target = show_shape(self.target_shape)
        held = f"{show_shape(x)} holds {' × '.join(show(n) for n in x[1:]) or '1'}"
        held += f" = {show(units)}" if len(x) > 2 else ""
        held += " unit a sample" if units == 1 else " units a sample"
        if any(_is_rest(d) for d in self.target_shape):
            return f"{held}, which is no multiple of the {show(known)} that {target} fixes"
        return f"{held}, but {target} takes {show(known)}"


def _accept_permutation(value: Any, _owner: Any) -> tuple[int, ...]:
    """An order of the axes, counted from 1.

    Raises:
        ValueError: it is none.
    """
    if not isinstance(value, (tuple, list)) or not all(isinstance(d, int) for d in value):
        raise ValueError("a tuple of the axes from 1 on, in another order")
    if sorted(value) != list(range(1, len(value) + 1)):
        raise ValueError(f"an order of the axes 1 to {len(value)}, each once")
    return tuple(value)


@layer("keras.layers.Permute")
class Permute(Layer):
    """Put the axes of a sample in another order."""

    takes = "B ..."
    keeps_dtype = True

    dims: Any = argument.checked(_accept_permutation)

    def infer(self, x: Shape) -> Facts:
        if len(x) != len(self.dims) + 1:
            raise WrongRank(x, f"{len(self.dims) + 1} axes, as `dims` is {self.dims}")
        return Facts((x[0], *(x[d] for d in self.dims)))


@layer("keras.layers.RepeatVector")
class RepeatVector(Layer):
    """Repeat a vector along a new axis of time steps."""

    takes = "B C"

    n: Dim = argument.size(symbol="n")

    def infer(self, x: Shape) -> Facts:
        return Facts((x[0], self.n, x[1]))


class ZeroPadding(Layer):
    """Add zeros at both ends of each spatial axis."""

    padding: Any = margins(1)
    data_format: str = argument.data_format()

    def infer(self, x: Shape) -> Facts:
        batch, space, channels = split_axes(x, self.data_format)
        places = tuple(n + a + b for n, (a, b) in zip(space, self.padding, strict=True))
        for n, place in zip(space, places, strict=True):
            # Only a single negative number gets this far, as in Keras.
            refusal = InvalidArgument(
                f"a padding of {self.padding} leaves nothing of {show(n)} units",
                argument="padding",
            )
            require(at_least(place, 0), refusal)
        return Facts(join_axes(batch, places, channels, self.data_format))


@layer("keras.layers.ZeroPadding1D")
class ZeroPadding1D(ZeroPadding):
    """Add zeros before and after a sequence."""

    rank = 1
    takes = "B T C"


@layer("keras.layers.ZeroPadding2D")
class ZeroPadding2D(ZeroPadding):
    """Add rows and columns of zeros around an image."""

    rank = 2
    takes = "B H W C"

    padding: Any = margins((1, 1), least=None)


@layer("keras.layers.ZeroPadding3D")
class ZeroPadding3D(ZeroPadding):
    """Add zeros on every side of a volume."""

    rank = 3
    takes = "B D H W C"

    padding: Any = margins(((1, 1), (1, 1), (1, 1)), least=None)


class Cropping(Layer):
    """Cut units off both ends of each spatial axis."""

    cropping: Any = margins((1, 1))

    def infer(self, x: Shape) -> Facts:
        data_format = getattr(self, "data_format", "channels_last")
        batch, space, channels = split_axes(x, data_format)
        first = first_spatial_axis(data_format)
        for i, (n, (a, b)) in enumerate(zip(space, self.cropping, strict=True)):
            refusal = InvalidArgument(
                f"a cropping of {show(a)} + {show(b)} leaves nothing of the {show(n)} units "
                f"of axis {first + i}",
                argument="cropping",
            )
            require(at_least(n, a + b + 1), refusal)
        places = tuple(n - (a + b) for n, (a, b) in zip(space, self.cropping, strict=True))
        return Facts(join_axes(batch, places, channels, data_format))


@layer("keras.layers.Cropping1D")
class Cropping1D(Cropping):
    """Cut time steps off the beginning and the end of a sequence."""

    rank = 1
    takes = "B T C"


@layer("keras.layers.Cropping2D")
class Cropping2D(Cropping):
    """Cut rows and columns off the edges of an image."""

    rank = 2
    takes = "B H W C"

    cropping: Any = margins(((0, 0), (0, 0)))
    data_format: str = argument.data_format()


@layer("keras.layers.Cropping3D")
class Cropping3D(Cropping):
    """Cut units off every side of a volume."""

    rank = 3
    takes = "B D H W C"

    cropping: Any = margins(((1, 1), (1, 1), (1, 1)))
    data_format: str = argument.data_format()


class UpSampling(Layer):
    """Lengthen each spatial axis by a factor."""

    size: Any = argument.size(2, symbol="s")

    def infer(self, x: Shape) -> Facts:
        data_format = getattr(self, "data_format", "channels_last")
        batch, space, channels = split_axes(x, data_format)
        factors = self.size if isinstance(self.size, tuple) else (self.size,)
        places = tuple(n * factor for n, factor in zip(space, factors, strict=True))
        return Facts(join_axes(batch, places, channels, data_format))


@layer("keras.layers.UpSampling1D")
class UpSampling1D(UpSampling):
    """Repeat each time step."""

    rank = 1
    takes = "B T C"
    older: ClassVar[dict[str, str]] = {"length": "size"}


@layer("keras.layers.UpSampling2D")
class UpSampling2D(UpSampling):
    """Enlarge an image by repeating or interpolating its rows and columns."""

    rank = 2
    takes = "B H W C"

    size: Shape = argument.window((2, 2), symbol="s")
    data_format: str = argument.data_format()
    interpolation: object = argument.choice(
        "nearest", "bilinear", "bicubic", "lanczos3", "lanczos5", default="nearest"
    )


@layer("keras.layers.UpSampling3D")
class UpSampling3D(UpSampling):
    """Enlarge a volume by repeating its units along each axis."""

    rank = 3
    takes = "B D H W C"

    size: Shape = argument.window((2, 2, 2), symbol="s")
    data_format: str = argument.data_format()
