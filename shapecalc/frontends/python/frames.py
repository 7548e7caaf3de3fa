"""Calls under way, and what ends a run before its time."""

from __future__ import annotations

from typing import Any

from shapecalc.frontends.python.environment import Scope
from shapecalc.frontends.python.program_values import Class
from shapecalc.frontends.python.values import Value


class LimitReached(Exception):
    """The program needs more than the interpreter gives."""


class ForkRequest(Exception):
    """A branch under an unknown condition would change the network: take each way for real."""


class Reconsider(Exception):
    """The network changes where an unknown condition may have left the block: decide it first.

    Attributes:
        place: where the condition stands.
    """

    def __init__(self, place: Place) -> None:
        self.place = place


# A condition's file, line and column.
Place = tuple[str, int, int]


class Own(list[Any]):
    """A list of the interpreter's, none of the program's."""


class Frame:
    """One call under way.

    Attributes:
        function: its name, or None at module level.
        scope: its names.
        owner: the class that defines the method, for `super()`.
        receiver: its first argument.
        maybe_returned: values that it may have returned already, under unknown conditions.
        maybe_left: whether a loop in it may have been left, under an unknown condition.
        maybe_broken: whether that is so of the innermost loop, in the round under way.
        yielded: what a generator has yielded.
    """

    __slots__ = (
        "function", "maybe_broken", "maybe_left", "maybe_returned", "owner", "receiver", "scope",
        "yielded",
    )  # fmt: skip

    def __init__(
        self,
        scope: Scope,
        function: str | None = None,
        owner: Class | None = None,
        receiver: Value = None,
    ) -> None:
        self.scope = scope
        self.function = function
        self.owner = owner
        self.receiver = receiver
        self.maybe_returned: list[Value] = Own()
        self.maybe_left = False
        self.maybe_broken = False
        self.yielded: list[Value] | None = None
