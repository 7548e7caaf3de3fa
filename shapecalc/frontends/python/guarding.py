"""What a module has made, guarded against calls that the program itself may never make.

A function that nobody calls may add to a stack of the module, or freeze its layers. That is no part
of what the module makes, nor of what the next function finds.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shapecalc.frontends.python.environment import Trail, replace_contents
from shapecalc.frontends.python.interpreter import Interpreter
from shapecalc.frontends.python.program_values import Instance
from shapecalc.frontends.python.values import Value
from shapecalc.layers.layer import Layer

_CONTAINERS = (list, dict, set)
_MAX_DEPTH = 6


class Guard:
    """The state of what a module has made.

    Args:
        run: a run through the module, which has come to its end.
    """

    def __init__(self, run: Interpreter) -> None:
        self._layers = [(layer, _state_of(layer)) for layer in run.session.made or ()]
        self._containers = {id(c) for c in _containers_in(run.module.names, 0)}

    def restore(self, watch: Trail) -> bool:
        """Put all back as it was.

        Args:
            watch: the containers that were written to since.

        Returns:
            Whether anything had changed.
        """
        changed = False
        for layer, state in self._layers:
            if not _is_same(layer.__dict__, state):
                layer.__dict__.clear()
                layer.__dict__.update(state)
                changed = True
        for container, contents in watch.saved():
            if id(container) in self._containers and not _is_same(container, contents):
                replace_contents(container, contents)
                changed = True
        return changed


def _state_of(layer: Layer) -> dict[str, Any]:
    """What a layer holds; its own lists and dicts as they are now."""
    return {
        name: value.copy() if type(value) in _CONTAINERS else value
        for name, value in layer.__dict__.items()
    }


def _is_same(now: Any, before: Any) -> bool:
    """Whether a container holds the very values that it held, in containers of its own too."""
    if len(now) != len(before):
        return False
    if isinstance(before, set):
        return bool(now == before)
    if isinstance(before, dict):
        if now.keys() != before.keys():
            return False
        pairs = [(now[key], value) for key, value in before.items()]
    else:
        pairs = list(zip(now, before, strict=True))
    return all(
        a is b or (type(a) is type(b) and type(b) in _CONTAINERS and _is_same(a, b))
        for a, b in pairs
    )


def _containers_in(value: Value, depth: int) -> Iterator[Any]:
    """The containers of a value: itself, and those that it holds."""
    if isinstance(value, Instance):
        value = value.attributes
    if depth > _MAX_DEPTH or not isinstance(value, (*_CONTAINERS, tuple)):
        return
    if not isinstance(value, tuple):
        yield value
    for item in value.values() if isinstance(value, dict) else value:
        yield from _containers_in(item, depth + 1)


__all__ = ["Guard"]
