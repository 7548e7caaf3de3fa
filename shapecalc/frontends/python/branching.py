"""Conditions that are unknown: both ways are tried, joined, or taken for real one by one.

A branch that changes only names and containers is tried on a trail, undone, the other one tried,
and what differs becomes unknown. A branch that would change the network can't be undone: there
the run takes one way, and the reader runs the program again for the other (`ForkRequest`).
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from itertools import takewhile
from typing import Any

from shapecalc.frontends.python.control import Break, Continue, Return, Signal
from shapecalc.frontends.python.environment import Trail, replace_contents
from shapecalc.frontends.python.frames import ForkRequest
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.keyed import common_members
from shapecalc.frontends.python.program_values import Class, Function
from shapecalc.frontends.python.values import LibraryName, Parameter, Raised, Rest, Value
from shapecalc.graph.tensor import Tensor
from shapecalc.rules.unknown import UndecidedError, Unknown

# How often both ways of one condition are taken; from then on the last one is.
MAX_DECISIONS = 3
# How often the body of a loop of unknown length is tried until it changes nothing more.
MAX_PASSES = 4


def choose_value(run: Interpreter, node: ast.IfExp, test: Value) -> Value:
    """`a if unknown else b`: either, joined where they agree."""
    outcomes: list[Value] = []

    def way(branch: ast.expr) -> Callable[[], None]:
        return lambda: outcomes.append(run.evaluate(branch))

    try:
        _try_both(run, way(node.body), way(node.orelse), test, node.test)
        if len(outcomes) == 2:
            return join(run, outcomes[0], outcomes[1], node.test)
    except ForkRequest:
        if run.trail is not None:
            raise
        return run.evaluate(node.body if decide(run, node.test, test) else node.orelse)
    return outcomes[0] if outcomes else run.unknown("neither way can be taken", node)


def run_either(
    run: Interpreter,
    node: ast.expr,
    test: Value,
    body: list[ast.stmt],
    orelse: list[ast.stmt],
) -> None:
    """Execute an `if` whose condition is unknown."""
    text = _in_words(run, node)

    def way(statements: list[ast.stmt], condition: str) -> Callable[[], None]:
        def execute() -> None:
            run.trying.append(condition)
            try:
                run.execute(statements)
            finally:
                run.trying.pop()

        return execute

    if run.place(node) in run.to_decide:
        if run.trail is not None:
            raise ForkRequest
        run.execute(body if decide(run, node, test) else orelse)
        return
    try:
        _try_both(run, way(body, text), way(orelse, _denied(run, node)), test, node)
    except ForkRequest:
        if run.trail is not None:
            raise
        run.execute(body if decide(run, node, test) else orelse)


def settle(run: Interpreter, flag: Value, node: ast.expr) -> bool:
    """Whether a flag that bears on the network is set; an unknown one is taken both ways.

    Raises:
        ForkRequest: it is unknown, and a branch is only being tried.
    """
    truth = run.truth(flag)
    if truth is not None:
        return truth
    if run.trail is not None:
        raise ForkRequest
    return decide(run, node, flag, most=1)


def decide(run: Interpreter, node: ast.expr, test: Value, most: int = MAX_DECISIONS) -> bool:
    """Which way this run goes at an unknown condition that changes the network.

    One that is met again and again, in a loop, is not asked about each time anew.
    """
    before = run.decided_at.setdefault(id(node), [])
    if len(before) >= most:
        if most > 1:
            text = f"`{_in_words(run, node)}` is met more often than is followed both ways"
            run.gap("limit", text, run.span(node))
        return before[-1]
    place = len(run.decided)
    way = run.decisions[place] if place < len(run.decisions) else True
    run.decided.append(way)
    before.append(way)
    run.conditions.append(_in_words(run, node) if way else _denied(run, node))
    run.assumptions.suppose(test, way)
    return way


def _in_words(run: Interpreter, node: ast.expr) -> str:
    """A condition in the program's words, cut short."""
    found = run.words.get(id(node))
    if found is None:
        text = " ".join(ast.unparse(node).split())
        found = run.words[id(node)] = text if len(text) <= 60 else text[:57] + "…"
    return found


