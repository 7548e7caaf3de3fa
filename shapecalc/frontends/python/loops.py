"""Loops: followed round by round, or, where their number is unknown, for what any round changes.

A round that changes only names and containers is tried on a trail and what it changes is
forgotten. One that changes the network is taken once, and marks say that there may be more.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from shapecalc.frontends.python.branching import try_way
from shapecalc.frontends.python.certainty import add_unfollowed
from shapecalc.frontends.python.control import Break, Continue, Return
from shapecalc.frontends.python.frames import ForkRequest, Own
from shapecalc.frontends.python.growing import adds_data, grown
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.keyed import add_unknown
from shapecalc.frontends.python.values import Raised, Rest, Value, rest_of
from shapecalc.graph.model import Network
from shapecalc.rules.unknown import UndecidedError, Unknown

# How often the body of a loop of unknown length is tried until it changes nothing more.
MAX_PASSES = 4


def run_round(run: Interpreter, body: list[ast.stmt]) -> bool:
    """Execute a loop's body once.

    Returns:
        Whether it may have ended the loop, under an unknown condition.

    Raises:
        Break: it ends the loop.
    """
    frame, left = run.frame, len(run.left_early)
    outer, frame.maybe_broken = frame.maybe_broken, False
    try:
        with suppress(Continue):
            run.execute(body)
        return frame.maybe_broken
    finally:
        frame.maybe_broken = outer
        run.close_block(left, "continue")


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
            may_end = run_round(run, body)
        except Break:
            return True
        if may_end and item is not items[-1]:
            unknown = run.unknown("an item of a loop that may have ended before")
            run_loop_of_unknown_length(run, node, body, partial(bind, unknown))
            return False
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
        with suppress(Break):
            run_round(run, body)

    for _ in range(MAX_PASSES):
        run.any_round += 1
        try:
            end, changes = try_way(run, once)
        except ForkRequest:
            if run.trail is not None:
                raise
            _once_for_real(run, partial(once, bind_first or bind), reason, _head_of(node))
            bind()
            return
        finally:
            run.any_round -= 1
        if isinstance(end, Return):
            run.touch(run.frame.maybe_returned)
            run.frame.maybe_returned.append(end.value)
        if not _forget_changes(run, changes, reason):
            return


def takes_a_sample(run: Interpreter, once: Callable[[], None]) -> bool:
    """Take one round of a comprehension of unknown length, if it changes the network.

    Returns:
        Whether it does.

    Raises:
        ForkRequest: it does, and a branch is only being tried.
    """
    try:
        try_way(run, once)
    except ForkRequest:
        if run.trail is not None:
            raise
        once()
        return True
    return False


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
    with run.watching() as watch:
        try:
            once()
        except Raised:
            return
    for record in run.program.models:
        size = before.get(id(record.model))
        if size is not None and len(record.model.layers) != size:
            # The least that is told of the model's counts supposes this round.
            supposed = f"{reason}: one round is counted, be there more or none"
            add_unfollowed(record.model, supposed)
            run.gap("unknown", supposed, run.span(head))
    for container, contents in watch.saved():
        run.touch(container)
        _doubt(run, container, contents, reason)


def _doubt(run: Interpreter, container: Any, before: Any, reason: str) -> None:
    """After one round of a loop, say of a container that there may be more rounds or none.

    What a round adds to the network stays, as a sample of what is there, with a mark behind it.
    """
    if isinstance(container, dict):
        for key, value in list(container.items()):
            if key in before and before[key] is not value:
                container[key] = _forgotten(run, before[key], value, reason)
    elif isinstance(container, set):
        if len(container) != len(before):
            add_unknown(run, container, Rest(reason, run.here()))
    elif isinstance(container, Own):
        return
    elif len(container) > len(before) and all(map(operator.is_, container, before)):
        # Of data, another round may take another way, and add another item.
        kept = before if adds_data(before, container) else container
        if rest_of(kept) is None:
            container[:] = [*kept, Rest(reason, run.here())]
    elif len(container) != len(before) or not all(map(operator.is_, container, before)):
        _forget(run, container, before, reason)


def _forget(run: Interpreter, container: Any, contents: Any, reason: str) -> None:
    if isinstance(container, Own):
        # Another round may leave, and return, as this one may; what it adds is the same.
        container.extend(e for e in contents[len(container) :] if not _is_among(container, e))
        return
    if isinstance(container, dict):
        if [key for key in contents if key in container] != list(container):
            # In another order, each is in the place of another.
            container.update((key, Unknown(reason, run.here())) for key in container)
        for key, value in contents.items():
            if key not in container:
                container[key] = value
            elif container[key] is not value:
                container[key] = _forgotten(run, container[key], value, reason)
        return
    if isinstance(container, list) and len(contents) == len(container):
        container[:] = [
            a if a is b else _forgotten(run, a, b, reason)
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


def _is_among(entries: list[Any], entry: Any) -> bool:
    """Whether a list has an entry, any two unknowns being alike."""
    for other in entries:
        if other is entry or (isinstance(other, Unknown) and isinstance(entry, Unknown)):
            return True
        try:
            if type(other) is type(entry) and other == entry:
                return True
        except UndecidedError:
            continue
    return False


def _forgotten(run: Interpreter, old: Value, new: Value, reason: str) -> Value:
    if Rest in (type(old), type(new)):
        # However many items it stands for, it is not one.
        return new if type(old) is type(new) else Rest(reason, run.here())
    try:
        if type(old) is type(new) and old == new:
            return old
    except UndecidedError:
        pass
    if isinstance(new, Network):
        # A model made in each round: one stands for all.
        return new
    return run.unknown(reason)
