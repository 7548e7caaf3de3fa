"""Layers that merge several tensors into one."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import BATCH, Dim, Shape, equal, product, show, total
from shapecalc.layers.axes import require_same
from shapecalc.layers.layer import Layer, is_shape, layer
from shapecalc.rules import argument
from shapecalc.rules.broadcasting import broadcast_axis
from shapecalc.rules.facts import Facts
from shapecalc.rules.refusal import AxisOutOfRange, MismatchedShapes, WrongInputs, show_shape
from shapecalc.rules.requirement import one_is_none, require, shown_as_none


def shapes_given(rule: Layer, value: Any, *, count: int | None = None) -> list[Shape]:
    """The shapes of a call on one list of tensors.

    Args:
        rule: the layer that is called.
        value: what it is called on.
        count: how many tensors it takes; None for any number but none.

    Raises:
        WrongInputs: it is no list, or of another length.
    """
    kind = type(rule).__name__
    if not isinstance(value, (list, tuple)) or is_shape(value):
        raise WrongInputs(f"{kind} is called on a list of tensors")
    if not value or (count is not None and len(value) != count):
        wanted = "at least one tensor" if count is None else f"{count} tensors"
        raise WrongInputs(f"{kind} takes a list of {wanted}, got {len(value)}")
    if not all(is_shape(shape) for shape in value):
        raise WrongInputs(f"{kind} is called on a list of tensors, not on nested lists")
    return list(value)


def _list_shapes(shapes: list[Shape]) -> str:
    return " and ".join(show_shape(shape) for shape in shapes)


def _merged_batch(shapes: list[Shape]) -> Dim:
    """The one batch size; those that are None go with any.

    Raises:
        MismatchedShapes: there are several.
    """
    batches = [shape[0] for shape in shapes if shape]
    known = [batch for batch in batches if not shown_as_none(batch)]
    for batch in known[1:]:
        refusal = MismatchedShapes(
            f"tensors of different batch sizes, {show(known[0])} and {show(batch)}, "
            f"cannot be merged: {_list_shapes(shapes)}",
            shapes,
            axis=0,
        )
        require(equal(known[0], batch), refusal)
    if known:
        return known[0]
    return batches[0] if batches else BATCH


class Merge(Layer):
    """Merge tensors element by element; axes of length one are stretched."""

    count: int | None = None

    def infer(self, inputs: Any) -> Facts:
        shapes = shapes_given(self, inputs, count=self.count)
        batch = _merged_batch(shapes)
        merged = shapes[0][1:]
        for shape in shapes[1:]:
            merged = self._merge(merged, shape[1:], shapes)
        return Facts((batch, *merged))

    def _merge(self, one: Shape, other: Shape, shapes: list[Shape]) -> Shape:
        """Merge two shapes without their batch axes, aligned at the last axis."""
        longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
        new = len(longer) - len(shorter)
        axes = []
        for i, (a, b) in enumerate(zip(longer[new:], shorter, strict=True), start=new + 1):
            refusal = MismatchedShapes(
                f"cannot merge {_list_shapes(shapes)} element by element: "
                f"axis {i} has {show(a)} in one and {show(b)} in another",
                shapes,
                axis=i,
            )
            axes.append(broadcast_axis(a, b, refusal))
        return (*longer[:new], *axes)

    def plausible(self, *inputs: Any) -> Any:
        # Of one argument, what it holds; of tensors that were not put into a list, these.
        shapes = inputs[0] if len(inputs) == 1 and not is_shape(inputs[0]) else inputs
        shapes = shapes if isinstance(shapes, (list, tuple)) else ()
        known = [shape for shape in shapes if is_shape(shape)]
        return max(known, key=len) if known and known == list(shapes) else None


@layer("keras.layers.Add")
class Add(Merge):
    """Add tensors element by element."""


@layer("keras.layers.Subtract")
class Subtract(Merge):
    """Subtract the second tensor from the first, element by element."""

    count = 2


@layer("keras.layers.Multiply")
class Multiply(Merge):
    """Multiply tensors element by element."""


@layer("keras.layers.Average")
class Average(Merge):
    """Average tensors element by element."""


@layer("keras.layers.Maximum")
class Maximum(Merge):
    """Take the greatest of the tensors, element by element."""


@layer("keras.layers.Minimum")
class Minimum(Merge):
    """Take the least of the tensors, element by element."""


@layer("keras.layers.Concatenate")
class Concatenate(Layer):
    """Join tensors along one axis; all other axes must agree."""

    axis: int = argument.integer(-1)

    older = {"concat_axis": "axis"}  # noqa: RUF012

    def infer(self, inputs: Any) -> Facts:
        shapes = shapes_given(self, inputs)
        first, axis = shapes[0], self._checked_axis(shapes)
        others = [self._without(shape) for shape in shapes]
        for i, lengths in enumerate(zip(*others, strict=True)):
            place = i if axis is None or i < axis else i + 1
            # What Keras shows as None goes with any length, but two lengths must agree.
            sure = next((d for d in lengths if not shown_as_none(d)), lengths[0])
            for length in lengths:
                refusal = MismatchedShapes(
                    f"cannot concatenate {_list_shapes(shapes)} along axis {self.axis}: "
                    f"axis {place} has {show(sure)} in one and {show(length)} in another",
                    shapes,
                    axis=place,
                )
                if not (one_is_none(length, sure) and equal(length, sure).holds() is False):
                    require(equal(length, sure), refusal)
        if axis is None:
            return Facts(first)
        joined = total(shape[axis] for shape in shapes)
        return Facts((*first[:axis], joined, *first[axis + 1 :]))

    def _without(self, shape: Shape) -> Shape:
        """The axes that must agree."""
        if self.axis >= len(shape):
            return shape
        axis = self.axis % len(shape)
        return (*shape[:axis], *shape[axis + 1 :])

    def _checked_axis(self, shapes: list[Shape]) -> int | None:
        """The axis from the front; None where a lone tensor has none such, which Keras takes.

        Raises:
            AxisOutOfRange: there is none.
            MismatchedShapes: the tensors' ranks differ.
        """
        ranks = {len(shape) for shape in shapes}
        rank = len(shapes[0])
        if any(self.axis < -r for r in ranks):
            raise self._out_of_range(shapes)
        if len({len(self._without(shape)) for shape in shapes}) > 1:
            raise MismatchedShapes(
                f"cannot concatenate tensors of different ranks: {_list_shapes(shapes)}", shapes
            )
        if any(self.axis >= r for r in ranks):
            if len(shapes) > 1:
                raise self._out_of_range(shapes)
            return None
        return self.axis % rank

    def _out_of_range(self, shapes: list[Shape]) -> AxisOutOfRange:
        return AxisOutOfRange(
            f"{_list_shapes(shapes)} cannot be joined along axis {self.axis}: there is none",
            argument="axis",
        )

    def plausible(self, *inputs: Any) -> Any:
        shapes = inputs[0] if len(inputs) == 1 else inputs
        shapes = shapes if isinstance(shapes, (list, tuple)) else ()
        ranks = {len(shape) for shape in shapes if is_shape(shape)}
        if len(ranks) != 1 or not all(is_shape(shape) for shape in shapes):
            return None
        (rank,) = ranks
        if not -rank <= self.axis < rank:
            return shapes[0]
        axis = self.axis % rank
        joined = total(shape[axis] for shape in shapes)
        return (*shapes[0][:axis], joined, *shapes[0][axis + 1 :])


def _accept_axes(value: Any, _owner: Any) -> Any:
    if isinstance(value, int):
        return value
    pair = isinstance(value, (list, tuple)) and len(value) == 2
    if not pair or not all(isinstance(v, int) for v in value):
        raise ValueError("an integer or two of them")
    return tuple(value)


@layer("keras.layers.Dot")
class Dot(Layer):
    """Multiply two tensors and sum over one axis of each, sample by sample."""

    axes: Any = argument.checked(_accept_axes)
    normalize: object = argument.flag(False)

    older = {"dot_axes": "axes"}  # noqa: RUF012

    def infer(self, inputs: Any) -> Facts:
        x, y = shapes_given(self, inputs, count=2)
        i, j = self._axes_of(x, y)
        try:
            a, b = x[i], y[j]
            rest = [*_all_but(x, i), *_all_but(_all_but(y, j), 0)]
        except IndexError:
            raise AxisOutOfRange(
                f"{_list_shapes([x, y])} have no axes {i} and {j} to multiply along",
                argument="axes",
            ) from None
        refusal = MismatchedShapes(
            f"cannot multiply {_list_shapes([x, y])}: axis {i} of the first has "
            f"{_as_none(a)}, axis {j} of the second {_as_none(b)}",
            [x, y],
            axis=i,
        )
        require_same(a, b, refusal)
        output = tuple(rest) if len(rest) > 1 else (*rest, 1)
        # Each output sums as many products as the shared axis is long. Along the batch axis
        # there are none: Keras makes such a layer, but refuses to run it.
        runs = i % len(x) and j % len(y)
        products = product(output[1:]) * a if runs else 0
        return Facts(output, edges=products, macs=products)

    def _axes_of(self, x: Shape, y: Shape) -> tuple[int, int]:
        if not isinstance(self.axes, int):
            return self.axes[0], self.axes[1]
        if self.axes < 0 and x and y:
            return self.axes % len(x), self.axes % len(y)
        return self.axes, self.axes


def _as_none(dim: Dim) -> str:
    return "None" if shown_as_none(dim) else show(dim)


def _all_but(shape: Shape, axis: int) -> Shape:
    left = list(shape)
    left.pop(axis)
    return tuple(left)


# The layer behind each functional form that Keras has, such as `keras.layers.add([a, b])`: it
# takes the list of tensors first, then the layer's arguments.
FUNCTIONS: dict[str, type[Layer]] = {
    "keras.layers.add": Add,
    "keras.layers.subtract": Subtract,
    "keras.layers.multiply": Multiply,
    "keras.layers.average": Average,
    "keras.layers.maximum": Maximum,
    "keras.layers.minimum": Minimum,
    "keras.layers.concatenate": Concatenate,
    "keras.layers.dot": Dot,
}
