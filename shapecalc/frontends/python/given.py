"""Values that the user gives a program: to a function's parameters, or to names of the module.

With the name of a function, a method (`Builder.build`) or a class of the file, the values are the
arguments of a call, and what that call builds is all that is told. Otherwise they are what the
module assigns to these names, wherever it does so outside of functions and classes.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, NamedTuple

from shapecalc.frontends.python.calls import call_value
from shapecalc.frontends.python.entry_points import (
    Arguments,
    arguments_for,
    explore,
    tell_of_ways,
)
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.program_values import BoundMethod, Class, Descriptor, Function
from shapecalc.frontends.python.values import Value
from shapecalc.graph.program import Program


class Given(NamedTuple):
    """What the user gives.

    Attributes:
        name: the function, method, class or model that is asked for, or None.
        values: the values by name.
    """

    name: str | None
    values: Mapping[str, Value]


class CannotGive(LookupError):
    """There is nothing that takes the values."""


def is_called(tree: ast.Module, name: str | None) -> bool:
    """Whether a name means a function, a method or a class of the file."""
    if name is None:
        return False
    first = name.partition(".")[0]
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return any(isinstance(s, kinds) and s.name == first for _, _, s in _statements(tree))


# --- the module's names ---------------------------------------------------------------------------


def assign(tree: ast.Module, values: Mapping[str, Value]) -> None:
    """Change a program so that it assigns these values to these names.

    Raises:
        CannotGive: it never assigns to one of them.
    """
    assigned: dict[str, None] = {}
    for body, _, statement in list(_statements(tree)):
        stored = _stored(statement)
        assigned.update(dict.fromkeys(stored))
        for name in stored:
            if name not in values:
                continue
            literal = ast.parse(repr(values[name]), mode="eval").body
            for node in ast.walk(literal):
                ast.copy_location(node, statement)
            if isinstance(statement, ast.AnnAssign) or _is_plain(statement):
                statement.value = literal  # type: ignore[attr-defined]
            else:
                target = ast.copy_location(ast.Name(name, ast.Store()), statement)
                after = ast.copy_location(ast.Assign([target], literal), statement)
                body.insert(body.index(statement) + 1, after)
    for name in values:
        if name not in assigned:
            raise CannotGive(f"the module assigns to no name {name!r}{_near(name, assigned)}")


def _is_plain(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Assign) and len(_stored(statement)) == 1


def _statements(tree: ast.Module) -> Iterator[tuple[list[ast.stmt], int, ast.stmt]]:
    """The statements of a module outside of functions and classes, with the block they are in."""
    blocks: list[list[ast.stmt]] = [tree.body]
    while blocks:
        block = blocks.pop()
        for index, statement in enumerate(block):
            yield block, index, statement
            if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                continue
            for part in (statement, *getattr(statement, "handlers", ()),
                         *getattr(statement, "cases", ())):  # fmt: skip
                inner = (getattr(part, field, None) for field in ("body", "orelse", "finalbody"))
                blocks.extend(block for block in inner if block)


def _stored(statement: ast.stmt) -> list[str]:
    """The names that an assignment assigns to."""
    targets: list[ast.expr] = []
    if isinstance(statement, ast.Assign):
        targets = statement.targets
    elif isinstance(statement, (ast.AnnAssign, ast.AugAssign)):
        targets = [statement.target]
    nodes = (node for target in targets for node in ast.walk(target))
    return [n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]


# --- a function's parameters ----------------------------------------------------------------------


def call_given(run: Interpreter, given: Given, again: Callable[[], Interpreter]) -> Program:
    """What a call with the given values builds.

    Args:
        run: a run through the module, which has come to its end.
        given: the values, and what is called.
        again: makes another such run.

    Raises:
        CannotGive: it cannot be called so.
    """
    # What cannot be called so is told before anything is run.
    _start(run, given.name or "", dict(given.values))
    called: Any = run.module.names[str(given.name).partition(".")[0]]
    place = run.span(called.node)
    program = explore(
        run,
        lambda run: _start(run, given.name or "", dict(given.values)),
        f"`{given.name}`",
        again,
        report=place,
    )
    tell_of_ways(program, str(given.name), place)
    program.entry = given.name
    program.gaps.extend(gap for gap in run.program.gaps if gap.kind == "limit")
    return program


def _start(run: Interpreter, name: str, values: dict[str, Value]) -> Callable[[], Value]:
    first, _, method = name.partition(".")
    called = run.module.names.get(first)
    if isinstance(called, Function) and not method:
        arguments = _bound(called, values, name)
        return lambda: call_value(run, called, *arguments, None)
    if isinstance(called, Class):
        return _start_of_method(run, called, method, values) if method else _start_of_class(
            run, called, values
        )  # fmt: skip
    raise CannotGive(f"{name!r} could not be followed as a function or class of the file")


def _start_of_class(run: Interpreter, cls: Class, values: dict[str, Value]) -> Callable[[], Value]:
    arguments = _to_make(cls, values)
    # The class stands for the place of a call that is written nowhere.
    node: Any = cls.node
    return lambda: call_value(run, cls, *arguments, node)


def _start_of_method(
    run: Interpreter, cls: Class, method: str, values: dict[str, Value]
) -> Callable[[], Value]:
    """A call of a method; of an object that is made with what `__init__` takes of the values."""
    found = cls.lookup(method)
    function = found[0] if found is not None else None
    alone = isinstance(function, Descriptor) and function.kind in ("classmethod", "staticmethod")
    if isinstance(function, Descriptor) and alone:
        bound = run.attribute(cls, method)
        function = bound.function if isinstance(bound, BoundMethod) else bound
        skipped = isinstance(bound, BoundMethod)
    else:
        skipped = True
    if not isinstance(function, Function):
        methods = [n for n, value in cls.namespace.items() if isinstance(value, Function)]
        raise CannotGive(f"the class {cls.name} has no method {method!r}{_near(method, methods)}")
    of_class = _parameters(_initializer(cls), skipped=True) if not alone else []
    own = _parameters(function, skipped=skipped)
    to_make = {n: v for n, v in values.items() if n in of_class and n not in own}
    rest = {n: v for n, v in values.items() if n not in to_make}
    arguments = _bound(function, rest, f"{cls.name}.{method}", skipped=skipped, others=of_class)
    if alone:
        return lambda: call_value(run, run.attribute(cls, method), *arguments, None)
    making = _to_make(cls, to_make)
    node: Any = cls.node

    def start() -> Value:
        made = call_value(run, cls, *making, node)
        return call_value(run, run.attribute(made, method), *arguments, None)

    return start


def _initializer(cls: Class) -> Function | None:
    found = cls.lookup("__init__")
    return found[0] if found is not None and isinstance(found[0], Function) else None


def _to_make(cls: Class, values: dict[str, Value]) -> Arguments:
    initializer = _initializer(cls)
    if initializer is not None:
        return _bound(initializer, values, cls.name, skipped=True)
    if values:
        word = next(iter(values))
        raise CannotGive(f"the class {cls.name} has no __init__ that takes {word!r}")
    return Arguments((), {})


def _bound(
    function: Function,
    values: dict[str, Value],
    name: str,
    *,
    skipped: bool = False,
    others: list[str] | None = None,
) -> Arguments:
    """The arguments of a call.

    Args:
        function: what is called.
        values: what the user gives.
        name: what the user calls it.
        skipped: whether its first parameter is the object or class that it is called on.
        others: further names that might have been meant.
    """
    spec = function.node.args
    known = _parameters(function, skipped=skipped)
    for word, value in values.items():
        if word not in known and spec.kwarg is None:
            near = _near(word, [*known, *(others or ())])
            raise CannotGive(f"{name} has no parameter {word!r}{near}")
        if spec.vararg is not None and word == spec.vararg.arg and not _is_sequence(value):
            raise CannotGive(f"{name} takes a tuple or a list for *{word}")
    return arguments_for(function, values, skipped=skipped)


def _is_sequence(value: Value) -> bool:
    return isinstance(value, (tuple, list))


def _parameters(function: Function | None, *, skipped: bool) -> list[str]:
    """The names of a function's parameters, those behind `**` left out."""
    if function is None:
        return []
    spec = function.node.args
    names = [p.arg for p in (*spec.posonlyargs, *spec.args)][skipped:]
    names += [spec.vararg.arg] if spec.vararg is not None else []
    return [*names, *(p.arg for p in spec.kwonlyargs)]


def _near(word: str, known: Any) -> str:
    near = get_close_matches(word, list(known), n=1)
    if near:
        return f"; did you mean {near[0]!r}?"
    listed = ", ".join(list(known)[:20])
    return f"; there are: {listed}" if listed else ""
