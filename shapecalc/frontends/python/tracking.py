"""What Keras tracks of the attributes of a layer: through lists, tuples and dicts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

Kind = TypeVar("Kind")

_MAX_DEPTH = 8


def tracked_in(value: Any, kind: type[Kind], depth: int = 0) -> Iterator[Kind]:
    """The values of a kind in a value, in order.

    Args:
        value: what an attribute is.
        kind: layers, or variables.
        depth: how deep it lies already.
    """
    if isinstance(value, kind):
        yield value
    elif depth < _MAX_DEPTH and isinstance(value, (list, tuple, dict)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from tracked_in(item, kind, depth + 1)
