"""The table of coverage: all of Keras's names, and nothing missing."""

import types

import pytest

from shapecalc.documentation import coverage
from shapecalc.documentation.coverage import MISSING, NO_LAYERS, layer_state, op_state
from shapecalc.documentation.keras_names import LAYERS, OPS
from shapecalc.layers import rule_for
from shapecalc.layers.merging import FUNCTIONS


@pytest.mark.parametrize("name", LAYERS)
def test_no_layer_is_missing(name):
    assert layer_state(name) != MISSING


@pytest.mark.parametrize("name", OPS)
def test_no_operation_is_missing(name):
    assert op_state(name) != MISSING


def test_what_has_no_rule_is_missing():
    assert layer_state("Conv9D") == op_state("conv9d") == MISSING


def test_remarks_are_made_on_what_has_no_rule():
    assert NO_LAYERS.keys() <= set(LAYERS)
    assert [n for n in NO_LAYERS if rule_for(f"keras.layers.{n}")] == []


def test_states_follow_from_the_registries():
    assert layer_state("Dense") == "[exact](layers/Dense.md)"
    assert layer_state("Convolution2D") == "the same as [`Conv2D`](layers/Conv2D.md)"
    assert layer_state("add").startswith("the same as [`Add`](layers/Add.md)")
    assert layer_state("TFSMLayer").startswith("unknown by nature, because ")
    assert op_state("matmul") == "exact"
    assert "how many elements are not zero" in op_state("nonzero")
    assert "`cond`" in op_state("cond")


def test_a_rule_that_is_taken_away_is_missed(monkeypatch):
    monkeypatch.setattr(coverage, "rule_for", lambda name: None)
    monkeypatch.setattr(coverage, "op_for", lambda name: None)
    page = coverage.page()
    rows = len(LAYERS) + len(OPS) - len(NO_LAYERS) - len(FUNCTIONS)
    assert page.count(f"| {MISSING} |") == rows


@pytest.mark.oracle
@pytest.mark.parametrize(("module", "ours"), [("layers", LAYERS), ("ops", OPS)])
def test_the_names_are_those_of_keras(module, ours):
    oracle = pytest.importorskip("tests.layers.oracle", reason="the `keras` extra is missing")
    live = getattr(oracle.keras, module)
    public = [
        name
        for name in dir(live)
        if not name.startswith("_") and not isinstance(getattr(live, name), types.ModuleType)
    ]
    assert sorted(public) == ours
