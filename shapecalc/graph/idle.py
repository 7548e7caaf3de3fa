"""Layers that a program makes, and then makes nothing of."""

from __future__ import annotations

from shapecalc.graph.model import Network
from shapecalc.layers.layer import Layer
from shapecalc.source import Span


class IdleLayer:
    """A layer that no output depends on, as the program reads nothing that it gives.

    Attributes:
        layer: the layer.
        model: the model that it was to be part of.
        attribute: what the program's own class calls it, which never calls it; None for a layer
            that is called, and whose result is read nowhere.
        span: where it is called, or else made.
        function: the function it is in, or None at module level.
        condition: under which it happens, or None.
    """

    __slots__ = ("attribute", "condition", "function", "layer", "model", "span")

    def __init__(
        self,
        layer: Layer,
        model: Network,
        span: Span,
        *,
        attribute: str | None = None,
        function: str | None = None,
    ) -> None:
        self.layer = layer
        self.model = model
        self.attribute = attribute
        self.span = span
        self.function = function
        self.condition: str | None = None
