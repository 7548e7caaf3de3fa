"""What is supposed of unknown values, against the values that they turn out to be."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from shapecalc import analyze_source
from shapecalc.frontends.python.assumptions import Assumptions
from shapecalc.frontends.python.conditions import condition, derive, junction, negation
from shapecalc.rules.unknown import Unknown

CONSTANTS = st.one_of(
    st.integers(-2, 3), st.sampled_from([0.5, 1.0]), st.booleans(), st.none(),
    st.sampled_from(["", "a", "b"]),
)  # fmt: skip
ORDERS: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge,
}  # fmt: skip
SAME: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq, ast.NotEq: operator.ne,
    ast.Is: lambda a, b: type(a) is type(b) and a == b,
    ast.IsNot: lambda a, b: not (type(a) is type(b) and a == b),
}  # fmt: skip

# An unknown, or a condition on unknowns, and what it turns out to be.
Both = tuple[Unknown, Any]


@st.composite
def comparisons(draw: st.DrawFn, leaves: st.SearchStrategy[Both]) -> Both:
    left, real = draw(leaves)
    other = draw(CONSTANTS)
    kind = draw(st.sampled_from(["same", "in", "order", "turned"]))
    if kind == "in":
        members = (other, draw(CONSTANTS))
        op = draw(st.sampled_from([ast.In, ast.NotIn]))
        return condition(op(), left, members), (real in members) is (op is ast.In)
    table = SAME if kind == "same" else ORDERS
    op = draw(st.sampled_from(sorted(table, key=lambda t: t.__name__)))
    try:
        holds = table[op](other, real) if kind == "turned" else table[op](real, other)
    except TypeError:
        assume(False)
    return condition(op(), *((other, left) if kind == "turned" else (left, other))), holds


@st.composite
def situations(draw: st.DrawFn) -> list[Both]:
    """Conditions on the same two unknowns."""
    leaves: list[Both] = [(Unknown("x"), draw(CONSTANTS)) for _ in range(2)]
    leaves.append((derive(".", leaves[0][0], "rate"), draw(CONSTANTS)))
    named = st.sampled_from(leaves)
    simple = st.one_of(named, comparisons(named))

    def compound(inner: st.SearchStrategy[Both]) -> st.SearchStrategy[Both]:
        return st.one_of(
            inner.map(lambda b: (negation(b[0]), not b[1])),
            st.tuples(st.booleans(), inner, inner).map(_joined),
        )

    return draw(st.lists(st.recursive(simple, compound, max_leaves=4), min_size=2, max_size=6))


def _joined(drawn: tuple[bool, Both, Both]) -> Both:
    every, (one, first), (other, second) = drawn
    return junction((one, other), every), (first and second) if every else (first or second)


def contradictions(supposed: list[Both], asked: list[Both]) -> list[Both]:
    """Of what is asked, that which is answered otherwise than it is."""
    assumptions = Assumptions()
    for value, real in supposed:
        assumptions.suppose(value, bool(real))
    answers = ((assumptions.truth(value), value, real) for value, real in asked)
    return [(v, real) for answer, v, real in answers if answer not in (None, bool(real))]


@given(situations(), st.integers(0, 6))
def test_says_nothing_that_does_not_hold(situation, known):
    assert not contradictions(situation[:known], situation)


@given(situations())
def test_answers_what_was_supposed(situation):
    assumptions = Assumptions()
    for value, real in situation:
        assumptions.suppose(value, bool(real))
    last, real = situation[-1]
    assert assumptions.truth(last) is bool(real)


def test_what_does_not_hold_is_seen():
    size = Unknown("x")
    wrong = (condition(ast.Gt(), size, 3), True), (condition(ast.Eq(), size, 1), True)
    assert contradictions([wrong[0]], [wrong[1]]) == [wrong[1]]


def supposing(*conditions: str, asked: str) -> bool | None:
    """The truth of a condition on `n`, `cfg` and `k` where others hold."""
    names = {"n": Unknown("n"), "k": Unknown("k"), "cfg": Unknown("cfg")}

    def value(node: ast.expr) -> Any:
        if isinstance(node, ast.Name):
            return names[node.id]
        if isinstance(node, ast.Attribute):
            return derive(".", value(node.value), node.attr)
        if isinstance(node, ast.Tuple):
            return tuple(map(value, node.elts))
        if isinstance(node, ast.Compare):
            return condition(node.ops[0], value(node.left), value(node.comparators[0]))
        if isinstance(node, ast.UnaryOp):
            return negation(value(node.operand))
        if isinstance(node, ast.BoolOp):
            parts = tuple(map(value, node.values))
            return junction(parts, isinstance(node.op, ast.And))
        return ast.literal_eval(node)

    assumptions = Assumptions()
    for text in conditions:
        assumptions.suppose(value(ast.parse(text, mode="eval").body), True)
    return assumptions.truth(value(ast.parse(asked, mode="eval").body))


@pytest.mark.parametrize(
    ("conditions", "asked", "answer"),
    [
        (["n"], "not n", False),
        (["n is None"], "n", False),
        (["n is not None"], "n is None", False),
        (["n"], "n is None", False),
        (["n == 'a'"], "n == 'b'", False),
        (["n == 'a'"], "n in ('a', 'b')", True),
        (["n not in ('a', 'b')"], "n == 'a'", False),
        (["n > 3"], "n > 2", True),
        (["n > 3"], "n >= 4", None),
        (["n > 3"], "n == 3", False),
        (["n <= 3"], "n > 3", False),
        (["3 < n", "n < 5"], "n == 5", False),
        (["n > 3"], "n", True),
        (["n == 2"], "n > 1", True),
        (["n == 1"], "n is True", None),
        (["cfg.top and cfg.size > 2"], "cfg.size < 1", False),
        (["not (n or k)"], "k", False),
        (["not (n and k)"], "n and k", False),
        (["not (n and k)"], "n", None),
        (["n == k"], "n == k", True),
        (["n == k"], "n != k", False),
        (["n == k"], "n == 1", None),
    ],
)
def test_what_follows_is_known(conditions, asked, answer):
    assert supposing(*conditions, asked=asked) is answer


PROGRAM = """
import sys
import keras
from keras import layers

