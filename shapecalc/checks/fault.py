"""A refused call as its explanation sees it, and the words for what takes part in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shapecalc.dims import Dim, Shape
from shapecalc.graph.model import Network
from shapecalc.graph.program import RefusedCall
from shapecalc.graph.summary import class_name
from shapecalc.graph.tensor import LayerCall, Tensor
from shapecalc.layers.layer import Layer
from shapecalc.rules.refusal import Refusal, show_shape
from shapecalc.rules.unknown import Unranked
from shapecalc.source import SourceFile, Span


class Fault:
    """A refused call, and the model that it is part of.

    Attributes:
        refused: the call.
        model: the model that the call is part of, or None where the program made none.
        may_try: whether the model may be run on other sizes to find one that would do.
        source: the file that is analysed.
    """

    __slots__ = ("may_try", "model", "refused", "source")

    def __init__(
        self,
        refused: RefusedCall,
        model: Network | None,
        source: SourceFile,
        *,
        may_try: bool,
    ) -> None:
        self.refused = refused
        self.model = model
        self.may_try = may_try
        self.source = source

    def text_at(self, span: Span) -> str:
        """What stands there in the file that is analysed; nothing for other files and cells."""
        foreign = span.path is not None or span.cell is not None
        if foreign or span.line != span.end_line:
            return ""
        lines = self.source.lines[span.line - 1 : span.line]
        return lines[0][span.column - 1 : span.end_column - 1] if lines else ""

    @property
    def refusal(self) -> Any:
        """Why Keras would refuse; of the class that the check explains."""
        refusal: Refusal = self.refused.refusal
        return refusal

    @property
    def call(self) -> LayerCall | None:
        """The layer call, or None where none came about."""
        return self.refused.call

    @property
    def layer(self) -> Layer | None:
        """The layer, or None where it could not be made."""
        return self.refused.layer or (self.call.layer if self.call is not None else None)

    @property
    def rule(self) -> type[Layer] | None:
        """The layer's class, also where the layer could not be made."""
        if self.layer is not None:
            return type(self.layer)
        from shapecalc.layers import rule_for

        return rule_for("keras.layers." + self.refused.subject.rpartition(".")[2])

    @property
    def who(self) -> str:
        """What is at fault: the class and the Keras name, or the program's words."""
        if self.layer is not None:
            return named(self.layer)
        return f"`{self.refused.subject}`" if self.refused.subject else "this call"

    @property
    def inputs(self) -> tuple[Tensor, ...]:
        """The tensors that the layer is called on."""
        return self.call.inputs if self.call is not None else ()


def named(layer: Layer) -> str:
    """A layer by its class and Keras name: `Conv2D "conv2d_3"`."""
    return f'{class_name(layer)} "{layer.name}"'


def place_of(call: LayerCall) -> Span | None:
    """Where the program makes the call, or else the layer."""
    return call.span or call.layer.span


def on_line(span: Span | None) -> str:
    """` on line 12`, or nothing where the line is not known."""
    if span is None:
        return ""
    return f" on line {span.line}" + (f" of {span.path}" if span.path is not None else "")


def shown(shape: Shape | Unranked) -> str:
    """A shape for a message."""
    return "(unknown)" if isinstance(shape, Unranked) else show_shape(shape)


def without_batch(shape: Shape) -> str:
    """A shape as `Input` takes it."""
    return show_shape(tuple(shape[1:]))


def ancestors(tensor: Tensor) -> Iterator[LayerCall]:
    """The calls that a tensor came through, the nearest first, along each first input."""
    call = tensor.call
    while call is not None:
        yield call
        call = call.inputs[0].call if call.inputs else None


def rank_of(tensor: Tensor) -> int | None:
    """How many axes a tensor has, the batch axis included; None where that is unknown."""
    return None if isinstance(tensor.shape, Unranked) else len(tensor.shape)


def size_at(tensor: Tensor, axis: int) -> Dim | None:
    """The length of an axis, or None where the tensor is not known to have it."""
    rank = rank_of(tensor)
    if rank is None or isinstance(tensor.shape, Unranked) or not -rank <= axis < rank:
        return None
    return tensor.shape[axis]
