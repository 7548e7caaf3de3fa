"""Requirements with three answers: met, broken, or undecided because a dim is symbolic."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from shapecalc.dims import Condition, Dim, Shape, variables
from shapecalc.rules.refusal import Refusal, Undefined

_recorder: list[Condition] | None = None


@contextmanager
def recording() -> Iterator[list[Condition]]:
    """Collect the assumptions that `require` makes within a `with` block."""
    global _recorder
    previous, _recorder = _recorder, []
    try:
        yield _recorder
    finally:
        _recorder = previous


def require(condition: Condition, refusal: Refusal) -> None:
    """Hold a rule to `condition`: raise `refusal` if it is false, record it if undecided."""
    holds = condition.holds()
    if holds is False:
        raise refusal
    if holds is None and _recorder is not None and condition not in _recorder:
        _recorder.append(condition)


def require_defined(shape: Shape, axis: int) -> None:
    """Hold a rule to `shape[axis]` being a length that a weight can have.

    Raises:
        Undefined: the axis is one that Keras shows as None, or is computed from one.
    """
    if shown_as_none(shape[axis]):
        raise Undefined(shape, axis)


def shown_as_none(dim: Dim) -> bool:
    """Whether Keras shows a dim as None: it is such an axis, or computed from one."""
    return not isinstance(dim, int) and any(v.kind in ("free", "batch") for v in variables(dim))


def one_is_none(a: Dim, b: Dim) -> bool:
    """Whether Keras shows one of two lengths as None, and not the other."""
    return shown_as_none(a) != shown_as_none(b)
