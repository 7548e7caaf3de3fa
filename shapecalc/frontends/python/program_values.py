"""Values that the program itself defines: its functions, classes, objects and modules."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from shapecalc.frontends.python.values import LibraryName, Value
from shapecalc.source import Span

if TYPE_CHECKING:
    from shapecalc.frontends.python.environment import Scope


class Function:
    """A function, lambda or method of the program, with the scope it closes over.

    Attributes:
        node: its definition.
        owner: the class that defines it.
        looked_through: where a decorator stands that is not known, or None.
    """

    __slots__ = (
        "_yields", "attributes", "defaults", "kw_defaults", "looked_through", "name", "node",
        "owner", "scope",
    )  # fmt: skip

    def __init__(
        self,
        node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda,
        scope: Scope,
        defaults: list[Value],
        kw_defaults: list[Value | None],
    ) -> None:
        self.node = node
        self.name = getattr(node, "name", "<lambda>")
        self.scope = scope
        self.defaults = defaults
        self.kw_defaults = kw_defaults
        self.owner: Class | None = None
        self.looked_through: Span | None = None
        self.attributes: dict[str, Value] = {}
        self._yields: bool | None = None

    def __repr__(self) -> str:
        return f"<function {self.name}>"

    @property
    def is_generator(self) -> bool:
        """Whether its body yields: looked up when it is called, which most never are."""
        if self._yields is None:
            node = self.node
            self._yields = not isinstance(node, ast.Lambda) and _yields(node.body)
        return self._yields


def _yields(body: list[ast.stmt]) -> bool:
    """Whether a function's own body yields (functions within it don't count)."""
    stack: list[ast.AST] = list(body)
    while stack:
        node = stack.pop()
        if isinstance(node, (ast.Yield, ast.YieldFrom)):
            return True
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)):
            continue
        # As `ast.iter_child_nodes`, at half its price: this meets every node that runs.
        for field in node._fields:
            value = getattr(node, field, None)
            if isinstance(value, list):
                stack.extend(item for item in value if isinstance(item, ast.AST))
            elif isinstance(value, ast.AST):
                stack.append(value)
    return False


# Bases that give objects nothing but what Python's own types have, and what is modelled.
_PLAIN_BASES = frozenset(
    """
    object dict list set tuple int float str abc.ABC typing.Generic typing.Protocol
    enum.Enum enum.IntEnum enum.StrEnum enum.Flag enum.IntFlag typing.NamedTuple
    """.split()
)


class Class:
    """A class of the program.

    Attributes:
        name: its name.
        bases: its bases, as values.
        namespace: what its body defines.
        mro: itself and its bases in method resolution order; library bases as `LibraryName`.
        metaclass: the class of the program that it is an object of, or None.
        altered: what else may have changed it, a metaclass, or None.
    """

    __slots__ = ("altered", "bases", "metaclass", "mro", "name", "namespace", "node")

    def __init__(
        self, name: str, bases: tuple[Value, ...], namespace: dict[str, Value], node: ast.ClassDef
    ) -> None:
        self.name = name
        self.bases = bases
        self.namespace = namespace
        self.node = node
        self.mro = linearize(self)
        self.altered: str | None = None
        self.metaclass: Class | None = next(
            (c.metaclass for c in self.mro[1:] if isinstance(c, Class) and c.metaclass), None
        )

    def __repr__(self) -> str:
        return f"<class {self.name}>"

    def lookup(
        self, name: str, after: Class | LibraryName | None = None
    ) -> tuple[Value, Class] | None:
        """What `name` is along the resolution order, and the class that defines it.

        Args:
            name: the attribute.
            after: look only behind this class (what `super()` does).
        """
        mro = self.mro
        start = mro.index(after) + 1 if after is not None else 0
        for cls in mro[start:]:
            if isinstance(cls, Class) and name in cls.namespace:
                return cls.namespace[name], cls
        return None

    def unfollowed(self) -> str | None:
        """What may give it attributes that are not known here: a base or a metaclass, or None."""
        for base in self.library_bases():
            if base not in _PLAIN_BASES:
                return base
        return next((c.altered for c in self.mro if isinstance(c, Class) and c.altered), None)

    def library_bases(self) -> list[str]:
        """The canonical names of its library bases, nearest first."""
        return [c.path for c in self.mro if isinstance(c, LibraryName)]


def made_class(
    name: str, bases: tuple[Value, ...], namespace: dict[str, Value] | None = None
) -> Class:
    """A class that a library makes: no source defines it."""
    node = ast.ClassDef(name=name, bases=[], keywords=[], body=[], decorator_list=[])
    return Class(name, bases, {} if namespace is None else namespace, node)


def linearize(cls: Class) -> list[Any]:
    """Method resolution order by C3; depth first where C3 fails."""
    sequences = [
        list(b.mro) if isinstance(b, Class) else [b]
        for b in cls.bases
        if isinstance(b, (Class, LibraryName))
    ]
    sequences.append([b for b in cls.bases if isinstance(b, (Class, LibraryName))])
    order: list[Any] = [cls]
    while any(sequences):
        sequences = [s for s in sequences if s]
        for sequence in sequences:
            head = sequence[0]
            if not any(head in s[1:] for s in sequences):
                break
        else:
            head = sequences[0][0]
        order.append(head)
        sequences = [[c for c in s if c is not head and c != head] for s in sequences]
    return order


class Instance:
    """An object of a class of the program (one that is no Keras layer)."""

    __slots__ = ("attributes", "cls")

    def __init__(self, cls: Class, attributes: dict[str, Value] | None = None) -> None:
        self.cls = cls
        self.attributes: dict[str, Value] = {} if attributes is None else attributes

    def __repr__(self) -> str:
        return f"<{self.cls.name} object>"


class BoundMethod:
    """A function of the program with its first argument."""

    __slots__ = ("function", "receiver")

    def __init__(self, receiver: Value, function: Value) -> None:
        self.receiver = receiver
        self.function = function


class Super:
    """`super()`: attribute look-up behind a class of the program, or one of Keras's layers."""

    __slots__ = ("after", "receiver")

    def __init__(self, receiver: Value, after: Class | LibraryName) -> None:
        self.receiver = receiver
        self.after = after


class Descriptor:
    """A property, cached_property, staticmethod or classmethod in a class body.

    Attributes:
        kind: which one.
        function: the function that it wraps; of a property, the one that reads it.
        setter: of a property, the function that writes it, or None.
    """

    __slots__ = ("function", "kind", "setter")

    def __init__(self, kind: str, function: Value, setter: Value = None) -> None:
        self.kind = kind
        self.function = function
        self.setter = setter


class Module:
    """A module of the project's own, executed."""

    __slots__ = ("name", "scope")

    def __init__(self, name: str, scope: Scope) -> None:
        self.name = name
        self.scope = scope