def _denied(run: Interpreter, node: ast.expr) -> str:
    """That a condition does not hold, in the program's words."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return _in_words(run, node.operand)
    return f"not ({_in_words(run, node)})"


def _try_both(
    run: Interpreter,
    first: Callable[[], None],
    second: Callable[[], None],
    test: Value,
    node: ast.AST,
) -> None:
    """Try the ways of a condition that holds, and does not, and join what they leave behind.

    Raises:
        ForkRequest: one of them would change the network, or they can't be joined.
        Signal: both leave the block, in the same manner.
        Raised: both raise.
    """
    ends: list[BaseException | None] = []
    after: list[dict[int, tuple[Any, Any]]] = []
    for way, holds in ((first, True), (second, False)):
        before = run.assumptions
        run.assumptions = before.copy()
        run.assumptions.suppose(test, holds)
        try:
            end, changes = try_way(run, way)
        finally:
            run.assumptions = before
        ends.append(end)
        after.append(changes)
    # A program that works does not raise: where one way raises, it goes the other.
    for raised, other in ((0, 1), (1, 0)):
        if isinstance(ends[raised], Raised) and not isinstance(ends[other], Raised):
            run.assumptions.suppose(test, other == 0)
            _apply(run, after[other])
            if ends[other] is not None:
                raise ends[other]  # type: ignore[misc]
            return
    _join_changes(run, after[0], after[1], node)
    _leave(run, ends, node)


def try_way(
    run: Interpreter, way: Callable[[], None]
) -> tuple[BaseException | None, dict[int, tuple[Any, Any]]]:
    """Go a way on a trail, and undo it.

    Returns:
        How it was left, if not by its end, and what containers held then, by their ids.

    Raises:
        ForkRequest: it would change the network.
    """
    if run.trail is None:
        run.tried_from = run.steps
    trail = run.trail = Trail(run.trail)
    end: BaseException | None = None
    handlers = len(run.handlers)
    try:
        way()
    except (Signal, Raised) as signal:
        end = signal
    except BaseException:
        run.trail = trail.outer
        trail.undo()
        del run.handlers[handlers:]
        raise
    finally:
        if trail.outer is None:
            run.tried_steps += run.steps - run.tried_from
    run.trail = trail.outer
    changes = trail.changes()
    trail.undo()
    return end, changes


def _apply(run: Interpreter, changes: dict[int, tuple[Any, Any]]) -> None:
    for container, contents in changes.values():
        run.touch(container)
        replace_contents(container, contents)


def _join_changes(
    run: Interpreter,
    first: dict[int, tuple[Any, Any]],
    second: dict[int, tuple[Any, Any]],
    node: ast.AST,
) -> None:
    for key in {**first, **second}:
        container = (first.get(key) or second[key])[0]
        one = first[key][1] if key in first else container.copy()
        other = second[key][1] if key in second else container.copy()
        run.touch(container)
        replace_contents(container, _join_contents(run, one, other, node))


def _join_contents(run: Interpreter, one: Any, other: Any, node: ast.AST) -> Any:
    if isinstance(one, dict):
        missing = object()
        joined = {}
        for key in {**one, **other}:
            a, b = one.get(key, missing), other.get(key, missing)
            # A name that only one way binds is taken as bound: a program that works reads it
            # only where it is.
            joined[key] = b if a is missing else a if b is missing else join(run, a, b, node)
        return joined
    if isinstance(one, list) and len(one) == len(other):
        return [join(run, a, b, node) for a, b in zip(one, other, strict=True)]
    try:
        if one == other:
            return one
    except UndecidedError:
        pass
    if isinstance(one, set):
        return common_members(one, other, run.unknown("how often a condition holds is not known"))
    if isinstance(one, list):
        # A list that grows in a loop, or not: what is sure is how both begin.
        sure = [a for a, _ in takewhile(lambda p: p[0] is p[1], zip(one, other, strict=False))]
        rounds = MAX_DECISIONS
        if _is_data([*one[len(sure) :], *other[len(sure) :]]):
            # What holds in one round of many says nothing of the others.
            rounds = 0 if run.any_round else 1
        if len(run.decided_at.get(id(node), ())) >= rounds:
            return [*sure, Rest("how often a condition holds is not known", run.here())]
    raise ForkRequest


def _is_data(items: Sequence[Value], depth: int = 0) -> bool:
    """Whether values bear on no network by themselves."""
    return all(
        isinstance(item, (Unknown, str, int, float))
        or item is None
        or (isinstance(item, Tensor) and not item.symbolic)
        or (depth < 3 and type(item) in (list, tuple) and _is_data(item[:100], depth + 1))
        for item in items
    )


def _makes_layers(value: Value) -> bool:
    """Whether a value is called to make layers: which one it is decides what the network is."""
    if isinstance(value, LibraryName):
        return value.path.startswith("keras.layers.")
    return isinstance(value, (Function, Class))


def join(run: Interpreter, one: Value, other: Value, node: ast.AST) -> Value:
    """What is known of a value that is one or the other."""
    if one is other:
        return one
    for value in (one, other):
        if isinstance(value, Unknown):
            known = value if isinstance(value, Parameter) else None
            return known.or_another() if known is not None else Unknown(value.reason, value.span)
    try:
        if type(one) is type(other) and one == other:
            return one
    except UndecidedError:
        pass
    if _makes_layers(one) and _makes_layers(other):
        raise ForkRequest
    line = getattr(node, "lineno", "?")
    return run.unknown(f"it depends on the condition in line {line}, which is unknown", node)


def _leave(run: Interpreter, ends: Sequence[BaseException | None], node: ast.AST) -> None:
    """Leave the block as both ways do; where they differ, go on and remember the other.

    Raises:
        ForkRequest: one way leaves a loop and the other does not.
        Signal: both leave.
    """
    one, other = ends
    if one is None and other is None:
        return
    if isinstance(one, Return) and isinstance(other, Return):
        raise Return(join(run, one.value, other.value, node))
    if type(one) is type(other) and one is not None:
        raise one
    signal = one if one is not None else other
    if isinstance(signal, Return) and (one is None or other is None):
        run.touch(run.frame.maybe_returned)
        run.frame.maybe_returned.append(signal.value)
        run.frame.maybe_left = True
        run.may_leave("return", node)
        return
    if isinstance(signal, (Break, Continue)) and (one is None or other is None):
        if isinstance(signal, Continue):
            run.may_leave("continue", node)
        else:
            run.frame.maybe_left = run.frame.maybe_broken = True
        return
    raise ForkRequest
