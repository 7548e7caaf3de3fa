"""Dims: plain ints, variables, and expressions in variables, with one arithmetic for all three."""

from __future__ import annotations

# As in `typing`, whose import would cost more than this whole room.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from types import ModuleType
    from typing import Any, NoReturn

KINDS = ("batch", "free", "data", "unknown")


def _door() -> ModuleType:
    """Import the symbolic engine, and sympy with it: the one deferred import of the project.

    It costs about half a second, so it happens when arithmetic is first done on a symbol.
    """
    from shapecalc.dims import _engine

    return _engine


class UndecidedDimError(TypeError):
    """A symbolic dim was asked for what it has not: truth, order or a value."""


class Symbolic:
    """A dim that is not a number yet: a `Variable` or an `Expression`.

    `+ - * // %` and unary `-` take ints and other symbolic dims on either side and mean what they
    mean for Python's ints; the result is an int when it is constant. `==` and `hash` compare the
    normal form. There is no order and no truth: `compare` answers those.
    """

    __slots__ = ()

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"a dim cannot be changed: {name}")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"a dim cannot be changed: {name}")

    def __copy__(self) -> Symbolic:
        return self

    def __deepcopy__(self, memo: object) -> Symbolic:
        return self

    def __neg__(self) -> Dim:
        return _computed("negate", self)

    def __pos__(self) -> Dim:
        return self

    def __add__(self, other: Dim) -> Dim:
        if not isinstance(other, (int, Symbolic)):
            return NotImplemented
        if isinstance(other, int) and other == 0:
            return self
        return _computed("add", self, other)

    __radd__ = __add__

    def __sub__(self, other: Dim) -> Dim:
        if not isinstance(other, (int, Symbolic)):
            return NotImplemented
        if isinstance(other, int) and other == 0:
            return self
        if self == other:
            return 0
        return _computed("subtract", self, other)

    def __rsub__(self, other: Dim) -> Dim:
        if not isinstance(other, (int, Symbolic)):
            return NotImplemented
        return _computed("subtract", other, self)

    def __mul__(self, other: Dim) -> Dim:
        if not isinstance(other, (int, Symbolic)):
            return NotImplemented
        if isinstance(other, int) and other in (0, 1):
            return self if other else 0
        return _computed("multiply", self, other)

    __rmul__ = __mul__

    def __floordiv__(self, other: Dim) -> Dim:
        if not isinstance(other, (int, Symbolic)):
            return NotImplemented
        if isinstance(other, int) and other == 1:
            return self
        return _computed("floor_divide", self, other)

    def __rfloordiv__(self, other: Dim) -> Dim:
        if not isinstance(other, (int, Symbolic)):
            return NotImplemented
        return _computed("floor_divide", other, self)

    def __mod__(self, other: Dim) -> Dim:
        if not isinstance(other, (int, Symbolic)):
            return NotImplemented
        if isinstance(other, int) and other in (1, -1):
            return 0
        return _computed("remainder", self, other)

    def __rmod__(self, other: Dim) -> Dim:
        if not isinstance(other, (int, Symbolic)):
            return NotImplemented
        return _computed("remainder", other, self)

    def _refuse(self, *_: object) -> NoReturn:
        raise UndecidedDimError(
            f"the symbolic dim {self!r} has no truth, order or value; "
            "use shapecalc.dims.compare or a condition"
        )

    __bool__ = __lt__ = __le__ = __gt__ = __ge__ = __int__ = __index__ = __float__ = _refuse


