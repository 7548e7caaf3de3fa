"""Names of a notebook to which its cells give several values.

A function that no cell calls is there for a cell that calls it: any behind its definition. What a
name holds by then is not known, if a cell behind the definition gives it another value.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.values import LibraryName, Parameter, Value

# Values that are the same if they are equal.
_PLAIN = (bool, int, float, complex, str, bytes, LibraryName)


class Rebindings:
    """When each name of a module was bound, and when it got another value."""

    __slots__ = ("_bound", "_changed", "_count")

    def __init__(self) -> None:
        self._bound: dict[str, int] = {}
        self._changed: dict[str, int] = {}
        self._count = 0

    def note(self, names: dict[str, Value], name: str, value: Value) -> None:
        """Say that a name is about to be bound.

        Args:
            names: what is bound so far.
            name: the name.
            value: what it will hold.
        """
        self._count += 1
        self._bound[name] = self._count
        if name in names and not _is_same(names[name], value):
            self._changed[name] = self._count

    def since(self, name: str) -> list[str]:
        """The names that got another value after `name` was bound."""
        when = self._bound.get(name, 0)
        return [other for other, changed in self._changed.items() if changed > when]


class ChangingName(Parameter):
    """What a name holds when a function is called that no cell calls."""

    __slots__ = ()

    def __init__(self, name: str) -> None:
        super().__init__(name, "")
        self.reason = f"the cells give `{name}` several values"


@contextmanager
def unsettled(run: Interpreter, function: str) -> Iterator[Interpreter]:
    """Take for unknown what cells behind the definition of a function have changed.

    Args:
        run: a run through the module, which has come to its end.
        function: the function's name.
    """
    names = run.module.names
    before = dict(names)
    unsettle(run, function)
    try:
        yield run
    finally:
        names.clear()
        names.update(before)


def unsettle(run: Interpreter, function: str) -> Interpreter:
    """Do so for good."""
    rebindings = run.module.rebindings
    if rebindings is not None:
        changed = rebindings.since(function)
        run.module.names.update((name, ChangingName(name)) for name in changed)
    return run


def _is_same(one: Value, other: Value) -> bool:
    return one is other or (type(one) is type(other) and isinstance(one, _PLAIN) and one == other)


__all__ = ["ChangingName", "Rebindings", "unsettle", "unsettled"]
