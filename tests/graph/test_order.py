"""The order of a model's layers, which is the order of the rows of its summary."""

from __future__ import annotations

import pytest
from hypothesis import given

from shapecalc import Input, Model, layers
from shapecalc.graph import model as models
from shapecalc.rules.session import new_session
from tests.graph.programs import Plan, plans

# The first output feeds the third: still the walk back begins at it.
FEEDING = Plan(
    2,
    (("add", (0, 1)), ("add", (1, 2)), ("dense", (3,))),
    (2, 4, 3),
)


def names(plan: Plan) -> list[str]:
    with new_session():
        return [layer.name for layer in plan.build(layers, Model, Input).layers]


def test_an_output_that_feeds_another() -> None:
    assert names(FEEDING) == ["input0", "input1", "add0", "add1", "dense2"]


@pytest.fixture(scope="module")
def keras_names():  # type: ignore[no-untyped-def]
    keras = pytest.importorskip("keras", reason="the `keras` extra is missing")

    def ask(plan: Plan) -> list[str]:
        keras.backend.clear_session(free_memory=False)
        found = plan.build(keras.layers, keras.Model, keras.Input).layers
        return [layer.name for layer in found]

    return ask


@pytest.mark.oracle
@given(plan=plans())
def test_keras_has_the_same(keras_names, plan: Plan) -> None:  # type: ignore[no-untyped-def]
    assert names(plan) == keras_names(plan)


@pytest.mark.oracle
def test_a_fault_is_found(keras_names, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    order = models.layers_by_depth
    monkeypatch.setattr(
        models,
        "layers_by_depth",
        lambda calls, inputs, outputs: order(calls, inputs, outputs[1:]),
    )
    with pytest.raises((AssertionError, KeyError)):
        assert names(FEEDING) == keras_names(FEEDING)
