"""The dtypes of outputs and weights of every rule against the live Keras."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from shapecalc.graph.tensor import Tensor, call_layer, tensors_of
from shapecalc.layers.core import Identity
from shapecalc.layers.nesting import weights_within
from shapecalc.rules.dtype_policy import DTypePolicy, policy_of
from shapecalc.rules.facts import Facts
from shapecalc.rules.refusal import Refusal
from shapecalc.rules.session import Session, current_session, new_session
from tests.layers.case import NOT_CALLED, RULES, Case, Inner, dims_of, make_rule, map_drawn
from tests.layers.strategies import cases

oracle = pytest.importorskip("tests.layers.oracle", reason="the `keras` extra is not installed")
pytestmark = pytest.mark.oracle

CALLED = sorted(RULES.keys() - NOT_CALLED)
FLOATS = ("float32", "float16", "bfloat16", "float64")
POLICIES = (*FLOATS, "mixed_float16", "mixed_bfloat16")
INTEGERS = ("int32", "int64")
INPUTS = (*FLOATS, "int32", "uint8", "int64", "bool")
# Keras traces cells and pipelines, and JAX then narrows what is wide: no dtype that the rule knows.
TRACED = {"GRUCell", "LSTMCell", "Pipeline", "SimpleRNNCell", "StackedRNNCells"}

_quiet = settings(
    database=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow]
)


@st.composite
def dtype_cases(draw: Any, name: str) -> tuple[Case, str, str | None]:
    """A call of a rule with a policy of its own or none, an input dtype, and a global policy."""
    case = draw(cases(name))
    arguments = {k: v for k, v in case.arguments.items() if k != "dtype"}
    policies = POLICIES[:2] if name in TRACED else POLICIES
    # Integers are its business.
    own = draw(st.sampled_from((None, *(INTEGERS if name == "Hashing" else policies))))
    if own is not None and name != "Pipeline":
        arguments["dtype"] = own
    if draw(st.booleans()) and name in ("Flatten", "Identity", "Permute", "Reshape", "Dense"):
        arguments["autocast"] = draw(st.booleans())
    entering = ("float32",) if name in TRACED else INPUTS
    given = draw(st.sampled_from(entering))
    return replace(case, arguments=arguments), given, draw(st.sampled_from((None, *policies)))


def ask_rule(case: Case, given: str, policy: str | None) -> Any:
    """The dtypes of the outputs, of the weights, and of the layer; None where it refuses."""
    with new_session() as session:
        session.dtype_policy = None if policy is None else policy_of(policy)
        try:
            layer = make_rule(Inner(case.name, case.arguments))
            inputs, options = map_drawn(
                lambda shape: Tensor(dims_of(shape), given), (case.inputs, case.options)
            )
            output = call_layer(layer, tuple(inputs), options)
        except Refusal:
            return None
        weights = Counter(str(w.dtype) for w, _ in weights_within(layer))
        return [t.dtype for t in tensors_of(output)], weights, layer.dtype


def compare(name: str, **changes: Any) -> Counter[str]:
    """Hold drawn cases of a rule to Keras; returns how many were drawn and accepted.

    Raises:
        AssertionError: they differ.
    """
    tally: Counter[str] = Counter()

    @settings(_quiet, **changes)
    @given(dtype_cases(name))
    def check(drawn: tuple[Case, str, str | None]) -> None:
        theirs = oracle.ask_dtypes(*drawn)
        ours = ask_rule(*drawn)
        tally["drawn"] += 1
        if theirs is None or ours is None:
            return  # who refuses what is held to Keras elsewhere
        tally["accepted"] += 1
        assert ours == theirs, drawn

    check()
    return tally


@pytest.mark.parametrize("name", CALLED)
def test_agrees_with_keras_on_dtypes(name: str) -> None:
    tally = compare(name, max_examples=max(20, settings().max_examples // 2))
    assert tally["accepted"] * 5 >= tally["drawn"], tally


SEARCH: dict[str, Any] = {"max_examples": 200, "phases": [Phase.generate]}


def test_notices_a_weight_of_a_wrong_dtype(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Facts, "stored_as", lambda self, dtype: self)
    with pytest.raises(AssertionError):
        compare("LayerNormalization", **SEARCH)


def test_notices_an_input_that_is_not_cast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DTypePolicy, "received", lambda self, dtype: dtype)
    with pytest.raises(AssertionError):
        compare("Flatten", **SEARCH)


def test_notices_a_layer_that_does_not_keep_its_dtype(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Identity, "keeps_dtype", False)
    with pytest.raises(AssertionError):
        compare("Identity", **SEARCH)


def test_notices_a_policy_that_is_not_global(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "shapecalc.rules.dtype_policy.global_policy",
        lambda: DTypePolicy("float32", "float32", "float32"),
    )
    with pytest.raises(AssertionError):
        compare("Dense", **SEARCH)


# --- the process -----------------------------------------------------------------------------

# What a program sets, in order; each step is a setting or the making of a layer.
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("floatx"), st.sampled_from(FLOATS)),
        st.tuples(st.just("policy"), st.sampled_from(POLICIES)),
        st.just(("clear", "")),
        st.just(("layer", "")),
        st.just(("input", "")),
    ),
    max_size=8,
)


def run_steps(steps: list[tuple[str, str]]) -> list[Any]:
    """What our layers and inputs are of, step by step."""
    from shapecalc import Input, layers

    found: list[Any] = []
    with new_session() as session:
        for word, value in steps:
            match word:
                case "floatx":
                    session.dtype = value
                case "policy":
                    session.dtype_policy = policy_of(value)
                case "clear":
                    session.clear()
                case "input":
                    found.append(Input((2,)).dtype)
                case "layer":
                    made = layers.Dense(1)
                    found.append((made.dtype, made.compute_dtype))
    return found


@settings(database=None)
@given(STEPS)
def test_keeps_the_settings_of_the_process_as_keras_does(steps: list[tuple[str, str]]) -> None:
    assert run_steps(steps) == oracle.run_settings(steps)


def test_notices_a_policy_that_follows_floatx(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = [("layer", ""), ("floatx", "float16"), ("layer", "")]
    assert run_steps(steps) == oracle.run_settings(steps)
    monkeypatch.setattr(
        "shapecalc.rules.dtype_policy.global_policy", lambda: policy_of(current_session().dtype)
    )
    assert run_steps(steps) != oracle.run_settings(steps)


@pytest.mark.parametrize(
    "name",
    [
        *POLICIES, "int8", "int32", "uint8", "bool", "string", "float8", "float", "int", "double",
        "int8_from_float32", "int8_from_mixed_float16", "int8_from_float16", "int4_from_float16",
        "int8_from_mixed_bfloat16", "float8_from_float32", "int4_from_float32",
        "int4/8_from_float32", "int4/x_from_float32", "gptq/4/128_from_float32",
        "gptq_from_float32", "int8_from",
        "awq/4/8_from_float32", "int8_from_int8_from_float32", "mixed_float32", "float8_e4m3fn",
    ],
)  # fmt: skip
def test_reads_the_names_of_policies_as_keras_does(name: str) -> None:
    theirs = oracle.read_policy(name)
    try:
        with new_session():
            found = policy_of(name)
    except Refusal:
        assert theirs is None
    else:
        mode = found.quantization and found.quantization.split("/")[0]
        assert (found.name, found.compute_dtype, found.variable_dtype, mode) == theirs


def test_a_session_of_its_own_keeps_its_policy() -> None:
    outer = Session()
    outer.dtype_policy = policy_of("mixed_float16")
    assert outer.copy().dtype_policy is outer.dtype_policy
