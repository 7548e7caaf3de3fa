"""What a program looks up by names that it computes: `globals()[f"ResNet{depth}"]`."""

from __future__ import annotations

from shapecalc.frontends.python.environment import Scope
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.library.registry import methods, models
from shapecalc.frontends.python.values import LibraryObject, Value

LIBRARIES = ("",)


class NamesInScope(LibraryObject):
    """The names of a module or of a call under way, with what they hold.

    Which names there are is not said: some may be bound under unknown conditions.

    Attributes:
        scope: where they are bound.
    """

    __slots__ = ("scope",)

    def __init__(self, scope: Scope) -> None:
        super().__init__("builtins.dict")
        self.scope = scope


@models("globals")
def globals_(run: Interpreter) -> Value:
    return NamesInScope(run.frame.scope.module)


@models("locals")
def locals_(run: Interpreter) -> Value:
    return NamesInScope(run.frame.scope)


@methods(NamesInScope, "__getitem__", "get", unknowns=True)
def look_up(run: Interpreter, names: NamesInScope, name: Value, default: Value = None) -> Value:
    found = names.scope.names
    if isinstance(name, str) and name in found:
        return found[name]
    return run.unknown("what is known only when the program runs")


@methods(NamesInScope, "__setitem__", unknowns=True)
def bind(run: Interpreter, names: NamesInScope, name: Value, value: Value) -> None:
    if isinstance(name, str):
        run.touch(names.scope.names)
        names.scope.names[name] = value
    else:
        # It may be any name, also one that is not bound yet.
        names.scope.module.certain = False
