"""Comparison of dims with three answers."""

from __future__ import annotations

from shapecalc.dims.dim import Dim, Variable, _door, form_of, is_unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import ClassVar, NoReturn


class Comparison:
    """The answer of `compare`: EQUAL, DIFFERENT or UNDECIDED; test it with `is`."""

    # Not an Enum: importing that would cost as much as the whole room.
    __slots__ = ("name",)
    EQUAL: ClassVar[Comparison]
    DIFFERENT: ClassVar[Comparison]
    UNDECIDED: ClassVar[Comparison]

    def __init__(self, name: str) -> None:
        """Name the answer."""
        self.name = name

    def __bool__(self) -> NoReturn:
        raise TypeError("a comparison has three answers: test it with `is Comparison.EQUAL`")

    def __repr__(self) -> str:
        return f"Comparison.{self.name}"

    def __reduce__(self) -> str:
        return repr(self)


Comparison.EQUAL = Comparison("EQUAL")
Comparison.DIFFERENT = Comparison("DIFFERENT")
Comparison.UNDECIDED = Comparison("UNDECIDED")


def compare(a: Dim, b: Dim) -> Comparison:
    """Compare two dims, over all values >= 1 of their variables.

    EQUAL: the same for all values. DIFFERENT: proved to be different for all values.
    UNDECIDED: neither is proved; it may depend on the values. Of an unknown nothing is proved,
    as it may stand for any arithmetic.
    """
    if isinstance(a, int) and isinstance(b, int):
        return Comparison.EQUAL if a == b else Comparison.DIFFERENT
    if a == b:
        return Comparison.EQUAL
    if is_unknown(a) or is_unknown(b):
        return Comparison.UNDECIDED
    if isinstance(a, (int, Variable)) and isinstance(b, (int, Variable)):
        number = a if isinstance(a, int) else b
        impossible = isinstance(number, int) and number < 1
        return Comparison.DIFFERENT if impossible else Comparison.UNDECIDED
    return _ANSWERS[_door().equality(form_of(a), form_of(b))]


_ANSWERS = {
    True: Comparison.EQUAL,
    False: Comparison.DIFFERENT,
    None: Comparison.UNDECIDED,
}
