"""The state that Keras keeps for a process: name counters and the backend's settings.

One session is current at a time, as in Keras. `new_session()` gives an analysis its own, so
the names it sees are those of a fresh process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


class Session:
    """Name counters, the default data format and dtypes, and who hears of refusals.

    Attributes:
        dtype: that of floats that are given none, `floatx`.
        dtype_policy: that of layers that are given none, or None before it is first needed.
        on_refusal: called with a refusal and the layer call it concerns, where an analysis
            goes on after an error; None where the refusal is raised.
        on_arrays: whether the call under way computes with arrays, outside of any graph.
        made: where layers are collected as they are made, or None.
        renames: how often a layer was given another name.
        tracer: where layer calls are collected while a layer's own code is traced, or None.
    """

    __slots__ = (
        "_uids", "custom_objects", "data_format", "dtype", "dtype_policy", "made", "on_arrays",
        "on_refusal",
        "renames", "tracer",
    )  # fmt: skip

    def __init__(self) -> None:
        self._uids: dict[str, int] = {}
        self.custom_objects: dict[Any, Any] = {}
        self.data_format = "channels_last"
        self.dtype = "float32"
        self.dtype_policy: Any = None
        self.on_refusal: Callable[[Any, Any], None] | None = None
        self.made: list[Any] | None = None
        self.on_arrays = False
        self.renames = 0
        self.tracer: list[Any] | None = None

    def unique_name(self, prefix: str) -> str:
        """The next automatic name for `prefix`: `conv2d`, then `conv2d_1`."""
        count = self._uids.get(prefix, 0)
        self._uids[prefix] = count + 1
        return f"{prefix}_{count}" if count else prefix

    def copy(self) -> Session:
        """A session in the same state, which goes its own way from here."""
        other = Session()
        other._uids = dict(self._uids)
        other.custom_objects = dict(self.custom_objects)
        other.data_format, other.dtype = self.data_format, self.dtype
        other.dtype_policy = self.dtype_policy
        other.renames = self.renames
        return other

    def clear(self) -> None:
        """Start again with names and the dtype policy, as `keras.utils.clear_session` does."""
        self._uids.clear()
        self.dtype_policy = None


_current = Session()


def current_session() -> Session:
    """The session that names are drawn from."""
    return _current


@contextmanager
def new_session() -> Iterator[Session]:
    """Make a fresh session current for the length of a `with` block."""
    global _current
    previous, _current = _current, Session()
    try:
        yield _current
    finally:
        _current = previous


@contextmanager
def resumed_session(session: Session) -> Iterator[Session]:
    """Make a copy of a session current for the length of a `with` block."""
    global _current
    previous, _current = _current, session.copy()
    try:
        yield _current
    finally:
        _current = previous


def snake_case(name: str) -> str:
    """`Conv2DTranspose` → `conv2d_transpose`, by the rule of Keras's `to_snake_case`."""
    out: list[str] = []
    word = "".join(c for c in name if c.isalnum() or c == "_")
    for i, char in enumerate(word):
        before = word[i - 1] if i else ""
        after = word[i + 1] if i + 1 < len(word) else ""
        starts_word = char.isupper() and (
            (after.islower() and bool(before)) or (before.islower() and not before.isdigit())
        )
        if starts_word and before != "_":
            out.append("_")
        out.append(char)
    return "".join(out).lower()
