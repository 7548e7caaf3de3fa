"""Signals by which statements leave a block."""

from __future__ import annotations

from shapecalc.frontends.python.values import Value


class Signal(Exception):
    """A block is left."""


class Break(Signal):
    """Out of the loop."""


class Continue(Signal):
    """On to the loop's next round."""


class Return(Signal):
    """Out of the function, with a value."""

    def __init__(self, value: Value) -> None:
        self.value = value


class Enough(Signal):
    """Out of a generator that yields more than anybody asks for."""
