"""Conditions that are unknown: both ways are tried, joined, or taken for real one by one.

A branch that changes only names and containers is tried on a trail, undone, the other one tried,
and what differs becomes unknown. A branch that would change the network can't be undone: there
the run takes one way, and the reader runs the program again for the other (`ForkRequest`).
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from itertools import takewhile
from typing import Any

from shapecalc.frontends.python.certainty import add_unfollowed
from shapecalc.frontends.python.control import Break, Continue, Return, Signal
from shapecalc.frontends.python.environment import Trail, replace_contents
from shapecalc.frontends.python.growing import adds_data, grown
from shapecalc.frontends.python.interpreter import ForkRequest, Interpreter
from shapecalc.frontends.python.keyed import add_unknown, common_members
from shapecalc.frontends.python.values import Raised, Rest, Value
from shapecalc.graph.model import Network
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
        _try_both(run, way(node.body), way(node.orelse), node.test)
    except ForkRequest:
        if run.trail is not None:
            raise
        return run.evaluate(node.body if decide(run, node.test, test) else node.orelse)
    if len(outcomes) == 2:
        return join(run, outcomes[0], outcomes[1], node.test)
    return outcomes[0] if outcomes else run.unknown("neither way can be taken", node)


def run_either(
    run: Interpreter,
    node: ast.expr,
    test: Value,
    body: list[ast.stmt],
    orelse: list[ast.stmt],
) -> None:
    """Execute an `if` whose condition is unknown."""
    text = _in_words(node)

    def way(statements: list[ast.stmt], condition: str) -> Callable[[], None]:
        def execute() -> None:
            run.trying.append(condition)
            try:
                run.execute(statements)
            finally:
                run.trying.pop()

        return execute

    try:
        _try_both(run, way(body, text), way(orelse, f"not ({text})"), node)
    except ForkRequest:
        if run.trail is not None:
            raise
        run.execute(body if decide(run, node, test) else orelse)


def decide(run: Interpreter, node: ast.expr, test: Value) -> bool:
    """Which way this run goes at an unknown condition that changes the network.

    One that is met again and again, in a loop, is not asked about each time anew.
    """
    before = run.decided_at.setdefault(id(node), [])
    if len(before) >= MAX_DECISIONS:
        return before[-1]
    place = len(run.decided)
    way = run.decisions[place] if place < len(run.decisions) else True
    run.decided.append(way)
    before.append(way)
    text = _in_words(node)
    run.conditions.append(text if way else f"not ({text})")
    key = getattr(test, "key", None)
    if key is not None:
        run.known_conditions[key] = way
    return way


def _in_words(node: ast.expr) -> str:
    """A condition in the program's words, cut short."""
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 60 else text[:57] + "…"


def _try_both(
    run: Interpreter, first: Callable[[], None], second: Callable[[], None], node: ast.AST
) -> None:
    """Try two ways on a trail and join what they leave behind.

    Raises:
        ForkRequest: one of them would change the network, or they can't be joined.
        Signal: both leave the block, in the same manner.
        Raised: both raise.
    """
    ends: list[BaseException | None] = []
    after: list[dict[int, tuple[Any, Any]]] = []
    for way in (first, second):
        end, changes = _try(run, way)
        ends.append(end)
        after.append(changes)
    # A program that works does not raise: where one way raises, it goes the other.
    for raised, other in ((0, 1), (1, 0)):
        if isinstance(ends[raised], Raised) and not isinstance(ends[other], Raised):
            _apply(run, after[other])
            if ends[other] is not None:
                raise ends[other]  # type: ignore[misc]
            return
    _join_changes(run, after[0], after[1], node)
    _leave(run, ends, node)


def _try(
    run: Interpreter, way: Callable[[], None]
) -> tuple[BaseException | None, dict[int, tuple[Any, Any]]]:
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


def join(run: Interpreter, one: Value, other: Value, node: ast.AST) -> Value:
    """What is known of a value that is one or the other."""
    if one is other:
        return one
    if isinstance(one, Unknown):
        return one
    if isinstance(other, Unknown):
        return other
    try:
        if type(one) is type(other) and one == other:
            return one
    except UndecidedError:
        pass
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
        return
    if isinstance(signal, (Break, Continue)) and (one is None or other is None):
        # The rounds that follow may or may not happen: go on as if they did.
        run.frame.maybe_left = run.frame.maybe_left or isinstance(signal, Break)
        return
    raise ForkRequest


def loop_over(
    run: Interpreter,
    node: ast.For | ast.AsyncFor,
    items: list[Value],
    bind: Callable[[Value], None],
) -> bool:
    """Execute a loop's body for each item.

    A long loop that never touches the network is a computation on data: past a bound it is taken
    for one of unknown length.

    Returns:
        Whether a `break` ended it.
    """
    body = node.body
    first = run.steps
    for item in items:
        if run.is_idle_since(first):
            unknown = run.unknown("an item of a loop that is not followed to its end")
            run_loop_of_unknown_length(run, node, body, partial(bind, unknown))
            return False
        run.steps += 1
        if run.steps & 255 == 0:
            run.check_limits()
        bind(item)
        try:
            run.execute(body)
        except Break:
            return True
        except Continue:
            continue
    return False


