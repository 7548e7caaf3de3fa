"""What layers on images share: a batch of them or a single one, alone or with its labels."""

from __future__ import annotations

from typing import Any

from shapecalc.dims import Shape, Symbolic, equal, product
from shapecalc.layers.call_inputs import by_parameter, check_rank
from shapecalc.layers.layer import Layer
from shapecalc.rules import argument
from shapecalc.rules.argument_kinds import Argument
from shapecalc.rules.facts import Facts
from shapecalc.rules.refusal import MismatchedShapes, WrongInputs, show_shape
from shapecalc.rules.requirement import require
from shapecalc.rules.unknown import Unknown

# Keras hands what else it is given to its base class, which takes these by keyword.
_BY_KEYWORD: dict[str, Argument] = {
    "data_format": argument.data_format(),
    "bounding_box_format": argument.inert(),
}
for _name, _argument in _BY_KEYWORD.items():
    _argument.__set_name__(object, _name)


class ImageLayer(Layer):
    """A layer on images, one or a batch of them.

    It is called on a tensor, or on a dict of "images" and what belongs to them ("labels",
    "bounding_boxes", "segmentation_masks"). It has no weights, and no connections: it resizes,
    moves or recolours, as a preparation of the data. Its random state is no weight either.
    """

    takes = "B H W C"
    unbatched = True

    data_format: str
    bounding_box_format: object

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        own = {name: a for name, a in cls.__dict__.items() if isinstance(a, Argument)}
        kept = {n: a for n, a in cls.arguments.items() if n not in own and n not in _BY_KEYWORD}
        rest = {n: a for n, a in _BY_KEYWORD.items() if n not in own}
        cls.arguments = {**kept, **own, **rest}

    def facts(self, *inputs: Any, **options: Any) -> Facts:
        given = by_parameter(self.infer, type(self).__name__, inputs, options)
        parts = given.pop("x")
        if not isinstance(parts, dict):
            return super().facts(parts, **given)
        if "images" not in parts:
            raise WrongInputs(f"{type(self).__name__} takes a tensor, or a dict with 'images'")
        changed = {}
        for name in ("images", "segmentation_masks"):
            if name in parts:
                check_rank(self, parts[name])
                changed[name] = self.infer(parts[name], **given).output
        return Facts({**parts, **changed})

    def infer(self, x: Any) -> Facts:
        return Facts(x)


class ResizingLayer(ImageLayer):
    """A layer that gives images another height and width."""

    height: Any
    width: Any

    def infer(self, x: Shape) -> Facts:
        size = (self.height, self.width)
        if self.data_format == "channels_first":
            return Facts((*x[:-2], *size))
        return Facts((*x[:-3], *size, x[-1]))


def require_channels(rule: Layer, x: Shape, data_format: str, *wanted: int) -> None:
    """Hold an image to a number of channels, or one of several.

    Raises:
        MismatchedShapes: it has another.
    """
    axis = -3 if data_format == "channels_first" else -1
    counts = " or ".join(map(str, wanted))
    refusal = MismatchedShapes(
        f"{type(rule).__name__} takes images of {counts} channels, got {show_shape(x)}",
        [x],
        axis=len(x) + axis,
    )
    # A product is zero where a factor is.
    require(equal(product(x[axis] - count for count in wanted), 0), refusal)


class Factor(Argument):
    """How strongly to change an image: a number, or the two ends that it is drawn between.

    Args:
        low: the least number that Keras accepts.
        high: the greatest.
        strict: whether both ends must be within those bounds; else the first must not exceed
            the greatest, nor the second fall below the least.
        above: whether the least itself is refused.
        falsy: whether None and its like are accepted for zero.
        optional: whether None is accepted for no change at all.
    """

    bears = False

    def __init__(
        self,
        default: Any = argument.REQUIRED,
        *,
        low: float = -1,
        high: float = 1,
        strict: bool = False,
        above: bool = False,
        falsy: bool = False,
        optional: bool = False,
    ) -> None:
        super().__init__(default)
        self.low, self.high = low, high
        self.strict, self.above = strict, above
        self.falsy, self.optional = falsy, optional

    def accept(self, value: Any, owner: Any) -> Any:
        if (value is None and self.optional) or (self.falsy and value in (None, (), [], "", {})):
            return value
        ends = value if isinstance(value, (tuple, list)) else (value, value)
        known = [end for end in ends if not isinstance(end, (Unknown, Symbolic))]
        if len(ends) != 2 or not all(isinstance(end, (int, float)) for end in known):
            raise ValueError(self._expected())
        if len(known) == 2 and not self._within(*known):
            raise ValueError(self._expected())
        return value

    def _within(self, first: float, second: float) -> bool:
        if not self.strict:
            return first <= self.high and second >= self.low
        return all(self.low <= end <= self.high and not (self.above and end == self.low)
                   for end in (first, second))  # fmt: skip

    def _expected(self) -> str:
        start = "above" if self.above else "from"
        return f"a number {start} {self.low} to {self.high}, or two of them"


def strength(default: Any = argument.REQUIRED, **bounds: Any) -> Any:
    """Declare a `Factor`."""
    return Factor(default, **bounds)


def accept_value_range(value: Any, _owner: Any = None) -> Any:
    """The least and the greatest number in an image.

    Raises:
        ValueError: they are no two numbers.
    """
    if not isinstance(value, (tuple, list)) or len(value) != 2:
        raise ValueError("a list of two numbers")
    known = [end for end in value if not isinstance(end, (Unknown, Symbolic))]
    if not all(isinstance(end, (int, float)) for end in known):
        raise ValueError("a list of two numbers")
    return value


def value_range() -> Any:
    """Declare the least and the greatest number in an image."""
    return argument.checked(accept_value_range, (0, 255), bears=False)


FILL_MODES = ("reflect", "wrap", "constant", "nearest")
INTERPOLATIONS = ("nearest", "bilinear")


def fill_mode() -> Any:
    """Declare what is beyond the edges of an image that moves."""
    return argument.choice(*FILL_MODES, default="reflect", fold_case=False)


def interpolation() -> Any:
    """Declare how an image that moves is sampled."""
    return argument.choice(*INTERPOLATIONS, default="bilinear", fold_case=False)
