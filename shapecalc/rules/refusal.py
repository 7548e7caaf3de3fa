"""Why a rule refuses a call: one class per kind of fault, each with its facts.

A refusal is raised low, where the arithmetic is known, and enriched once at the boundary
(with the layer's name, the line, the history of sizes) by the check that explains its class.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar

from shapecalc.dims import Dim, Shape, show
from shapecalc.source import Span
from shapecalc.wording import counted

# What is not known is numbered, so that two of it are told apart; that tells a reader nothing.
_NUMBERED = re.compile(r"\?\d+")


class ShapecalcError(Exception):
    """Base of every error that shapecalc raises on purpose."""


def show_shape(shape: Shape) -> str:
    """A shape as Keras prints it, with the batch axis and free axes as None."""
    parts = [show_axis(d) for d in shape]
    return f"({', '.join(parts)}{',' if len(parts) == 1 else ''})"


def show_axis(dim: Dim) -> str:
    """A dim: None for an axis that Keras shows as None, and ? for what is not known."""
    return (
        "None" if getattr(dim, "kind", "") in ("batch", "free") else _NUMBERED.sub("?", show(dim))
    )


class Refusal(ShapecalcError):
    """A call that Keras would refuse.

    Attributes:
        message: what is wrong, with the shapes and the arithmetic.
        argument: the name of the argument at fault, or None for the call as a whole.
        beside: another argument that it does not go with, so that either may be at fault, or None.
        help: what to do about it, or None.
    """

    kind: ClassVar[str] = "refused"

    def __init__(
        self,
        message: str,
        *,
        argument: str | None = None,
        beside: str | None = None,
        help: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.argument = argument
        self.beside = beside
        self.help = help


class UnknownArgument(Refusal):
    """A keyword that the layer does not take."""

    kind = "unknown-argument"


class NoSuchLayer(Refusal):
    """A name that `keras.layers` does not have."""

    kind = "no-such-layer"


class MissingArgument(Refusal):
    """A required argument is not given."""

    kind = "missing-argument"


class InvalidArgument(Refusal):
    """An argument's value is none that the layer takes."""

    kind = "invalid-argument"


class WrongRank(Refusal):
    """The input has another number of axes than the layer takes."""

    kind = "wrong-rank"

    def __init__(self, shape: Shape, expected: str, *, help: str | None = None) -> None:
        super().__init__(
            f"expected {expected}, got shape {show_shape(shape)} of rank {len(shape)}", help=help
        )
        self.shape = shape
        self.expected = expected


class WindowTooLarge(Refusal):
    """A window with `valid` padding has no place to stand in its input."""

    kind = "window-too-large"

    def __init__(self, size: Dim, extent: Dim, *, axis: int, argument: str) -> None:
        super().__init__(
            f"a window of {show(extent)} does not fit into {show(size)} along axis {axis}",
            argument=argument,
        )
        self.size = size
        self.extent = extent
        self.axis = axis

    def moved(self, axes: int) -> WindowTooLarge:
        """The same of an input that has so many axes more before the one at fault."""
        argument = self.argument or ""
        return WindowTooLarge(self.size, self.extent, axis=self.axis + axes, argument=argument)


class Indivisible(Refusal):
    """A size that must be a multiple of another is not."""

    kind = "indivisible"


class MismatchedShapes(Refusal):
    """Several inputs that must agree do not."""

    kind = "mismatched-shapes"

    def __init__(self, message: str, shapes: Sequence[Shape], *, axis: int | None = None) -> None:
        super().__init__(message)
        self.shapes = tuple(shapes)
        self.axis = axis


class DoesNotFit(Refusal):
    """A reshape whose element counts differ."""

    kind = "does-not-fit"


class Undefined(Refusal):
    """A weight would need the length of an axis that is None."""

    kind = "undefined-axis"

    def __init__(self, shape: Shape, axis: int) -> None:
        super().__init__(
            f"axis {axis} of {show_shape(shape)} is None, but a weight needs its length"
        )
        self.shape = shape
        self.axis = axis


class AxisOutOfRange(Refusal):
    """An axis argument names no axis of the input."""

    kind = "axis-out-of-range"


class BuiltForAnother(Refusal):
    """A layer that has its weights is called on an input they do not fit."""

    kind = "built-for-another"


class WrongInputs(Refusal):
    """Too few or too many inputs, or something that is no tensor."""

    kind = "wrong-inputs"


class WrongOutputs(Refusal):
    """What a layer gives is unpacked into another number of names."""

    kind = "wrong-outputs"

    def __init__(self, given: int, names: int, *, help: str | None = None) -> None:
        super().__init__(
            f"gives {counted(given, 'tensor')}, but {names} names take them", help=help
        )


class MissingInput(Refusal):
    """A model is used before its input shape is known."""

    kind = "missing-input"


class GraphFault(Refusal):
    """A model whose layers do not make a graph: disconnected, or names not unique.

    Attributes:
        made: where the program makes the input that is missing, or None.
    """

    kind = "graph-fault"

    def __init__(
        self, message: str, *, argument: str | None = None, made: Span | None = None
    ) -> None:
        super().__init__(message, argument=argument)
        self.made = made
