"""Texts that are known in part, against the texts that they may be."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shapecalc import analyze_source
from shapecalc.frontends.python.partial_texts import (
    PartialText,
    fill_braces,
    fill_percent,
    join_pieces,
)
from shapecalc.rules.unknown import Unknown

HIDDEN = Unknown("not known before it runs")
# Few letters, so that texts meet; signs that formats give a meaning.
TEXTS = st.text("ab%{}", max_size=4)
PIECES = st.lists(TEXTS, min_size=2, max_size=3)


def with_percent(pieces: list[str], values: list[str]) -> tuple[str, Any]:
    template = "%s".join(piece.replace("%", "%%") for piece in pieces)
    return template % tuple(values[: len(pieces) - 1]), fill_percent(template, HIDDEN)


def with_a_key(pieces: list[str], values: list[str]) -> tuple[str, Any]:
    template = "%(a key)-1s".join(piece.replace("%", "%%") for piece in pieces)
    return template % {"a key": values[0] or "b"}, fill_percent(template, HIDDEN)


def with_braces(pieces: list[str], values: list[str]) -> tuple[str, Any]:
    doubled = [piece.replace("{", "{{").replace("}", "}}") for piece in pieces]
    template = "{}".join(doubled)
    return template.format(*values), fill_braces(template, HIDDEN)


def in_pieces(pieces: list[str], values: list[str]) -> tuple[str, Any]:
    mixed: list[str | Unknown] = [pieces[0]]
    whole = pieces[0]
    for value, piece in zip(values, pieces[1:], strict=False):
        mixed += [HIDDEN, piece]
        whole += value + piece
    inner = join_pieces(mixed[1:])
    return whole, join_pieces([mixed[0], inner])


def contradictions(real: str, partial: PartialText, asked: str) -> list[str]:
    """What a partial text says that does not hold of the text that it is."""
    answers = {
        "holds": (partial.holds(asked), asked in real),
        "starts_with": (partial.starts_with(asked), real.startswith(asked)),
        "ends_with": (partial.ends_with(asked), real.endswith(asked)),
    }
    found = [name for name, (said, is_so) in answers.items() if said not in (None, is_so)]
    return found if partial.may_be(real) else [*found, "may_be"]


@pytest.mark.parametrize("make", [with_percent, with_a_key, with_braces, in_pieces])
@given(PIECES, st.lists(TEXTS, min_size=2, max_size=2), TEXTS)
def test_says_nothing_that_does_not_hold(make, pieces, values, asked):
    real, partial = make(pieces, values)
    assert not contradictions(real, partial, asked)


def test_what_does_not_hold_is_seen():
    partial = PartialText("ab", HIDDEN, "ba")
    assert contradictions("aba", partial, "a") == ["may_be"]
    assert contradictions("bb", partial, "ab") == ["holds", "starts_with", "may_be"]
    assert contradictions("ab", partial, "ba") == ["holds", "ends_with", "may_be"]


def test_what_is_known_is_kept():
    for make in (with_percent, with_braces, in_pieces):
        _, partial = make(["ab", "ba"], ["a", "b"])
        assert (partial.start, partial.end) == ("ab", "ba")
    assert join_pieces(["a", "b"]) == "ab"


PROGRAM = """
import sys
import keras
from keras import layers

kind = sys.argv[1]
name = {text}
model = keras.Sequential([keras.Input((4,))])
if {condition}:
    model.add(layers.Dense(1))
else:
    model.add(layers.Dense(2))
"""


@pytest.mark.parametrize(
    ("text", "condition", "units"),
    [
        ('f"net_{kind}"', 'name == "lenet"', {2}),
        ('f"net_{kind}"', '"lenet" != name', {1}),
        ('"net_%s" % kind', 'name.startswith("net")', {1}),
        ('"net_%s_%d" % (kind, 3)', 'name.startswith(("a", "b"))', {2}),
        ('"net_{}".format(kind)', 'name in ("a", "b", None)', {2}),
        ('"net_{}".format(kind)', 'name not in {"a": 1}', {1}),
        ('"deep_" + f"{kind}_net"', '"deep" in name and name.endswith("_net")', {1}),
        ('f"{kind}_" + "net"', "name", {1}),
        ('f"{kind}"', "name", {1, 2}),
        ('f"net_{kind}"', 'name == "net_1"', {1, 2}),
        ('f"net_{kind}"', 'name.startswith("net_a")', {1, 2}),
        ('f"net_{kind}"', 'name in ("a", "net_b")', {1, 2}),
    ],
)
def test_decides_a_condition_as_far_as_it_is_known(text, condition, units):
    report = analyze_source(PROGRAM.format(text=text, condition=condition))
    assert {model.summary.outputs[0][-1] for model in report.models} == units