{before}
inputs = keras.Input((4,))
x = layers.Dense(8)(inputs)
if {condition}:
    x = layers.Reshape((2, 4))(x)
{between}
if {again}:
    x = layers.Dense(3)(x)
else:
    x = layers.LSTM(3)(x)
model = keras.Model(inputs, x)
"""
ARGUMENTS = "flag = len(sys.argv) > 1"
CONFIG = "import settings\nconfig = settings.load()"


@pytest.mark.parametrize(
    ("before", "condition", "again", "ways"),
    [
        (ARGUMENTS, "flag", "not flag", 2),
        (ARGUMENTS, "flag is True", "flag != True", 2),
        (CONFIG, "config.wide", "not config.wide", 2),
        (CONFIG, "config['wide']", "not config['wide']", 2),
        (CONFIG, "config.get('depth', 3) > 2", "config.get('depth', 3) <= 2", 2),
        (CONFIG, "config.kind == 'lstm'", "config.kind in ('dense', 'gru')", 3),
        (CONFIG, "config.kind.startswith('l')", "not config.kind.startswith('l')", 2),
        (CONFIG, "config.depth % 2 == 0", "config.depth % 2 == 1", 3),
        (CONFIG, "isinstance(config.a, str)", "not isinstance(config.a, str)", 2),
        (CONFIG, "hasattr(config, 'a')", "not hasattr(config, 'a')", 2),
        (CONFIG, "1 < config.depth < 4", "not 1 < config.depth < 4", 2),
        (CONFIG, "config.a and config.b", "not (config.a and config.b)", 2),
        (CONFIG + "\nassert not config.deep", "not config.deep", "config.deep", 1),
    ],
)
def test_no_way_contradicts_itself(before, condition, again, ways):
    text = PROGRAM.format(before=before, condition=condition, again=again, between="")
    report = analyze_source(text)
    refused = [d for d in report.diagnostics if d.code.name == "wrong-rank"]
    # Only where neither condition holds does the recurrent layer get a vector.
    assert len(refused) == (1 if ways == 3 else 0), [str(d.message) for d in report.diagnostics]
    assert len(report.models) == ways


BUILDER = """
import keras
from keras import layers

