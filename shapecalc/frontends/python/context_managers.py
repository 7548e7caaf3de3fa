"""The `with` statement: what managers give when they are entered, and do when they are left."""

from __future__ import annotations

import ast

from shapecalc.frontends.python.control import Signal
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.iteration import take_next
from shapecalc.frontends.python.nodes import statement
from shapecalc.frontends.python.statements import assign
from shapecalc.frontends.python.values import Iterator, LibraryObject, Raised, Value


@statement(ast.With, ast.AsyncWith)
def with_(run: Interpreter, node: ast.With | ast.AsyncWith) -> None:
    _enter(run, node.items, node.body)


def _enter(run: Interpreter, items: list[ast.withitem], body: list[ast.stmt]) -> None:
    if not items:
        run.execute(body)
        return
    item, *more = items
    manager = run.evaluate(item.context_expr)
    entered = _entered(run, manager)
    if item.optional_vars is not None:
        assign(run, item.optional_vars, entered)
    # What ends the run, rather than the block, leaves nothing.
    try:
        _enter(run, more, body)
    except Signal:
        _leave(run, manager, (None, None, None))
        raise
    except Raised as raised:
        handled = _leave(run, manager, (raised.kind, raised.value, None))
        if run.truth(handled) is not True:
            raise
    else:
        _leave(run, manager, (None, None, None))


def _entered(run: Interpreter, manager: Value) -> Value:
    if isinstance(manager, Iterator):
        # A generator that `contextlib.contextmanager` decorates yields what it manages.
        return take_next(run, manager)
    enter = _method(run, manager, "__enter__")
    return manager if enter is None else run.call(enter)


def _leave(run: Interpreter, manager: Value, raised: tuple[Value, ...]) -> Value:
    leave = _method(run, manager, "__exit__")
    return None if leave is None else run.call(leave, raised)


def _method(run: Interpreter, manager: Value, name: str) -> Value:
    """What the program or a model says is to be done, or None."""
    if isinstance(manager, LibraryObject):
        from shapecalc.frontends.python.library.dispatch import has_object_method

        return run.attribute(manager, name) if has_object_method(manager, name) else None
    cls = getattr(manager, "cls", None)
    return run.attribute(manager, name) if cls is not None and cls.lookup(name) else None
