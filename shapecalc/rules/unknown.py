"""A value that could not be followed, with its reason."""

from __future__ import annotations

from typing import NoReturn

from shapecalc.dims import Variable, unknown_length
from shapecalc.source import Span


class UndecidedError(Exception):
    """A rule asked for the value of an argument that is unknown."""

    def __init__(self, unknown: Unknown) -> None:
        super().__init__(unknown.reason)
        self.unknown = unknown


class Unknown:
    """A value that could not be followed.

    Args:
        reason: why, as a phrase that fits after "unknown: ".
        span: where in the program it became unknown.

    An unknown never answers a question: truth, equality, items and arithmetic raise
    `UndecidedError`, so a rule that needs the value cannot go on with a guess. Use `is` to compare.
    """

    __slots__ = ("reason", "span")

    def __init__(self, reason: str, span: Span | None = None) -> None:
        self.reason = reason
        self.span = span

    def __repr__(self) -> str:
        return f"Unknown({self.reason!r})"

    def __bool__(self) -> NoReturn:
        raise UndecidedError(self)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        raise UndecidedError(self)

    def __hash__(self) -> int:
        return id(self)

    def _refuse(self, *_: object) -> NoReturn:
        raise UndecidedError(self)

    __lt__ = __le__ = __gt__ = __ge__ = __index__ = __iter__ = __len__ = _refuse
    __getitem__ = __contains__ = __neg__ = __add__ = __radd__ = __sub__ = __rsub__ = _refuse
    __mul__ = __rmul__ = __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = _refuse


def unknown_dim(reason: str) -> Variable:
    """A dim that equals no other: its length could not be followed, for `reason`."""
    return unknown_length(reason)


class Unranked:
    """The shape of a tensor whose number of axes is unknown.

    Args:
        reason: why.
        last: the trailing dims, as far as they are known.
    """

    __slots__ = ("last", "reason")

    def __init__(self, reason: str, last: tuple[object, ...] = ()) -> None:
        self.reason = reason
        self.last = last

    def __repr__(self) -> str:
        return f"Unranked({self.reason!r}, last={self.last!r})"
