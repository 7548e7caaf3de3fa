"""Values that are computed from unknown ones, and conditions on them, told from one another.

What a program computes twice in the same way from the same unknown values is the same: `if top:`
and a later `if not top:` never both hold. So that this is seen, such a value has a key.
"""

from __future__ import annotations

import ast
from collections.abc import Hashable

from shapecalc.dims import Symbolic
from shapecalc.frontends.python.values import Foreign, LibraryName, Parameter, Value
from shapecalc.rules.unknown import Unknown
from shapecalc.source import Span

# A key holds the keys of what it is computed from; one of more parts is not worth its time.
_MOST_PARTS = 24
_MOST_LETTERS = 200

ATTRIBUTE = "."
ITEM = "[]"
"""The operations that may give something else once the program has written there."""


class Computed(Unknown):
    """An unknown that a known operation makes of other values.

    Attributes:
        operation: its name.
        sources: what it is applied to.
        key: the operation and the keys of the sources; equal for what is the same, as long as the
            sources live.
        size: of how many parts the key is.
    """

    __slots__ = ("key", "operation", "size", "sources")

    def __init__(
        self,
        unknown: Unknown,
        operation: str,
        sources: tuple[Value, ...],
        key: Hashable,
        size: int,
    ) -> None:
        super().__init__(unknown.reason, unknown.span)
        self.operation = operation
        self.sources = sources
        self.key = key
        self.size = size


class Condition(Computed):
    """`subject operator operand`, for an operand that is known.

    Attributes:
        operation: one of `==`, `in`, `<` and `>`.
        sources: the subject and the operand: a number, a text, a truth value or None; of `in`, a
            tuple of such.
    """

    __slots__ = ()


class Negation(Unknown):
    """`not` of an unknown.

    Attributes:
        of: the unknown.
    """

    __slots__ = ("of",)

    def __init__(self, of: Unknown) -> None:
        super().__init__(of.reason, of.span)
        self.of = of


def negation(of: Unknown) -> Unknown:
    """`not` of an unknown; that of a negation is what it negates."""
    return of.of if isinstance(of, Negation) else Negation(of)


class Junction(Unknown):
    """`and` or `or` of values, the truth of some of which is unknown.

    Attributes:
        parts: the values whose truth is unknown.
        every: whether all of them have to be true, as for `and`.
        settled: whether the others decide it whatever the parts are. As a value it is unknown even
            then.
    """

    __slots__ = ("every", "parts", "settled")

    def __init__(
        self, parts: tuple[Value, ...], unknown: Unknown, *, every: bool, settled: bool
    ) -> None:
        super().__init__(unknown.reason, unknown.span)
        self.parts = parts
        self.every = every
        self.settled = settled


def junction(
    parts: tuple[Value, ...], every: bool, settled: bool = False, span: Span | None = None
) -> Unknown:
    """`and` or `or` of values, the truth of some of which is unknown.

    Args:
        parts: those whose truth is unknown, one at least.
        every: whether it is `and`.
        settled: whether the others decide it.
        span: where it stands.
    """
    first = next((p for p in parts if isinstance(p, Unknown)), None)
    unknown = Unknown("a condition on data", span) if first is None else bare(first)
    if sum(_key_of(part)[1] for part in parts) > _MOST_PARTS:
        # What is settled holds nothing that could grow.
        parts = () if settled else (unknown,)
    return Junction(parts, unknown, every=every, settled=settled)


def bare(unknown: Unknown) -> Unknown:
    """What is made of an unknown: not known for the same reason, and not the same thing."""
    return unknown if type(unknown) is Unknown else Unknown(unknown.reason, unknown.span)


def derive(operation: str, *values: Value, span: Span | None = None) -> Unknown:
    """What an operation makes of values, some of which are unknown.

    Args:
        operation: its name; the same operation on the same values makes the same.
        values: what it is applied to.
        span: where it became unknown, if that is not where the first unknown value did.
    """
    first = next((v for v in values if isinstance(v, Unknown)), None)
    unknown = Unknown("a condition on data", span) if first is None else bare(first)
    keys = [_key_of(value) for value in values]
    size = 1 + sum(size for _, size in keys)
    if size > _MOST_PARTS:
        return unknown
    kind = Condition if _compares_with_a_constant(operation, values) else Computed
    return kind(unknown, operation, values, (operation, *(key for key, _ in keys)), size)


def _compares_with_a_constant(operation: str, values: tuple[Value, ...]) -> bool:
    if operation == "in":
        return isinstance(values[1], tuple) and all(map(is_constant, values[1]))
    return operation in _TURNED and is_constant(values[1])


def identity(value: Value) -> Hashable:
    """What tells a value from any other, as long as that value lives."""
    return _key_of(value)[0]


def _key_of(value: Value) -> tuple[Hashable, int]:
    if isinstance(value, Computed):
        return value.key, value.size
    if isinstance(value, Parameter) and not value.replaced:
        return ("parameter", value.reason), 1
    if isinstance(value, Negation):
        key, size = _key_of(value.of)
        return ("not", key), size + 1
    if isinstance(value, Junction):
        return _key_of(("and" if value.every else "or", *value.parts))
    if isinstance(value, (Foreign, LibraryName)):
        return ("name", value.path), 1
    if is_constant(value):
        return (type(value), value), 1
    if isinstance(value, Symbolic):
        return ("dim", value), 1
    if isinstance(value, tuple) and len(value) < _MOST_PARTS:
        keys = [_key_of(item) for item in value]
        size = 1 + sum(size for _, size in keys)
        if size <= _MOST_PARTS:
            return tuple(key for key, _ in keys), size
    return ("object", id(value)), 1


def is_constant(value: Value) -> bool:
    """Whether a value is a number, a text, a truth value or None."""
    if type(value) is str:
        return len(value) <= _MOST_LETTERS
    return value is None or type(value) in (bool, int, float)


# By the kind of a comparison: how it is written here, and whether that is its opposite.
_WRITTEN: dict[type[ast.cmpop], tuple[str, bool]] = {
    ast.Eq: ("==", False), ast.NotEq: ("==", True), ast.Is: ("==", False), ast.IsNot: ("==", True),
    ast.In: ("in", False), ast.NotIn: ("in", True), ast.Lt: ("<", False), ast.GtE: ("<", True),
    ast.Gt: (">", False), ast.LtE: (">", True),
}  # fmt: skip
_TURNED = {"==": "==", "<": ">", ">": "<"}


def condition(op: ast.cmpop, left: Value, right: Value, span: Span | None = None) -> Unknown:
    """The condition `left op right`, of which it is not known whether it holds."""
    operator, negated = _WRITTEN[type(op)]
    if operator != "in" and is_constant(left) and not is_constant(right):
        left, right, operator = right, left, _TURNED[operator]
    if operator == "in" and isinstance(right, (list, set, frozenset, dict)):
        right = tuple(right)
    made = derive(operator, left, right, span=span)
    return negation(made) if negated else made
