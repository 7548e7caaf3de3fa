"""Operations on arguments that are not known, that are computed, or that nobody would give."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from shapecalc.dims import Dim, is_unknown
from shapecalc.ops.op import OpRule
from shapecalc.rules.spec import TensorSpec
from shapecalc.rules.unknown import Unknown
from tests.ops.case import RULES, Case, T, attempt
from tests.ops.strategies import plain_cases
from tests.ops.table import TABLE

_quiet = settings(
    database=None,
    max_examples=max(10, settings().max_examples // 5),
    phases=[Phase.generate],
    suppress_health_check=[
        HealthCheck.filter_too_much, HealthCheck.too_slow, HealthCheck.differing_executors
    ],
)  # fmt: skip


def places_in(case: Case) -> list[int | str]:
    """Where the arguments of a call are: by position, then by keyword."""
    return [*range(len(case.args)), *case.kwargs]


def value_at(case: Case, place: int | str) -> Any:
    """One argument of a call."""
    return case.args[place] if isinstance(place, int) else case.kwargs[place]


def replaced(case: Case, place: int | str, value: Any) -> Case:
    """A call with another value in the place of an argument."""
    if isinstance(place, int):
        return Case(case.name, (*case.args[:place], value, *case.args[place + 1 :]), case.kwargs)
    return Case(case.name, case.args, {**case.kwargs, place: value})


def uncovered(known: Any, less: Any) -> list[str]:
    """Where an answer from less knowledge says something else than the one from more."""
    if isinstance(known, TensorSpec) and isinstance(less, TensorSpec):
        same = len(known.shape) == len(less.shape)
        dims = zip(known.shape, less.shape, strict=False)
        same = same and all(is_unknown(b) or a == b for a, b in dims)
        return [] if same else [f"{known}, then {less}"]
    if isinstance(known, (list, tuple)) and type(known) is type(less) and len(known) == len(less):
        return [found for a, b in zip(known, less, strict=True) for found in uncovered(a, b)]
    open_ = isinstance(less, Unknown) or (isinstance(less, Dim) and is_unknown(less))
    return [] if open_ or known == less else [f"{known}, then {less!r}"]


def compare_with_less(name: str, **changes: Any) -> None:
    """Hold what is said of a call to what is said of it when one argument is not known.

    Raises:
        AssertionError: less knowledge says something else.
    """

    @settings(_quiet, **changes)
    @given(plain_cases(name), st.data())
    def check(case: Case, data: st.DataObject) -> None:
        known = attempt(case)
        place = data.draw(st.sampled_from(places_in(case)))
        tensors = computed(value_at(case, place)) if name != "get_item" else []
        for unknown in (Unknown("why"), *tensors):
            less = attempt(replaced(case, place, unknown))
            # A refusal of what is not known is the caller's to take for one more unknown.
            if not isinstance(known, Exception) and not isinstance(less, Exception):
                assert not uncovered(known, less), (case, place, less)

    check()


def computed(value: Any) -> list[T]:
    """Tensors that could hold the lengths or axes that an argument is.

    Of `get_item` none: a tensor picks elements, as many integers the axes to pick them from.
    """
    if isinstance(value, (list, tuple)) and all(type(item) is int for item in value):
        return [] if isinstance(value, T) else [T((len(value),), "int32")]
    return [T((), "int32")] if type(value) is int else []


# What a program may give for any argument, by mistake.
JUNK = st.sampled_from(
    [None, "a", -1, 0, 10**9, 10**20, 1.5, (), [[]], {}, (None, "b"), [0, [1]], slice(1), Ellipsis,
     len, T(()), T((0,)), T((2, 3, 4, 5, 6)), [T(())]]
)  # fmt: skip


def give_junk(name: str, **changes: Any) -> None:
    """Call an operation with something odd for one argument.

    Raises:
        Exception: neither an answer nor a refusal.
    """

    @settings(_quiet, **changes)
    @given(plain_cases(name), st.data())
    def check(case: Case, data: st.DataObject) -> None:
        for place in places_in(case):
            # Twice, as a case takes longer to draw than to try.
            attempt(replaced(case, place, data.draw(JUNK)))
            attempt(replaced(case, place, data.draw(JUNK)))

    check()


@pytest.mark.parametrize("name", sorted(TABLE))
def test_says_nothing_else_of_what_it_does_not_know(name: str) -> None:
    compare_with_less(name)


@pytest.mark.parametrize("name", sorted(TABLE))
def test_answers_or_refuses_whatever_it_is_given(name: str) -> None:
    give_junk(name)


# --- planted faults ------------------------------------------------------------------------


def plant(monkeypatch: pytest.MonkeyPatch, name: str, fault: Callable[..., Any]) -> None:
    """Make an operation ask `fault`, which is given the sound one first."""
    sound = RULES[name]

    def faulty(*args: Any, **kwargs: Any) -> Any:
        return fault(sound, *args, **kwargs)

    monkeypatch.setitem(RULES, name, OpRule(sound.names, faulty, sound.node))


def test_notices_a_guess(monkeypatch: pytest.MonkeyPatch) -> None:
    def guess(sound: OpRule, x: Any, repeats: Any) -> Any:
        return sound(x, 2 if isinstance(repeats, Unknown) else repeats)

    plant(monkeypatch, "tile", guess)
    with pytest.raises(AssertionError):
        compare_with_less("tile", max_examples=200)


def test_notices_an_answer_that_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    def forget(sound: OpRule, x: Any, repeats: Any) -> Any:
        return None if isinstance(repeats, TensorSpec) else sound(x, repeats)

    plant(monkeypatch, "tile", forget)
    with pytest.raises(AssertionError):
        compare_with_less("tile", max_examples=200)


def test_notices_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(sound: OpRule, x: Any, repeats: Any) -> Any:
        return sound(x, repeats * 2)

    plant(monkeypatch, "tile", stumble)
    with pytest.raises(TypeError):
        give_junk("tile", max_examples=200)
