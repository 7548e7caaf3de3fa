"""What one way through a program supposes of values that are not known."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from operator import gt, lt
from typing import Any

from shapecalc.frontends.python.conditions import (
    ATTRIBUTE,
    ITEM,
    Condition,
    Junction,
    Negation,
    identity,
)
from shapecalc.frontends.python.values import Value

# What is not known to be any constant.
_OPEN: Any = object()


class _Facts:
    """What is supposed of one value.

    Attributes:
        value: the constant that it is.
        others: constants that it is not, each with its type.
        truth: whether it is true.
        above: a number below it, and whether it may be that number itself; None for no bound.
        below: a number above it, likewise.
    """

    __slots__ = ("above", "below", "others", "truth", "value")

    def __init__(self) -> None:
        self.value = _OPEN
        self.others: frozenset[tuple[type, Value]] = frozenset()
        self.truth: bool | None = None
        self.above: tuple[float, bool] | None = None
        self.below: tuple[float, bool] | None = None

    def copy(self) -> _Facts:
        found = _Facts()
        for name in _Facts.__slots__:
            setattr(found, name, getattr(self, name))
        return found

    def is_true(self) -> bool | None:
        """Whether the value is true, as far as the facts tell."""
        if self.truth is not None:
            return self.truth
        if self.value is not _OPEN:
            return bool(self.value)
        return True if self._is_within(0) is False else None

    def answer(self, operator: str, operand: Value) -> bool | None:
        """Whether a condition on the value holds, as far as the facts tell."""
        if operator == "==":
            return self._equals(operand)
        if operator == "in":
            found = [self._equals(one) for one in operand]
            return True if True in found else None if None in found else False
        if not _is_number(operand):
            return None
        if self.value is not _OPEN:
            return _ORDERS[operator](self.value, operand) if _is_number(self.value) else None
        low, high = self.above, self.below
        if operator == "<":
            low, high = _mirrored(high), _mirrored(low)
            operand = -operand
        # Now the question is whether it is larger than the operand.
        if low is not None and (low[0] > operand or (low[0] == operand and not low[1])):
            return True
        return False if high is not None and high[0] <= operand else None

    def learn(self, operator: str, operand: Value, holds: bool) -> None:
        """Take a condition on the value as one that holds, or does not."""
        if operator == "==" and holds:
            self.value = operand
        elif operator in ("==", "in") and not holds:
            members = operand if operator == "in" else (operand,)
            self.others |= {(type(member), member) for member in members}
        elif operator in _ORDERS and _is_number(operand):
            if (operator == ">") is holds:
                self.above = (operand, not holds)
            else:
                self.below = (operand, not holds)

    def _equals(self, operand: Value) -> bool | None:
        if self.value is not _OPEN:
            # `is` is not told from `==`, and what is 1 may be True or not.
            same = bool(self.value == operand)
            sure = not same or isinstance(self.value, bool) is isinstance(operand, bool)
            return same if sure else None
        if (type(operand), operand) in self.others or self.truth not in (None, bool(operand)):
            return False
        return False if _is_number(operand) and self._is_within(operand) is False else None

    def _is_within(self, number: float) -> bool | None:
        """False if the value cannot be a number, by its bounds."""
        low, high = self.above, self.below
        if low is not None and (number < low[0] or (number == low[0] and not low[1])):
            return False
        if high is not None and (number > high[0] or (number == high[0] and not high[1])):
            return False
        return None


_ORDERS: dict[str, Callable[[Any, Any], bool]] = {"<": lt, ">": gt}


def _is_number(value: Value) -> bool:
    return type(value) in (int, float)


def _mirrored(bound: tuple[float, bool] | None) -> tuple[float, bool] | None:
    return None if bound is None else (-bound[0], bound[1])


class Assumptions:
    """What is supposed of unknown values, by the ways that conditions on them have gone."""

    def __init__(self) -> None:
        self._facts: dict[Hashable, _Facts] = {}
        # A key may be that of an object, whose number another one has as soon as it is gone.
        self._alive: list[Value] = []

    def copy(self) -> Assumptions:
        """The same, to which more can be added."""
        found = Assumptions()
        found._facts = {key: facts.copy() for key, facts in self._facts.items()}
        found._alive = list(self._alive)
        return found

    def truth(self, value: Value) -> bool | None:
        """Whether a value whose truth is unknown is true, under what is supposed."""
        if isinstance(value, Negation):
            inner = self.truth(value.of)
            return None if inner is None else not inner
        if isinstance(value, Junction):
            if value.settled:
                return not value.every
            parts = [self.truth(part) for part in value.parts]
            if (not value.every) in parts:
                return not value.every
            if None not in parts:
                return value.every
        if not self._facts:
            return None
        if isinstance(value, Condition):
            subject, operand = value.sources
            facts = self._facts.get(identity(subject))
            answer = None if facts is None else facts.answer(value.operation, operand)
            if answer is not None:
                return answer
        facts = self._facts.get(identity(value))
        return facts.is_true() if facts is not None else None

    def suppose(self, value: Value, holds: bool) -> None:
        """Suppose that a value is true, or that it is not."""
        if isinstance(value, Negation):
            self.suppose(value.of, not holds)
            return
        if isinstance(value, Junction) and holds is value.every:
            for part in value.parts:
                self.suppose(part, holds)
        if isinstance(value, Condition):
            subject, operand = value.sources
            self._facts_of(subject).learn(value.operation, operand, holds)
        self._facts_of(value).truth = holds

    def forget_parts(self) -> None:
        """Forget what is supposed of attributes and items, as one of them may have changed."""
        self._facts = {
            key: facts for key, facts in self._facts.items() if not _mentions_a_part(key)
        }

    def _facts_of(self, value: Value) -> _Facts:
        self._alive.append(value)
        return self._facts.setdefault(identity(value), _Facts())


def _mentions_a_part(key: Hashable) -> bool:
    return isinstance(key, tuple) and (
        key[:1] in ((ATTRIBUTE,), (ITEM,)) or any(map(_mentions_a_part, key))
    )
