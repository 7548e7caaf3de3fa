"""Drawn networks with a planted fault: what the live Keras refuses we find, and nothing else."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shapecalc.layers import merging
from shapecalc.layers.dense import Dense
from shapecalc.rules import argument
from shapecalc.rules.refusal import InvalidArgument
from tests.checks.drawn.faults import FAULTS

judging = pytest.importorskip("tests.checks.drawn.judging", reason="the `keras` extra is missing")
pytestmark = pytest.mark.oracle

# A program takes up to a second, nearly all of it Keras's; the command draws more of them.
PROGRAMS = max(2, settings().max_examples // 50)

# Of what Keras refuses, this much must be found on the very line.
ON_ITS_LINE = 0.95


@pytest.mark.parametrize("kind", FAULTS)
@settings(max_examples=PROGRAMS)
@given(seed=st.integers(0, 10**9))
def test_keras_and_we_accept_the_same_programs(kind: str, seed: int) -> None:
    verdict = judging.judge(judging.draw_program(random.Random(seed), kind))
    assert verdict.agreed, (verdict.program.text, verdict.refusal, verdict.found, verdict.crash)


def drawn(*kinds: str, each: int, seed: int = 0) -> Any:
    """A tally of programs that are always the same."""
    rng = random.Random(seed)
    return judging.tally(judging.draw_program(rng, k) for k in kinds for _ in range(each))


def test_a_finding_is_on_the_line_on_which_keras_raises() -> None:
    total = drawn(*FAULTS, each=2).total()
    assert total["refused"] > len(FAULTS)
    assert total["on its line"] >= ON_ITS_LINE * total["refused"]


def test_every_style_and_family_is_drawn() -> None:
    rng = random.Random(0)
    programs = [judging.draw_program(rng, "none") for _ in range(200)]
    assert {p.style for p in programs} == set(judging.STYLES)
    text = "\n".join(p.text for p in programs)
    for layer in ("Conv1D", "Conv2D", "Conv3D", "LSTM", "Embedding", "Dot", "MultiHeadAttention"):
        assert f"{layer}(" in text
    assert "channels_first" in text


# --- faults planted in us ------------------------------------------------------------------------


def test_a_requirement_that_nobody_holds_to_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merging, "require", lambda condition, refusal: None)
    monkeypatch.setattr(merging, "broadcast_axis", lambda a, b, refusal: a)
    assert _differs(drawn("merge of unequal shapes", each=15))


def test_a_choice_that_is_not_checked_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(argument.Choice, "accept", lambda self, value, owner: value)
    assert _differs(drawn("unknown choice", each=15))


def test_a_false_alarm_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Dense) -> None:
        raise InvalidArgument("no Dense is right", argument="units")

    monkeypatch.setattr(Dense, "validate", refuse)
    counted = drawn("none", each=3)
    assert counted.total()["false alarms"] == 3
    assert _differs(counted)


def test_a_finding_on_another_line_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    sound: Callable[[str], Any] = judging.check_source

    def shifted(text: str) -> list[Any]:
        found = sound(text)
        return [d._replace(span=d.span._replace(line=d.span.line + 40)) for d in found]

    monkeypatch.setattr(judging, "check_source", shifted)
    total = drawn("window larger than input", each=8).total()
    assert total["found"] == total["refused"] > 0
    assert total["on its line"] == 0


def test_a_crash_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: Any) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(Dense, "infer", crash)
    counted = drawn("none", each=2)
    assert counted.total()["crashes"] == 2
    assert _differs(counted)


def _differs(counted: Any) -> bool:
    return any(not verdict.agreed for verdict in counted.verdicts)
