"""Faults planted in rules: each comparison of `test_ops` must find its kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import Phase

from shapecalc.ops.op import OpRule
from shapecalc.rules.refusal import Refusal
from shapecalc.rules.spec import TensorSpec
from tests.ops.case import RULES

rules = pytest.importorskip("tests.ops.test_ops", reason="the `keras` extra is not installed")
pytestmark = pytest.mark.oracle

# To find a fault is enough; it need not be made small. What is drawn comes in runs of the like,
# hence many; the first that fails is the last.
SEARCH: dict[str, Any] = {"max_examples": 1000, "phases": [Phase.generate]}

Fault = Callable[[Any], Any]


def plant(monkeypatch: pytest.MonkeyPatch, name: str, fault: Fault) -> None:
    """Make an operation give `fault` of what it gives."""
    sound = RULES[name]

    def faulty(*args: Any, **kwargs: Any) -> Any:
        return fault(sound(*args, **kwargs))

    monkeypatch.setitem(RULES, name, OpRule(sound.names, faulty, sound.node))


def _longer(spec: TensorSpec) -> TensorSpec:
    return TensorSpec(tuple(n + 1 for n in spec.shape), spec.dtype)


def _rank_lost(spec: TensorSpec) -> TensorSpec:
    return TensorSpec(spec.shape[1:], spec.dtype)


def _dtype_lost(spec: TensorSpec) -> TensorSpec:
    return TensorSpec(spec.shape, "float32")


def _left_open(spec: TensorSpec) -> TensorSpec:
    from tests.ops.case import T, spec_of

    return spec_of(T((None,) * len(spec.shape), spec.dtype))


def _refused(spec: TensorSpec) -> TensorSpec:
    if 3 in spec.shape:
        raise Refusal("no threes")
    return spec


@pytest.mark.parametrize("name", ["relu", "add", "mean", "concatenate", "conv", "get_item"])
@pytest.mark.parametrize("fault", [_longer, _rank_lost, _dtype_lost, _left_open, _refused])
def test_notices_a_fault(monkeypatch: pytest.MonkeyPatch, name: str, fault: Fault) -> None:
    plant(monkeypatch, name, fault)
    with pytest.raises(AssertionError):
        rules.compare_with_keras(name, **SEARCH)


@pytest.mark.parametrize("fault", [lambda out: out[:-1], lambda out: out[0], lambda out: [*out, 1]])
def test_notices_a_fault_in_several_outputs(monkeypatch: pytest.MonkeyPatch, fault: Fault) -> None:
    plant(monkeypatch, "split", fault)
    with pytest.raises(AssertionError):
        rules.compare_with_keras("split", **SEARCH)


@pytest.mark.parametrize(
    ("name", "module"),
    [("matmul", "operands"), ("reshape", "shaping"), ("conv", "windows"), ("stack", "operands")],
)
def test_notices_a_missing_refusal(monkeypatch: pytest.MonkeyPatch, name: str, module: str) -> None:
    monkeypatch.setattr(f"shapecalc.ops.{module}.require_seen", lambda *_: None)
    with pytest.raises(AssertionError):
        rules.compare_with_keras(name, **SEARCH)


def _symbols_longer(spec: TensorSpec) -> TensorSpec:
    return spec if all(isinstance(n, int) for n in spec.shape) else _longer(spec)


def _symbols_refused(spec: TensorSpec) -> TensorSpec:
    if not all(isinstance(n, int) for n in spec.shape):
        raise Refusal("no symbols")
    return spec


@pytest.mark.parametrize("name", ["relu", "add", "reshape"])
@pytest.mark.parametrize("fault", [_symbols_longer, _symbols_refused])
def test_notices_a_fault_on_symbols(
    monkeypatch: pytest.MonkeyPatch, name: str, fault: Fault
) -> None:
    plant(monkeypatch, name, fault)
    with pytest.raises(AssertionError):
        rules.compare_with_itself(name, **SEARCH)


def test_notices_an_assumption_that_is_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    def require(condition: Any, refusal: Refusal, *_: Any) -> None:
        if condition.holds() is False:
            raise refusal

    monkeypatch.setattr("shapecalc.ops.activations.require_seen", require)
    with pytest.raises(AssertionError, match="refused on ints only"):
        rules.compare_with_itself("glu", **SEARCH)


def test_notices_an_assumption_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    from shapecalc.dims import at_least
    from shapecalc.rules.requirement import require

    def strict(spec: TensorSpec) -> TensorSpec:
        for n in spec.shape:
            if not isinstance(n, int):
                require(at_least(n, 3), Refusal("too short"))
        return spec

    plant(monkeypatch, "relu", strict)
    with pytest.raises(AssertionError, match="do not hold"):
        rules.compare_with_itself("relu", **SEARCH)
