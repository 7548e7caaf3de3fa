"""How statements are executed."""

from __future__ import annotations

import ast
from functools import partial
from typing import Any

from shapecalc.frontends.python.branching import run_either
from shapecalc.frontends.python.control import Break, Continue, Return
from shapecalc.frontends.python.derived import defines
from shapecalc.frontends.python.exceptions import catches
from shapecalc.frontends.python.frames import LimitReached
from shapecalc.frontends.python.growing import lose_item
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.iteration import Counting, one_item, unpack
from shapecalc.frontends.python.keyed import lose_unknown, put
from shapecalc.frontends.python.library.array_writing import changed_in_place, write_elements
from shapecalc.frontends.python.library.dispatch import set_library_item
from shapecalc.frontends.python.loops import loop_over, run_loop_of_unknown_length, run_round
from shapecalc.frontends.python.nodes import statement
from shapecalc.frontends.python.operators import apply_binary, get_item
from shapecalc.frontends.python.program_values import Class
from shapecalc.frontends.python.values import (
    LibraryName,
    LibraryObject,
    NativeMethod,
    Raised,
    Value,
    bounded,
    rest_of,
)
from shapecalc.graph.tensor import Tensor
from shapecalc.rules.unknown import Unknown

# How often a loop that may have been left is followed; one that says `while True`; another one.
MAX_ROUNDS = 50
MAX_ENDLESS_ROUNDS = 2_000
MAX_KNOWN_ROUNDS = 20_000


@statement(ast.Expr)
def expression_statement(run: Interpreter, node: ast.Expr) -> None:
    run.evaluate(node.value)


@statement(ast.Assign)
def assignment(run: Interpreter, node: ast.Assign) -> None:
    value = run.evaluate(node.value)
    for target in node.targets:
        assign(run, target, value)


@statement(ast.AnnAssign)
def annotated_assignment(run: Interpreter, node: ast.AnnAssign) -> None:
    if node.value is not None:
        assign(run, node.target, run.evaluate(node.value))
    if run.frame.scope.is_class and isinstance(node.target, ast.Name):
        fields = run.frame.scope.names.setdefault("__annotations__", {})
        fields[node.target.id] = node.annotation


@statement(ast.AugAssign)
def augmented_assignment(run: Interpreter, node: ast.AugAssign) -> None:
    target = node.target
    if isinstance(target, ast.Name):
        old = run.evaluate(ast.copy_location(ast.Name(target.id, ast.Load()), target))
    elif isinstance(target, ast.Attribute):
        old = run.attribute(run.evaluate(target.value), target.attr)
    else:
        old = get_item(run, run.evaluate(target.value), run.evaluate(target.slice), node)
    right = run.evaluate(node.value)
    if isinstance(old, list) and isinstance(node.op, ast.Add):
        # `+=` extends a list in place.
        run.call(NativeMethod(old, "extend"), (right,))
        return
    if isinstance(old, (dict, set)) and isinstance(node.op, ast.BitOr):
        # As `|=` adds to a dict or set.
        run.call(NativeMethod(old, "update"), (right,))
        return
    new = apply_binary(run, node.op, old, right, node)
    if isinstance(old, Tensor) and not old.symbolic:
        new = changed_in_place(old, new)
    assign(run, target, new)


def assign(run: Interpreter, target: ast.expr, value: Value) -> None:
    """Assign a value to a target.

    Raises:
        Raised: the program would raise.
    """
    if isinstance(target, ast.Name):
        run.bind(target.id, value)
    elif isinstance(target, ast.Attribute):
        from shapecalc.frontends.python.attributes import set_attribute

        set_attribute(run, run.evaluate(target.value), target.attr, value)
    elif isinstance(target, ast.Subscript):
        set_item(run, run.evaluate(target.value), run.evaluate(target.slice), value)
    elif isinstance(target, (ast.Tuple, ast.List)):
        star = next((i for i, t in enumerate(target.elts) if isinstance(t, ast.Starred)), None)
        values = unpack(run, value, len(target.elts), star)
        for inner, item in zip(target.elts, values, strict=True):
            assign(run, inner.value if isinstance(inner, ast.Starred) else inner, item)


