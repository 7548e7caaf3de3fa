"""Calls of layers whose results a program reads nowhere, told from its text alone.

`layers.Dropout(0.5)(x)` on a line of its own, `h = layers.Dense(8)(x)` where nothing asks for `h`
before it is something else, and `self.drop = layers.Dropout(0.5)` where nothing ever asks for a
`drop`. What may be read in a way that the text does not show (`eval`, `getattr`, a closure) is
taken for read.
"""

from __future__ import annotations

import ast
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

# Functions that read names or attributes of which the text shows nothing.
_READERS = frozenset({"dir", "eval", "exec", "getattr", "globals", "hasattr", "locals", "vars"})
_LISTS = frozenset({"__dict__", "_flatten_layers", "_layers", "layers", "submodules"})
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)

Scope = ast.Module | ast.FunctionDef


class Unread(NamedTuple):
    """A call whose value nothing reads.

    Attributes:
        node: the call.
        scope: the function that it stands in, or the module.
        attribute: the attribute of `self` that its value is given to, or None.
    """

    node: ast.Call
    scope: ast.AST
    attribute: str | None = None


@lru_cache(maxsize=1)
def unread_results(tree: ast.Module) -> list[Unread]:
    """The calls of a module whose results nothing reads, `layers.Dense(8)(x)` or `self.drop`'s."""
    scopes = [node for node in ast.walk(tree) if isinstance(node, Scope)]
    return [*(one for scope in scopes for one in _unread_in(scope)), *_unread_attributes(tree)]


# --- names ---------------------------------------------------------------------------------------


class _Mentions:
    """Where a scope mentions a name.

    Attributes:
        places: the lines and columns, in order.
        read: whether it is more than given values.
        inside: whether a function within the scope mentions it, which may be called at any time.
    """

    __slots__ = ("inside", "places", "read")

    def __init__(self) -> None:
        self.places: list[tuple[int, int]] = []
        self.read = False
        self.inside = False


def _unread_in(scope: Scope) -> Iterator[Unread]:
    mentions = _mentions_in(scope)
    if mentions.keys() & _READERS:
        return
    for block, nested in _blocks(scope, False):
        for place, statement in enumerate(block):
            discarded = _immediate(statement.value) if isinstance(statement, ast.Expr) else None
            if discarded is not None:
                yield Unread(discarded, scope)
            target = _target(statement)
            if target is None or target.startswith("_"):
                continue
            value = _immediate(statement.value)  # type: ignore[attr-defined]
            if value is not None and _is_unread(
                target, mentions[target], block, place, nested=nested
            ):
                yield Unread(value, scope)


def _mentions_in(scope: Scope) -> dict[str, _Mentions]:
    """Where a scope mentions names, by the name."""
    found: dict[str, _Mentions] = {}
    stack: list[tuple[ast.AST, bool]] = [(statement, False) for statement in scope.body]
    while stack:
        node, inside = stack.pop()
        if isinstance(node, (ast.Global, ast.Nonlocal)):
            for name in node.names:
                found.setdefault(name, _Mentions()).inside = True
        elif isinstance(node, ast.Name):
            mentions = found.setdefault(node.id, _Mentions())
            mentions.places.append(_start(node))
            mentions.read |= not isinstance(node.ctx, ast.Store)
            mentions.inside |= inside
        inside = inside or isinstance(node, _FUNCTIONS)
        stack.extend((child, inside) for child in ast.iter_child_nodes(node))
    for mentions in found.values():
        mentions.places.sort()
    return found


def _start(node: ast.AST) -> tuple[int, int]:
    return node.lineno, node.col_offset  # type: ignore[attr-defined]


def _end(node: ast.stmt) -> tuple[int, int]:
    return node.end_lineno or node.lineno, node.end_col_offset or 0


def _blocks(node: ast.AST, nested: bool) -> Iterator[tuple[list[ast.stmt], bool]]:
    """The lists of statements of a scope, and whether each stands within another statement.

    Those of functions and classes in it are left out.
    """
    for field in ("body", "orelse", "finalbody"):
        block = getattr(node, field, None)
        if not isinstance(block, list):
            continue
        yield block, nested
        for statement in block:
            if not isinstance(statement, (*_FUNCTIONS, ast.ClassDef)):
                yield from _blocks(statement, True)
    for branch in [*getattr(node, "handlers", ()), *getattr(node, "cases", ())]:
        yield from _blocks(branch, True)


def _immediate(value: ast.expr) -> ast.Call | None:
    """A call of what has just been made: `layers.Dropout(0.5)(x)`."""
    return value if isinstance(value, ast.Call) and isinstance(value.func, ast.Call) else None


def _target(statement: ast.stmt) -> str | None:
    """The one name that a statement gives a value to."""
    if not isinstance(statement, ast.Assign) or len(statement.targets) != 1:
        return None
    target = statement.targets[0]
    return target.id if isinstance(target, ast.Name) else None


def _is_unread(
    name: str, mentions: _Mentions, block: list[ast.stmt], place: int, *, nested: bool
) -> bool:
    """Whether nothing reads a name after a statement has given it a value.

    Args:
        name: the name.
        mentions: where the scope mentions it.
        block: the statements among which that one stands.
        place: which of them it is.
        nested: whether they stand within another statement, such as a loop.
    """
    if mentions.inside:
        return False
    places = mentions.places
    later = bisect_right(places, _end(block[place]))
    if later == len(places):
        # What stands before it may come after it, in a loop.
        return not nested or not mentions.read
    statement = block[bisect_right(block, places[later], key=_start) - 1]
    end = _end(statement)
    if places[later] > end or _target(statement) != name:
        return False
    # It is given another value, and that does not depend on this one.
    return later + 1 == len(places) or places[later + 1] > end


# --- attributes ----------------------------------------------------------------------------------


def _unread_attributes(tree: ast.Module) -> Iterator[Unread]:
    """What a class with a `call` gives to an attribute of `self` that nothing reads."""
    classes = [n for n in ast.walk(tree) if isinstance(n, ast.ClassDef) and _has_call(n)]
    if not classes:
        return
    read = {
        node.attr if isinstance(node, ast.Attribute) else node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        or (isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Store))
    }
    for cls in classes:
        if any(map(_reads_all, ast.walk(cls))):
            continue
        for method in cls.body:
            for statement in ast.walk(method):
                attribute = _attribute(statement)
                value = getattr(statement, "value", None)
                if attribute is not None and isinstance(value, ast.Call) and attribute not in read:
                    yield Unread(value, method, attribute)


def _has_call(cls: ast.ClassDef) -> bool:
    return any(isinstance(node, ast.FunctionDef) and node.name == "call" for node in cls.body)


def _reads_all(node: ast.AST) -> bool:
    """Whether it may read any attribute."""
    if isinstance(node, ast.Attribute):
        return node.attr in _LISTS
    return isinstance(node, ast.Name) and node.id in _READERS


def _attribute(statement: ast.AST) -> str | None:
    """The attribute of `self` that a statement gives a value to."""
    if not isinstance(statement, ast.Assign) or len(statement.targets) != 1:
        return None
    target = statement.targets[0]
    if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):
        return target.attr if target.value.id == "self" else None
    return None
