"""Faults planted in rules: each comparison of `test_rules` must find its kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import Phase

from shapecalc.layers.dense import Dense
from shapecalc.rules.facts import Facts, Weight
from shapecalc.rules.refusal import Refusal
from tests.layers.strategies import Extra

rules = pytest.importorskip("tests.layers.test_rules", reason="the `keras` extra is not installed")
pytestmark = pytest.mark.oracle

# To find a fault is enough; it need not be made small.
SEARCH: dict[str, Any] = {"max_examples": 400, "phases": [Phase.generate]}

Fault = Callable[[Facts, tuple[Any, ...]], Facts]


def plant(monkeypatch: pytest.MonkeyPatch, fault: Fault) -> None:
    """Make Dense state `fault` of its facts."""
    sound = Dense.infer

    def infer(self: Dense, x: tuple[Any, ...]) -> Facts:
        return fault(sound(self, x), x)

    monkeypatch.setattr(Dense, "infer", infer)


def _change_kernel(**changes: Any) -> Fault:
    def fault(facts: Facts, x: tuple[Any, ...]) -> Facts:
        first, *rest = facts.weights
        return facts._replace(weights=(first._replace(**changes), *rest))

    return fault


def _off_by_one(facts: Facts, x: tuple[Any, ...]) -> Facts:
    return facts._replace(output=(*facts.output[:-1], facts.output[-1] + 1))


def _rank_lost(facts: Facts, x: tuple[Any, ...]) -> Facts:
    return facts._replace(output=(facts.output[0], facts.output[-1]))


def _last_weight_dropped(facts: Facts, x: tuple[Any, ...]) -> Facts:
    return facts._replace(weights=facts.weights[:-1])


def _order_swapped(facts: Facts, x: tuple[Any, ...]) -> Facts:
    return facts._replace(weights=facts.weights[::-1])


def _kernel_transposed(facts: Facts, x: tuple[Any, ...]) -> Facts:
    first, *rest = facts.weights
    return facts._replace(weights=(first._replace(shape=first.shape[::-1]), *rest))


def _weight_added(facts: Facts, x: tuple[Any, ...]) -> Facts:
    return facts._replace(weights=(*facts.weights, Weight("extra", (1,))))


def _too_strict(facts: Facts, x: tuple[Any, ...]) -> Facts:
    if x[-1] == 3:
        raise Refusal("no threes")
    return facts


def _counted_below_zero(facts: Facts, x: tuple[Any, ...]) -> Facts:
    return facts._replace(macs=-(10**9))


@pytest.mark.parametrize(
    "fault",
    [
        _off_by_one, _rank_lost, _last_weight_dropped, _order_swapped, _kernel_transposed,
        _weight_added, _too_strict, _counted_below_zero,
        _change_kernel(trainable=False), _change_kernel(name="weight"),
    ],
)  # fmt: skip
def test_notices_a_fault_against_keras(monkeypatch: pytest.MonkeyPatch, fault: Fault) -> None:
    rules.compare_with_keras("Dense", **SEARCH)
    plant(monkeypatch, fault)
    with pytest.raises(AssertionError):
        rules.compare_with_keras("Dense", **SEARCH)


def test_notices_that_a_rule_accepts_what_keras_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shapecalc.layers.axes.require", lambda *_: None)
    with pytest.raises(AssertionError, match="Keras refuses: ValueError"):
        rules.compare_with_keras("Conv1D", **SEARCH)


def test_notices_that_a_rule_ignores_the_rank(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shapecalc.layers.layer.check_rank", lambda *_: None)
    with pytest.raises(AssertionError, match="Keras refuses"):
        rules.compare_with_keras("SpatialDropout1D", **SEARCH)


def _symbols_off_by_one(facts: Facts, x: tuple[Any, ...]) -> Facts:
    return facts if isinstance(x[-1], int) else _off_by_one(facts, x)


def _symbols_used_once(facts: Facts, x: tuple[Any, ...]) -> Facts:
    return facts if isinstance(x[-1], int) else _change_kernel(uses=1)(facts, x)


def _symbols_refused(facts: Facts, x: tuple[Any, ...]) -> Facts:
    if not isinstance(x[-1], int):
        raise Refusal("no symbols")
    return facts


@pytest.mark.parametrize("fault", [_symbols_off_by_one, _symbols_used_once, _symbols_refused])
def test_notices_a_fault_on_symbols(monkeypatch: pytest.MonkeyPatch, fault: Fault) -> None:
    plant(monkeypatch, fault)
    with pytest.raises(AssertionError):
        rules.compare_with_itself("Dense", **SEARCH)


def test_notices_an_assumption_that_is_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    def require(condition: Any, refusal: Refusal) -> None:
        if condition.holds() is False:
            raise refusal

    monkeypatch.setattr("shapecalc.layers.axes.require", require)
    with pytest.raises(AssertionError, match="refused on ints only"):
        rules.compare_with_itself("Conv1D", **SEARCH)


def test_notices_an_assumption_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    def at_least(n: Any, reach: Any) -> Any:
        from shapecalc.dims import at_least

        return at_least(n, reach if isinstance(n, int) else reach + 1)

    monkeypatch.setattr("shapecalc.layers.axes.at_least", at_least)
    with pytest.raises(AssertionError, match=r"does not hold|refused on symbols only"):
        rules.compare_with_itself("Conv1D", **SEARCH)


def test_notices_a_rule_without_a_strategy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "values", lambda *_: None)
    with pytest.raises(AssertionError, match="needs an entry"):
        rules.test_has_a_strategy_for_each_argument("Dense")


def test_notices_inputs_without_a_strategy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Dense, "takes", None)
    monkeypatch.setattr(rules, "extra_for", lambda _: Extra())
    with pytest.raises(AssertionError):
        rules.test_has_a_strategy_for_each_argument("Dense")


def test_notices_an_argument_out_of_place(monkeypatch: pytest.MonkeyPatch) -> None:
    reversed_order = dict(reversed(Dense.arguments.items()))
    monkeypatch.setattr(Dense, "arguments", reversed_order)
    with pytest.raises(AssertionError):
        rules.test_has_the_arguments_of_keras_in_order("Dense")


def test_notices_a_name_that_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Dense, "keras_names", ())
    with pytest.raises(AssertionError):
        rules.test_has_every_name_of_keras("Dense")
