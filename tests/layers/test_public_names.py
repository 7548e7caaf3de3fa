"""The public names of `keras.layers` against those that are registered."""

from __future__ import annotations

import pytest

from shapecalc.layers import rule_names
from shapecalc.layers.merging import FUNCTIONS

oracle = pytest.importorskip("tests.layers.oracle", reason="the `keras` extra is not installed")
pytestmark = pytest.mark.oracle

# What has no rule, and why. The list is to shrink: a name that gets a rule must leave it.
WITHOUT_RULE = {
    "Input": "a function that makes an input layer's tensor, not a layer",
    "InputSpec": "what a program's own layer says of its inputs, not a layer",
    "Lambda": "its function is the program's: the front end interprets it",
    "Layer": "the base class of a program's own layers",
    "Wrapper": "the base class of a program's own wrappers",
    "deserialize": "a function that makes a layer of its configuration",
    "serialize": "a function that gives a layer's configuration",
}


def unregistered() -> set[str]:
    """The public names of `keras.layers` that have neither a rule nor a function of ours."""
    registered = {*rule_names(), *FUNCTIONS}
    return {n for n in oracle.public_names() if f"keras.layers.{n}" not in registered}


def test_every_public_name_has_a_rule_or_a_reason() -> None:
    assert unregistered() == set(WITHOUT_RULE)
    assert all(WITHOUT_RULE.values())


def test_notices_a_name_without_a_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(oracle, "public_names", lambda: ["Dense", "Brandnew"])
    assert unregistered() == {"Brandnew"}
