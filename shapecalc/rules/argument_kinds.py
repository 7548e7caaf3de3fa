"""The kinds of argument that a rule can declare: what Keras accepts for each, and what it becomes.

A layer's documentation and its test strategy are drawn from them as well.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from shapecalc.dims import Dim, Symbolic
from shapecalc.rules.named_objects import INITIALIZERS
from shapecalc.rules.refusal import InvalidArgument
from shapecalc.rules.session import current_session
from shapecalc.rules.unknown import Unknown, unknown_dim

REQUIRED: Any = type("Required", (), {"__repr__": lambda self: "REQUIRED"})()


class Argument:
    """One argument of a layer: its name, default and what it accepts.

    A subclass defines `accept`, which returns the normalised value or raises `ValueError`
    with what was expected, as a phrase.

    Attributes:
        name: set when the class that declares it is made.
        default: `REQUIRED` where there is none.
        symbol: how formulas call it, where it is not its name.
        bears: whether shape or weights can depend on it.
    """

    bears = True

    def __init__(self, default: Any = REQUIRED, symbol: str | None = None) -> None:
        self.default = default
        self.symbol = symbol
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @property
    def required(self) -> bool:
        """Whether a call must give it."""
        return self.default is REQUIRED

    def accept(self, value: Any, owner: Any) -> Any:
        """Normalise `value` for a layer `owner` whose earlier arguments are set."""
        raise NotImplementedError

    def accept_unknown(self, unknown: Unknown, owner: Any) -> Any:
        """What an unknown value becomes: itself, unless a dim variable can stand for it."""
        return unknown

    def bind(self, value: Any, owner: Any) -> Any:
        """`accept`, with refusals that name the argument.

        Raises:
            InvalidArgument: Keras would refuse the value.
        """
        if isinstance(value, Unknown):
            return self.accept_unknown(value, owner)
        try:
            return self.accept(value, owner)
        except (ValueError, TypeError) as error:
            raise InvalidArgument(
                f"`{self.name}` must be {error}, got {value!r:.200}", argument=self.name
            ) from None


def _is_int(value: Any) -> bool:
    return isinstance(value, (int, Symbolic))


class Size(Argument):
    """A length or count: an int of at least `least`, or a symbolic dim.

    Args:
        least: the smallest value that Keras accepts.
        optional: whether None is accepted.
        boolean: whether True is accepted for 1, as Python's isinstance has it.
    """

    def __init__(
        self,
        default: Any = REQUIRED,
        symbol: str | None = None,
        *,
        least: int = 1,
        optional: bool = False,
        boolean: bool = True,
    ) -> None:
        super().__init__(default, symbol)
        self.least = least
        self.optional = optional
        self.boolean = boolean

    def accept(self, value: Any, owner: Any) -> Dim | None:
        if value is None and self.optional:
            return None
        number = _is_int(value) and (self.boolean or not isinstance(value, bool))
        if not number or (isinstance(value, int) and value < self.least):
            positive = "a positive integer" if self.least == 1 else f"an integer ≥ {self.least}"
            raise ValueError(positive)
        result: Dim = value
        return result

    def accept_unknown(self, unknown: Unknown, owner: Any) -> Dim:
        return unknown_dim(unknown.reason)


class Window(Argument):
    """One positive int, or one for each of the layer's spatial axes; normalised to a tuple.

    Args:
        least: 1, or 0 where Keras allows zeros.
        rank: the number of axes; None for the layer's own `rank`.
        optional: whether None is accepted.
    """

    def __init__(
        self,
        default: Any = REQUIRED,
        symbol: str | None = None,
        *,
        least: int = 1,
        rank: int | None = None,
        optional: bool = False,
    ) -> None:
        super().__init__(default, symbol)
        self.least = least
        self.rank = rank
        self.optional = optional

    def accept(self, value: Any, owner: Any) -> tuple[Dim, ...] | None:
        if value is None and self.optional:
            return None
        rank = self.rank or owner.rank
        expected = f"a {'positive' if self.least else 'non-negative'} integer" + (
            f" or a tuple of {rank} of them" if rank > 1 else ""
        )
        values = (value,) * rank if _is_int(value) else value
        if not isinstance(values, (tuple, list)) or len(values) != rank:
            raise ValueError(expected)
        axes = tuple(unknown_dim(v.reason) if isinstance(v, Unknown) else v for v in values)
        for axis in axes:
            if not _is_int(axis) or (isinstance(axis, int) and axis < self.least):
                raise ValueError(expected)
        return axes

    def accept_unknown(self, unknown: Unknown, owner: Any) -> tuple[Dim, ...]:
        rank = self.rank or owner.rank
        return tuple(unknown_dim(unknown.reason) for _ in range(rank))


class Choice(Argument):
    """One word out of several.

    Args:
        options: the words; None may be one of them.
        fold_case: whether Keras lowers the word first.
    """

    def __init__(
        self, *options: str | None, default: Any = REQUIRED, fold_case: bool = True
    ) -> None:
        super().__init__(default)
        self.options = options
        self.fold_case = fold_case

    def accept(self, value: Any, owner: Any) -> str | None:
        word = value.lower() if isinstance(value, str) and self.fold_case else value
        for option in self.allowed(owner):
            if option is word or (isinstance(word, str) and option == word):
                return option
        words = [repr(o) for o in self.allowed(owner)]
        raise ValueError(" or ".join([", ".join(words[:-1]), words[-1]] if words[1:] else words))

    def allowed(self, owner: Any) -> tuple[str | None, ...]:
        """The words that this layer accepts."""
        return self.options


class Padding(Choice):
    """`valid` or `same`; `causal` too for the one-dimensional convolutions."""

    def __init__(self, default: Any = "valid", *, causal: bool = False, fold_case: bool = True):
        super().__init__("valid", "same", default=default, fold_case=fold_case)
        self.causal = causal

    def allowed(self, owner: Any) -> tuple[str | None, ...]:
        return (*self.options, "causal") if self.causal and owner.rank == 1 else self.options


class DataFormat(Choice):
    """`channels_last` or `channels_first`; None is the session's setting."""

    def __init__(self, *, fold_case: bool = True) -> None:
        super().__init__("channels_last", "channels_first", default=None, fold_case=fold_case)

    def accept(self, value: Any, owner: Any) -> str | None:
        return super().accept(current_session().data_format if value is None else value, owner)