def set_item(run: Interpreter, container: Value, index: Value, value: Value) -> None:
    """`container[index] = value`.

    Raises:
        Raised: the program would raise.
    """
    if defines(container, "__setitem__"):
        run.call(run.attribute(container, "__setitem__"), (index, value))
        return
    set_builtin_item(run, container, index, value)


def set_builtin_item(run: Interpreter, container: Value, index: Value, value: Value) -> None:
    """`container[index] = value` as Python's own types and libraries have it.

    Raises:
        Raised: the program would raise.
    """
    from shapecalc.frontends.python.operators import as_key

    if isinstance(container, dict):
        put(run, container, as_key(index), value)
    elif isinstance(container, list):
        run.touch(container)
        if isinstance(index, Unknown):
            container[:] = [index] * len(container)
            return
        if rest_of(container) is not None:
            sure = len(container) - 1
            if not isinstance(index, int) or not 0 <= index < sure:
                lose_item(run, container)
                return
        try:
            container[index] = bounded(value)
        except IndexError as error:
            raise Raised("IndexError", str(error)) from None
        except (TypeError, ValueError) as error:
            raise Raised("TypeError", str(error)) from None
    elif isinstance(container, Tensor):
        write_elements(container, value)
    elif isinstance(container, LibraryObject):
        set_library_item(run, container, index, value)
    elif isinstance(container, Unknown):
        run.assumptions.forget_parts()


@statement(ast.Delete)
def delete(run: Interpreter, node: ast.Delete) -> None:
    for target in node.targets:
        if isinstance(target, ast.Name):
            holder = run.frame.scope.target(target.id)
            run.touch(holder.names)
            holder.names.pop(target.id, None)
        elif isinstance(target, ast.Subscript):
            _delete_item(run, run.evaluate(target.value), run.evaluate(target.slice))


def _delete_item(run: Interpreter, container: Value, index: Value) -> None:
    if isinstance(container, dict):
        if isinstance(index, Unknown):
            lose_unknown(run, container, index)
            return
        if index not in container and rest_of(container) is not None:
            return
    if isinstance(container, (list, dict)) and not isinstance(index, Unknown):
        run.touch(container)
        try:
            del container[index]
        except (KeyError, IndexError, TypeError) as error:
            raise Raised(type(error).__name__, str(error)) from None


@statement(ast.If)
def if_(run: Interpreter, node: ast.If) -> None:
    test = run.evaluate(node.test)
    truth = run.truth(test)
    if truth is None:
        run_either(run, node.test, test, node.body, node.orelse)
    else:
        run.execute(node.body if truth else node.orelse)


@statement(ast.For, ast.AsyncFor)
def for_(run: Interpreter, node: ast.For | ast.AsyncFor) -> None:
    iterable = run.evaluate(node.iter)
    items = run.iterate(iterable)
    if isinstance(items, Unknown):
        element = one_item(run, iterable)
        if element is None:
            element = Unknown(f"an item of what is unknown: {items.reason}", items.span)
        first = iterable.first if isinstance(iterable, Counting) else element
        bind = partial(assign, run, node.target)
        run_loop_of_unknown_length(run, node, node.body, lambda: bind(element), lambda: bind(first))
    elif not loop_over(run, node, items, lambda item: assign(run, node.target, item)):
        run.execute(node.orelse)


@statement(ast.While)
def while_(run: Interpreter, node: ast.While) -> None:
    rounds = 0
    first = run.steps
    while True:
        run.steps += 1
        if run.steps & 255 == 0:
            run.check_limits()
        truth = run.truth(run.evaluate(node.test))
        long = run.is_idle_since(first)
        if truth is None or long or rounds >= _most_rounds(run, node):
            # How often it goes round is a matter of data; or else it goes on and on.
            if truth and not long and run.grown_at > first:
                _tell_of_rounds(run, node, rounds)
            run_loop_of_unknown_length(run, node, node.body, lambda: None)
            return
        if not truth:
            run.execute(node.orelse)
            return
        rounds += 1
        try:
            may_end = run_round(run, node.body)
        except Break:
            return
        if may_end:
            run_loop_of_unknown_length(run, node, node.body, lambda: None)
            return