class Variable(Symbolic):
    """A named dim that stands for an integer >= 1.

    Two variables are equal when name and kind are.

    Attributes:
        name: what a formula shows; usually a name or another Python primary such as
            `x_train.shape[1]`.
        kind: "batch" (the batch axis), "free" (an axis that Keras shows as None), "data" (a
            length that only the data knows) or "unknown" (it could not be followed).
        reason: why an unknown is unknown.
    """

    __slots__ = ("_hash", "kind", "name", "reason")
    name: str
    kind: str
    reason: str | None
    _hash: int

    def __init__(self, name: str, kind: str = "data", reason: str | None = None) -> None:
        """Make a variable.

        Raises:
            ValueError: for an empty name or another kind.
        """
        if not name:
            raise ValueError("a dim variable needs a name")
        if kind not in KINDS:
            raise ValueError(f"the kind of a dim variable is one of {', '.join(KINDS)}, not {kind}")
        keep = object.__setattr__
        keep(self, "name", name)
        keep(self, "kind", kind)
        keep(self, "reason", reason)
        keep(self, "_hash", hash((name, kind)))

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Variable):
            return NotImplemented
        return self.name == other.name and self.kind == other.kind

    def __hash__(self) -> int:
        return self._hash

    def __repr__(self) -> str:
        return self.name

    def __reduce__(self) -> tuple[Any, ...]:
        return (Variable, (self.name, self.kind, self.reason))


class Expression(Symbolic):
    """A formula in variables, in normal form; arithmetic makes it, nobody else should."""

    __slots__ = ("_form", "_variables", "_written")
    _form: Any
    _variables: frozenset[Variable]
    _written: Any

    def __init__(self, form: Any, variables: frozenset[Variable], written: Any = None) -> None:
        """Keep an engine's form, the variables that occur in it, and how it was put together."""
        keep = object.__setattr__
        keep(self, "_form", form)
        keep(self, "_variables", variables)
        keep(self, "_written", written)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Expression):
            return False if isinstance(other, (int, Variable)) else NotImplemented
        return self is other or bool(self._form == other._form)

    def __hash__(self) -> int:
        return hash(self._form)

    def __repr__(self) -> str:
        text: str = _door().text(self._form, self._written)
        return text

    def __reduce__(self) -> tuple[Any, ...]:
        return (Expression, (self._form, self._variables, self._written))


Dim = int | Symbolic
Shape = tuple[Dim, ...]

BATCH = Variable("B", "batch")


def form_of(dim: Dim) -> Any:
    """Return the engine's form of a dim (this loads the engine)."""
    if isinstance(dim, Expression):
        return dim._form
    if isinstance(dim, Variable):
        return _door().symbol(dim.name, dim.kind)
    if isinstance(dim, int):
        return _door().integer(int(dim))
    raise TypeError(f"a dim is an int or symbolic, not {type(dim).__name__}")


def written_of(dim: Dim) -> Any:
    """Return a dim as it was put together: equal to its form, but with products kept."""
    written = dim._written if isinstance(dim, Expression) else None
    return form_of(dim) if written is None else written


def wrapped(form: Any, candidates: frozenset[Variable], written: Any = None) -> Dim:
    """Return the dim of a form whose variables are among the candidates."""
    if form.is_Integer:
        return int(form)
    engine = _door()
    found = {engine.name_and_kind(symbol) for symbol in engine.symbols(form)}
    present = frozenset(v for v in candidates if (v.name, v.kind) in found)
    if form.is_Symbol:
        (variable,) = present
        return variable
    return Expression(form, present, written)


def _computed(operation: str, *operands: Dim) -> Dim:
    """Return the result of one of the engine's operations.

    What is computed from an unknown length is another one, which needs no engine: nothing could
    be proved of it anyway, and an analysis that met an unknown stays fast.
    """
    for operand in operands:
        if isinstance(operand, Variable) and operand.kind == "unknown":
            return unknown_length(operand.reason)
    engine = _door()
    compute: Callable[..., Any] = getattr(engine, operation)
    form = compute(*map(form_of, operands))
    written = engine.as_written(operation, [*map(written_of, operands)])
    return wrapped(form, _variables_of(operands), written)


