"""Scopes, and the trail by which what a branch did can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shapecalc.frontends.python.values import Value
from shapecalc.project import Module
from shapecalc.source import SourceFile

if TYPE_CHECKING:
    from shapecalc.frontends.python.rebinding import Rebindings


class Scope:
    """The names of a module, class body or function call.

    Attributes:
        names: what is bound here.
        parent: the scope around it, skipping class bodies as Python does.
        module: the module's scope.
        outer_names: names that a `global` or `nonlocal` statement sends elsewhere.
        source: a module's text.
        file: a module's file in the project, where that is known.
        certain: of a module, whether a name that it has not bound is not bound in Python.
        rebindings: of a notebook, which names its cells bind anew.
    """

    __slots__ = (
        "certain", "file", "is_class", "module", "names", "outer_names", "parent", "rebindings",
        "source",
    )  # fmt: skip

    def __init__(
        self,
        parent: Scope | None = None,
        module: Scope | None = None,
        *,
        is_class: bool = False,
        source: SourceFile | None = None,
        file: Module | None = None,
    ) -> None:
        self.names: dict[str, Value] = {}
        self.parent = parent
        self.module = module or self
        self.outer_names: dict[str, Scope] | None = None
        self.is_class = is_class
        self.source = source
        self.file = file
        self.certain = True
        self.rebindings: Rebindings | None = None

    def holder(self, name: str) -> Scope | None:
        """The scope in which a look-up of `name` from here ends, or None."""
        if self.outer_names and name in self.outer_names:
            target = self.outer_names[name]
            return target if name in target.names else None
        scope: Scope | None = self
        while scope is not None:
            if name in scope.names and (scope is self or not scope.is_class):
                return scope
            scope = scope.parent
        return None

    def target(self, name: str) -> Scope:
        """The scope that an assignment to `name` writes to."""
        if self.outer_names and name in self.outer_names:
            return self.outer_names[name]
        return self


class Trail:
    """What containers held before a speculative branch wrote to them.

    A container is a list, dict or set: scopes and objects keep their names in dicts.
    """

    __slots__ = ("_saved", "outer")

    def __init__(self, outer: Trail | None = None) -> None:
        self._saved: dict[int, tuple[Any, Any]] = {}
        self.outer = outer

    def save(self, container: Any) -> None:
        """Remember a container's contents before the first write to it."""
        if id(container) not in self._saved:
            self._saved[id(container)] = (container, container.copy())
        if self.outer is not None:
            self.outer.save(container)

    def changes(self) -> dict[int, tuple[Any, Any]]:
        """The containers written to, with what they hold now."""
        return {key: (box, box.copy()) for key, (box, _) in self._saved.items()}

    def saved(self) -> list[tuple[Any, Any]]:
        """The containers written to, with what they held at first."""
        return list(self._saved.values())

    def undo(self) -> None:
        """Give every container its old contents."""
        for container, before in self._saved.values():
            replace_contents(container, before)

    def before(self, key: int) -> Any:
        """What a container held at first, or None if it was not written to."""
        found = self._saved.get(key)
        return None if found is None else found[1]


def replace_contents(container: Any, contents: Any) -> None:
    """Make a list, dict or set hold other contents, in place."""
    if isinstance(container, list):
        container[:] = contents
    else:
        container.clear()
        container.update(contents)