def _tell_of_rounds(run: Interpreter, node: ast.While, rounds: int) -> None:
    """Say that a loop that adds to the network is left before its condition ends it."""
    if not isinstance(node.test, ast.Constant):
        reason = f"the loop in line {node.lineno} is followed for {rounds} rounds only"
        run.gap("limit", reason, run.span(node.test))


def _most_rounds(run: Interpreter, node: ast.While) -> int:
    """How often a loop is followed before it is taken for one of unknown length."""
    if run.frame.maybe_left or run.tires_of_trying():
        return MAX_ROUNDS
    # `while True` ends by something that the data bring about, or not at all.
    return MAX_ENDLESS_ROUNDS if isinstance(node.test, ast.Constant) else MAX_KNOWN_ROUNDS


@statement(ast.Break)
def break_(run: Interpreter, node: ast.Break) -> None:
    raise Break


@statement(ast.Continue)
def continue_(run: Interpreter, node: ast.Continue) -> None:
    raise Continue


@statement(ast.Return)
def return_(run: Interpreter, node: ast.Return) -> None:
    raise Return(None if node.value is None else run.evaluate(node.value))


@statement(ast.Global)
def global_(run: Interpreter, node: ast.Global) -> None:
    scope = run.frame.scope
    scope.outer_names = scope.outer_names or {}
    for name in node.names:
        scope.outer_names[name] = scope.module


@statement(ast.Nonlocal)
def nonlocal_(run: Interpreter, node: ast.Nonlocal) -> None:
    scope = run.frame.scope
    scope.outer_names = scope.outer_names or {}
    for name in node.names:
        holder = scope.parent.holder(name) if scope.parent else None
        if holder is not None:
            scope.outer_names[name] = holder


@statement(ast.Try, ast.TryStar)
def try_(run: Interpreter, node: ast.Try) -> None:
    try:
        _try_body(run, node)
    finally:
        if node.finalbody:
            run.execute(node.finalbody)


def _try_body(run: Interpreter, node: ast.Try) -> None:
    kinds = [None if h.type is None else run.evaluate(h.type) for h in node.handlers]
    run.handlers.append(kinds)
    try:
        run.execute(node.body)
    except Raised as raised:
        run.handlers.pop()
        popped = True
        for handler, kind in zip(node.handlers, kinds, strict=True):
            if catches(kind, raised.kind):
                if handler.name:
                    value = raised.value
                    run.bind(handler.name, LibraryObject(str(raised.kind), (value,)))
                run.execute(handler.body)
                return
        raise
    else:
        run.handlers.pop()
        popped = True
    finally:
        if not locals().get("popped"):
            run.handlers.pop()
    run.execute(node.orelse)


@statement(ast.Raise)
def raise_(run: Interpreter, node: ast.Raise) -> None:
    value: Any = None if node.exc is None else run.evaluate(node.exc)
    if isinstance(value, LibraryName):
        raise Raised(value.path)
    if isinstance(value, LibraryObject):
        raise Raised(value.path, value.args[0] if value.args else None)
    if isinstance(value, Class):
        raise Raised(value, None)
    if hasattr(value, "cls"):
        raise Raised(value.cls, value)
    raise Raised("Exception")


@statement(ast.Assert)
def assert_(run: Interpreter, node: ast.Assert) -> None:
    test = run.evaluate(node.test)
    truth = run.truth(test)
    if truth is False:
        raise Raised("AssertionError", None)
    if truth is None:
        # A program that works goes on.
        run.assumptions.suppose(test, True)


__all__ = ["LimitReached", "assign", "set_item"]
