"""Conditions between dims that may stay undecided, solved and readable where possible."""

from __future__ import annotations

from shapecalc.dims.dim import (
    Dim,
    Variable,
    _door,
    _variables_of,
    form_of,
    is_unknown,
    substitute,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, NoReturn

    Solution = tuple[Any, ...]

_SIGNS = {"equal": "{} == {}", "at_least": "{} >= {}", "divides": "{} % {} == 0"}


class Condition:
    """A relation between dims: it holds always, never, or for some values of its variables.

    `str` gives the solved, readable form, such as `H >= 3` or `H % 16 == 0`. Conditions that read
    the same in the same variables are equal. Made by `equal`, `at_least` and `divides`.
    """

    __slots__ = ("_kind", "_left", "_right", "_solved")
    _kind: str
    _left: Dim
    _right: Dim
    _solved: Solution | None

    def __init__(self, kind: str, left: Dim, right: Dim) -> None:
        """Relate two dims; `kind` is "equal", "at_least" or "divides" (left by right)."""
        if kind == "divides" and isinstance(right, int) and right == 0:
            raise ZeroDivisionError("integer division or modulo by zero")
        self._kind = kind
        self._left = left
        self._right = right
        self._solved = None

    @property
    def variables(self) -> frozenset[Variable]:
        """The variables of both sides."""
        return _variables_of((self._left, self._right))

    def holds(self) -> bool | None:
        """Return True or False when that is proved for all values, else None."""
        return {"all": True, "none": False}.get(self._solution()[0])

    def substitute(self, values: Mapping[str | Variable, Dim]) -> Condition:
        """Return the condition with variables replaced, as `substitute` does."""
        return Condition(
            self._kind, substitute(self._left, values), substitute(self._right, values)
        )

    def _solution(self) -> Solution:
        if self._solved is None:
            self._solved = _at_hand(self._kind, self._left, self._right) or _door().solve(
                self._kind, form_of(self._left), form_of(self._right)
            )
        return self._solved

    def __str__(self) -> str:
        solution = self._solution()
        if solution[0] in ("all", "none"):
            return _relation(self._kind, self._left, self._right)
        if solution[0] == "open":
            return str(solution[1])
        return _solved_text(solution)

    def __repr__(self) -> str:
        return f"<Condition {self}>"

    def __bool__(self) -> NoReturn:
        raise TypeError("a condition may be undecided: ask holds()")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Condition):
            return NotImplemented
        same = self.holds() == other.holds() and self.variables == other.variables
        return same and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))


def _relation(kind: str, left: Dim, right: Dim) -> str:
    """Return the plain relation."""
    if kind == "divides" and not isinstance(left, (int, Variable)):
        return f"({left}) % {right} == 0"
    return _SIGNS[kind].format(left, right)


def _solved_text(solution: Solution) -> str:
    """Return a solution in one variable as a person writes it."""
    if solution[0] == "residues":
        _, name, modulus, residues = solution
        if len(residues) == 1:
            return f"{name} % {modulus} == {residues[0]}"
        if len(residues) == modulus - 1:
            (missing,) = set(range(modulus)).difference(residues)
            return f"{name} % {modulus} != {missing}"
        return f"{name} % {modulus} in {residues}"
    _, name, low, high = solution
    if high is None:
        return f"{name} >= {low}"
    if low == high:
        return f"{name} == {low}"
    return f"{name} <= {high}" if low <= 1 else f"{low} <= {name} <= {high}"


def _at_hand(kind: str, left: Dim, right: Dim) -> Solution | None:
    """Solve what needs no arithmetic on symbols, or return None."""
    if isinstance(left, int) and isinstance(right, int):
        if kind == "divides":
            holds = left % right == 0
        else:
            holds = left == right if kind == "equal" else left >= right
        return ("all",) if holds else ("none",)
    if left == right:
        return ("all",)
    if is_unknown(left) or is_unknown(right):
        # It may stand for a difference, say, and be of any sign.
        return ("open", _relation(kind, left, right))
    if isinstance(left, Variable) and isinstance(right, int):
        return _against_int(kind, left.name, right)
    if isinstance(left, int) and isinstance(right, Variable) and kind != "divides":
        if kind == "equal":
            return _against_int(kind, right.name, left)
        return ("none",) if left < 1 else ("range", right.name, 1, left)
    if isinstance(left, Variable) and isinstance(right, Variable):
        return ("open", _relation(kind, left, right))
    return None


def _against_int(kind: str, name: str, number: int) -> Solution:
    """Solve a relation of a variable on the left with an int."""
    if kind == "divides":
        return ("all",) if abs(number) == 1 else ("residues", name, abs(number), (0,))
    if kind == "at_least":
        return ("all",) if number <= 1 else ("range", name, number, None)
    return ("none",) if number < 1 else ("range", name, number, number)


def equal(a: Dim, b: Dim) -> Condition:
    """Return the condition that two dims are equal."""
    return Condition("equal", a, b)


def at_least(a: Dim, b: Dim) -> Condition:
    """Return the condition a >= b."""
    return Condition("at_least", a, b)


def divides(k: Dim, n: Dim) -> Condition:
    """Return the condition that k divides n.

    Raises:
        ZeroDivisionError: if `k` is 0.
    """
    return Condition("divides", n, k)