class Flag(Argument):
    """A truth value; Keras takes anything and asks for its truth."""

    def accept(self, value: Any, owner: Any) -> bool:
        return bool(value)


class Integer(Argument):
    """Any int, within bounds if given (an axis, a group count)."""

    def __init__(
        self, default: Any = REQUIRED, *, least: int | None = None, optional: bool = False
    ) -> None:
        super().__init__(default)
        self.least = least
        self.optional = optional

    def accept(self, value: Any, owner: Any) -> int | None:
        if value is None and self.optional:
            return None
        if not isinstance(value, int) or (self.least is not None and value < self.least):
            raise ValueError("an integer" if self.least is None else f"an integer ≥ {self.least}")
        return value


class Axes(Argument):
    """An axis, or a list of them; normalised to a tuple of ints, from the end if negative.

    Args:
        optional: whether None is accepted.
    """

    def __init__(self, default: Any = REQUIRED, *, optional: bool = False) -> None:
        super().__init__(default)
        self.optional = optional

    def accept(self, value: Any, owner: Any) -> Any:
        if value is None and self.optional:
            return None
        axes = tuple(value) if isinstance(value, (tuple, list)) else (value,)
        for axis in axes:
            if isinstance(axis, Unknown):
                return axis
            if not isinstance(axis, int):
                raise ValueError("an integer or a list of integers")
        return axes


class Number(Argument):
    """A real number within a closed interval; it does not bear on shape or weights.

    Args:
        low: the least number that Keras accepts.
        high: the greatest.
        optional: whether None is accepted.
    """

    bears = False

    def __init__(
        self,
        default: Any = REQUIRED,
        *,
        low: float | None = None,
        high: float | None = None,
        optional: bool = False,
    ) -> None:
        super().__init__(default)
        self.low = low
        self.high = high
        self.optional = optional

    def accept(self, value: Any, owner: Any) -> Any:
        if isinstance(value, Symbolic) or (value is None and self.optional):
            return value
        if not isinstance(value, (int, float)):
            raise ValueError("a number")
        if self.low is not None and not self.low <= value:
            raise ValueError(self._expected())
        if self.high is not None and not value <= self.high:
            raise ValueError(self._expected())
        return value

    def _expected(self) -> str:
        if self.high is None:
            return f"a number ≥ {self.low}"
        return f"a number from {self.low} to {self.high}"


class Named(Argument):
    """An object or the name of one that Keras knows (an activation, an initializer, …)."""

    bears = False

    def __init__(self, names: frozenset[str], what: str, default: Any = None) -> None:
        super().__init__(default)
        self.names = names
        self.what = what

    def accept(self, value: Any, owner: Any) -> Any:
        if isinstance(value, str) and not self._is_known(value):
            raise ValueError(f"the name of {self.what} that Keras knows")
        # A tensor is what layers are called on, not made with.
        if isinstance(value, (bool, int, float, list, tuple)) or hasattr(value, "apply_layer"):
            raise ValueError(f"{self.what} or its name")
        return value

    def _is_known(self, name: str) -> bool:
        """Whether Keras finds an object by a name.

        Of those that the program registers, it finds the initializers.
        """
        if name in self.names or self.names is not INITIALIZERS:
            return name in self.names
        registered = current_session().custom_objects
        return name in registered or not all(isinstance(key, str) for key in registered)


class Inert(Argument):
    """Anything: it bears on neither shape nor weights and Keras does not check it."""

    bears = False

    def accept(self, value: Any, owner: Any) -> Any:
        return value


class Checked(Argument):
    """An argument with a check of its own.

    Args:
        check: called with the value and the layer; returns the normalised value or raises
            `ValueError` with what was expected.
        bears: whether shape or weights can depend on it.
    """

    def __init__(
        self,
        check: Callable[[Any, Any], Any],
        default: Any = REQUIRED,
        symbol: str | None = None,
        *,
        bears: bool = True,
    ) -> None:
        super().__init__(default, symbol)
        self.check = check
        self.bears = bears

    def accept(self, value: Any, owner: Any) -> Any:
        return self.check(value, owner)
