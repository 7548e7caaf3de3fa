"""A network while it is drawn, step by step with its shapes."""

from __future__ import annotations

import random
from typing import Any

from tests.checks.drawn.plan import Argument, Shape, Step

MERGES = ("Add", "Multiply", "Average", "Maximum", "Minimum")
ACTIVATIONS = ("relu", "tanh", "sigmoid", "elu", "gelu", "swish", None)
RECURRENT = ("LSTM", "GRU", "SimpleRNN")


class Written(str):
    """An argument's value that is source text already; `layer` stands before a class's name."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"@{self}"


class Drawing:
    """A network that grows at its end.

    Attributes:
        rng: what decides.
        steps: the steps so far.
        at: the step whose output the next one takes.
        channels_first: whether the channels are the first axis of each sample.
    """

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.steps: list[Step] = []
        self.at = -1
        self.channels_first = False

    @property
    def shape(self) -> Any:
        """The shape at the end, without the batch axis."""
        return self.steps[self.at].shape

    def put(
        self,
        layer: str,
        shape: Shape,
        *leading: tuple[str, object],
        inputs: tuple[int, ...] | None = None,
        apart: bool = False,
        **options: object,
    ) -> int:
        """Add a step.

        Args:
            layer: its class.
            shape: of its output.
            leading: arguments that may be written without their names.
            inputs: what it takes, if that is not the step at the end.
            apart: whether inputs are arguments of their own.
            options: arguments that are written with their names.

        Returns:
            Its place.
        """
        arguments = [Argument(name, repr(value), True) for name, value in leading]
        arguments += [Argument(name, repr(value)) for name, value in options.items()]
        taken = inputs if inputs is not None else (self.at,)
        self.steps.append(Step(layer, tuple(arguments), taken, shape, apart))
        self.at = len(self.steps) - 1
        return self.at

    def start(self, shape: Shape) -> int:
        """Add an input."""
        return self.put("Input", shape, ("shape", shape), inputs=())

    def coin(self, one_in: int = 2) -> bool:
        """True once in so many times."""
        return self.rng.randrange(one_in) == 0