def unknown_length(reason: str | None) -> Variable:
    """Return a dim that equals no other: a length that could not be followed, for `reason`."""
    global _unknowns
    _unknowns += 1
    return Variable(f"?{_unknowns}", "unknown", reason)


_unknowns = 0


def _variables_of(dims: Iterable[Dim]) -> frozenset[Variable]:
    return frozenset().union(*map(variables, dims))


def variables(dim: Dim) -> frozenset[Variable]:
    """Return the variables that occur in a dim."""
    if isinstance(dim, Variable):
        return frozenset((dim,))
    return dim._variables if isinstance(dim, Expression) else frozenset()


def is_unknown(dim: Dim) -> bool:
    """Say whether a variable of kind "unknown" occurs in a dim."""
    return not isinstance(dim, int) and any(v.kind == "unknown" for v in variables(dim))


def unknown_reason(dim: Dim) -> str | None:
    """Return why a dim is unknown (of several unknowns, the first by name), or None."""
    for variable in sorted(variables(dim), key=lambda v: v.name):
        if variable.kind == "unknown" and variable.reason is not None:
            return variable.reason
    return None


def product(dims: Iterable[Dim]) -> Dim:
    """Return the product of dims; of none, 1."""
    number, symbolic = 1, []
    for dim in dims:
        if isinstance(dim, int):
            number *= dim
        else:
            symbolic.append(dim)
    result: Dim = number
    for factor in symbolic:
        result = factor * result
    return result


def total(dims: Iterable[Dim]) -> Dim:
    """Return the sum of dims; of none, 0."""
    number, symbolic = 0, []
    for dim in dims:
        if isinstance(dim, int):
            number += dim
        else:
            symbolic.append(dim)
    if not symbolic:
        return number
    if len(symbolic) == 1:
        return symbolic[0] + number
    return _computed("add", *symbolic, number)


def maximum(a: Dim, b: Dim) -> Dim:
    """Return the greater dim, or a formula `max(a, b)` when which one is open."""
    if isinstance(a, int) and isinstance(b, int):
        return max(a, b)
    if a == b:
        return a
    for one, other in ((a, b), (b, a)):
        if isinstance(one, Variable) and isinstance(other, int) and other <= 1:
            return one
    return _computed("maximum", a, b)


def minimum(a: Dim, b: Dim) -> Dim:
    """Return the lesser dim, or a formula `min(a, b)` when which one is open."""
    if isinstance(a, int) and isinstance(b, int):
        return min(a, b)
    if a == b:
        return a
    for one, other in ((a, b), (b, a)):
        if isinstance(one, Variable) and isinstance(other, int) and other <= 1:
            return other
    return _computed("minimum", a, b)


def ceil_divide(a: Dim, b: Dim) -> Dim:
    """Return a/b rounded up, written (a - 1)//b + 1; `b` is positive.

    Raises:
        ZeroDivisionError: if `b` is 0.
    """
    return (a - 1) // b + 1


def substitute(dim: Dim, values: Mapping[str | Variable, Dim]) -> Dim:
    """Return a dim with variables replaced, all at once.

    Args:
        dim: any dim.
        values: by variable, or by name for variables of every kind; an int value is >= 1.

    Raises:
        ValueError: for an int value below 1, which no variable stands for.
        ZeroDivisionError: if a divisor becomes 0.
    """
    if isinstance(dim, int):
        return dim
    chosen: dict[Variable, Dim] = {}
    for variable in variables(dim):
        value = values.get(variable, values.get(variable.name))
        if value is None:
            continue
        if isinstance(value, int) and value < 1:
            raise ValueError(f"the dim variable {variable.name} is at least 1, not {value}")
        chosen[variable] = value
    if not chosen:
        return dim
    if isinstance(dim, Variable):
        return chosen[dim]
    forms = {form_of(variable): form_of(value) for variable, value in chosen.items()}
    candidates = variables(dim) | _variables_of(chosen.values())
    return wrapped(_door().rebuilt(form_of(dim), forms), candidates)