def build(norm, gru, top=None):
    inputs = keras.Input((6, 4))
    x = layers.Conv1D(8, 3, use_bias=not norm)(inputs)
    if norm:
        x = layers.BatchNormalization()(x)
    rnn = layers.GRU if gru else layers.LSTM
    x = rnn(5, return_sequences=top)(x)
    if top:
        x = layers.Dense(2)(x)
    return keras.Model(inputs, x)
"""


def test_flags_and_classes_that_are_not_known_are_taken_both_ways():
    text = BUILDER.replace("top=None", "top")
    report = analyze_source(text)
    found = {model.record.condition: model.summary for model in report.models}
    assert all(summary.params.exact for summary in found.values())
    convolution = {True: 3 * 4 * 8 + 4 * 8, False: 3 * 4 * 8 + 8}
    recurrent = {True: 3 * 5 * (8 + 5 + 2), False: 4 * 5 * (8 + 5 + 1)}
    totals = {
        convolution[norm] + recurrent[gru] + (12 if top else 0)
        for norm in (True, False) for gru in (True, False) for top in (True, False)
    }  # fmt: skip
    assert {summary.params.total for summary in found.values()} == totals
    assert "norm and not (gru) and not (top)" in found
    assert not report.diagnostics


REFUSING = """
import keras
from keras import layers

def build(widen, skip, deep):
    inputs = keras.Input((8,))
    x = layers.Dense(16 if widen else 8)(inputs)
    if widen:
        x = layers.Dense(16)(x)
    if deep:
        x = layers.Dropout(0.5)(x)
    if {condition}:
        x = layers.{layer}
    return keras.Model(inputs, x)
"""


@pytest.mark.parametrize(
    ("condition", "layer", "severity"),
    [
        # Each way of one condition is there to be taken.
        ("skip", "LSTM(3)(x)", "error"),
        ("not skip", "LSTM(3)(x)", "error"),
        ("True", "LSTM(3)(x)", "error"),
        # Whether two conditions ever meet is for the callers to say.
        ("skip", "Add()([x, inputs])", "warning"),
        ("True", "Add()([x, inputs])", "error"),
    ],
)
def test_what_takes_several_conditions_is_no_error(condition, layer, severity):
    report = analyze_source(REFUSING.format(condition=condition, layer=layer))
    found = [d for d in report.diagnostics if d.code.severity.value == "error"]
    assert {d.severity.value for d in found} == {severity}
    assert all(d.condition != "" and d.span.line == 13 for d in found)


def test_conditions_that_make_no_difference_are_left_out():
    report = analyze_source(REFUSING.format(condition="skip", layer="Reshape((9, 5))(inputs)"))
    refused = [d for d in report.diagnostics if d.severity.value == "error"]
    assert [d.condition for d in refused] == ["skip"]


def test_more_ways_than_are_followed_are_told_of():
    flags = [f"f{i}" for i in range(5)]
    lines = ["import keras", f"def build({', '.join(flags)}):", "    model = keras.Sequential()",
             "    model.add(keras.Input((4,)))"]  # fmt: skip
    for units, flag in enumerate(flags, start=2):
        lines += [f"    if {flag}:", f"        model.add(keras.layers.Dense({units}))"]
    report = analyze_source("\n".join([*lines, "    return model"]))
    assert any("more than 12 ways through `build`" in d.message for d in report.diagnostics)
    # Each condition is seen to hold and not to hold.
    for flag in flags:
        conditions = [model.record.condition.split(" and ") for model in report.models]
        assert any(flag in parts for parts in conditions)
        assert any(f"not ({flag})" in parts for parts in conditions)


@pytest.mark.parametrize("between", ["config.wide = False", "config['wide'] = False"])
def test_what_is_written_is_not_what_it_was(between):
    text = PROGRAM.format(
        before=CONFIG, condition="config.wide", again="config.wide", between=between
    )
    assert len(analyze_source(text).models) > 2


def test_a_value_that_is_put_in_place_of_a_false_one_is_unknown():
    text = """
import keras

def build(units, rate):
    return keras.Sequential([keras.Input((4,)), keras.layers.Dense(units or 3)])
"""
    (model,) = analyze_source(text).models
    assert model.summary.layers[-1].params is None


def test_nothing_grows_beyond_bounds():
    lines = ["x = x and x or (not x == 3) + x" for _ in range(200)]
    report = analyze_source(
        "\n".join(["import keras, settings", "x = settings.x", *lines, "if x: pass"])
    )
    assert not report.diagnostics