def run_loop_of_unknown_length(
    run: Interpreter,
    node: ast.stmt,
    body: list[ast.stmt],
    bind: Callable[[], None],
    bind_first: Callable[[], None] | None = None,
) -> None:
    """Execute a loop's body for all rounds; what they change is unknown after it.

    A round with some values unknown may change others, so it is repeated until it changes no more.

    Args:
        run: the run.
        node: the loop.
        body: its body.
        bind: gives the loop's variables the values of any round.
        bind_first: gives them those of the first round.
    """
    reason = f"the loop in line {node.lineno} runs an unknown number of times"

    def once(begin: Callable[[], None] = bind) -> None:
        begin()
        with suppress(Break, Continue):
            run.execute(body)

    for _ in range(MAX_PASSES):
        run.any_round += 1
        try:
            end, changes = _try(run, once)
        except ForkRequest:
            if run.trail is not None:
                raise
            head: Any = getattr(node, "iter", None) or getattr(node, "test", node)
            _once_for_real(run, partial(once, bind_first or bind), reason, head)
            bind()
            return
        finally:
            run.any_round -= 1
        if isinstance(end, Return):
            run.touch(run.frame.maybe_returned)
            run.frame.maybe_returned.append(end.value)
        if not _forget_changes(run, changes, reason):
            return


def _forget_changes(run: Interpreter, changes: dict[int, tuple[Any, Any]], reason: str) -> bool:
    """Take what a round changed for unknown; say whether anything known was lost."""
    lost = False
    for container, contents in changes.values():
        run.touch(container)
        before = container.copy()
        _forget(run, container, contents, reason)
        lost = lost or not _alike(before, container)
    return lost


def _alike(before: Any, after: Any) -> bool:
    """Whether two states of a container hold the same values, any two unknowns being alike."""
    if len(before) != len(after):
        return False
    if isinstance(after, dict):
        pairs = [(before.get(key), value) for key, value in after.items()]
    elif isinstance(after, list):
        pairs = list(zip(before, after, strict=True))
    else:
        return True
    return all(a is b or (isinstance(a, Unknown) and isinstance(b, Unknown)) for a, b in pairs)


def _head_of(loop: ast.stmt) -> ast.AST:
    head: ast.AST = getattr(loop, "iter", None) or getattr(loop, "test", None) or loop
    return head


def _once_for_real(run: Interpreter, once: Callable[[], None], reason: str, head: ast.AST) -> None:
    """A loop whose body changes the network: one round is taken, the network is marked."""
    before = {
        id(record.model): len(record.model.layers)
        for record in run.program.models
        if record.model.kind == "sequential"
    }
    names = run.frame.scope.names
    old = dict(names)
    lists = {name: list(value) for name, value in names.items() if isinstance(value, list)}
    try:
        once()
    except Raised:
        return
    for name, items in lists.items():
        if names.get(name) is old[name] and adds_data(items, names[name]):
            # Another round may take another way, and add another item.
            run.touch(names[name])
            names[name][:] = [*items, Rest(reason, run.here())]
    for record in run.program.models:
        size = before.get(id(record.model))
        if size is not None and len(record.model.layers) != size:
            add_unfollowed(record.model, reason)
            run.gap("unknown", reason, run.span(head))
    for name, value in list(names.items()):
        if name in old and old[name] is not value:
            names[name] = _forgotten(run, old[name], value, reason)


def _forget(run: Interpreter, container: Any, contents: Any, reason: str) -> None:
    if isinstance(container, dict):
        for key, value in contents.items():
            if key not in container:
                container[key] = value
            elif container[key] is not value:
                container[key] = _forgotten(run, container[key], value, reason)
        return
    if isinstance(container, list) and len(contents) == len(container):
        container[:] = [
            a if a is b else b if type(a) is type(b) is Rest else _forgotten(run, a, b, reason)
            for a, b in zip(container, contents, strict=True)
        ]
        return
    # It grows by an unknown number of items; those that it had before are sure.
    rest = Rest(reason, run.here())
    if isinstance(container, list):
        sure = 0
        for a, b in zip(container, contents, strict=False):
            if a is not b:
                break
            sure += 1
        container[sure:] = [grown(container, sure, contents, rest)]
    else:
        add_unknown(run, container, rest)


def _forgotten(run: Interpreter, old: Value, new: Value, reason: str) -> Value:
    try:
        if type(old) is type(new) and old == new:
            return old
    except UndecidedError:
        pass
    if isinstance(new, Network):
        # A model made in each round: one stands for all.
        return new
    return run.unknown(reason)
