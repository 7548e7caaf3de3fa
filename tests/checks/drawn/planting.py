"""The table of faults that can be planted in a network."""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.checks.drawn.plan import Argument, Plan, Step

Fault = Callable[[random.Random, Plan], Plan | None]
"""From a sound plan to one that may be broken; None where there is no place for it.

Whether it is broken, Keras says: some of what is planted turns out harmless.
"""

FAULTS: dict[str, Fault] = {}
"""By kind."""


def fault(kind: str) -> Callable[[Fault], Fault]:
    """Enter a fault into the table."""

    def enter(function: Fault) -> Fault:
        FAULTS[kind] = function
        return function

    return enter


def new_step(layer: str, *leading: tuple[str, object], **options: object) -> Step:
    """A layer on one input, with the arguments that may be written without their names first."""
    arguments = [Argument(name, repr(value), True) for name, value in leading]
    arguments += [Argument(name, repr(value)) for name, value in options.items()]
    return Step(layer, tuple(arguments), (0,), ())
