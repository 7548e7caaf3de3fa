"""Every operation of Keras has a rule, with its signature, its node, and an oracle."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, find, settings

from shapecalc import ops
from shapecalc.ops import OPERATORS, op_for, op_names
from shapecalc.ops.op import REGISTRY, op
from tests.ops.case import RULES, Case
from tests.ops.exceptions import NOT_COMPARED, TRACED, WITHOUT_NONE
from tests.ops.strategies import cases
from tests.ops.table import TABLE

oracle = pytest.importorskip("tests.ops.oracle", reason="the `keras` extra is not installed")
pytestmark = pytest.mark.oracle


def missing_rules(names: list[str]) -> list[str]:
    return [name for name in names if op_for(f"keras.ops.{name}") is None]


def test_every_operation_of_keras_has_a_rule() -> None:
    names = oracle.exported_names()
    assert len(names) > 340
    assert not missing_rules(names)
    assert missing_rules(["add", "nope"]) == ["nope"]


def test_operations_that_keras_has_twice_have_one_rule() -> None:
    for name in oracle.sectioned_names():
        plain = op_for("keras.ops." + name.partition(".")[2])
        assert plain is not None
        assert op_for(f"keras.ops.{name}") is plain, name


def test_every_rule_is_one_of_keras() -> None:
    assert not RULES.keys() - set(oracle.exported_names())


def test_every_rule_has_an_oracle_or_a_reason() -> None:
    assert TABLE.keys() | NOT_COMPARED.keys() == RULES.keys()
    assert not TABLE.keys() & NOT_COMPARED.keys()
    assert TRACED.keys() | WITHOUT_NONE.keys() <= TABLE.keys()


@pytest.mark.parametrize("name", sorted(RULES))
def test_has_the_signature_of_keras(name: str) -> None:
    ours, theirs = RULES[name].function, oracle.function_of(name)
    assert oracle.signature_of(ours) == oracle.signature_of(theirs)


# Calls that Keras takes, for operations whose node is not that of a drawn call.
def accepted(name: str) -> Any:
    """What Keras gives for some call that it takes."""

    def takes(case: Case) -> bool:
        return oracle.node_of(oracle.ask(case)) is not None

    quiet = settings(
        database=None,
        suppress_health_check=list(HealthCheck),
        max_examples=2000,
        phases=[Phase.generate],
    )
    return oracle.ask(find(cases(name), takes, settings=quiet))


# Keras gives no tensor that remembers its node, or none that is symbolic.
NODELESS = {"shape", "dtype"}


@pytest.mark.parametrize("name", sorted(TABLE.keys() - NODELESS))
def test_names_the_node_as_keras_does(name: str) -> None:
    rule = RULES[name]
    assert oracle.node_of(accepted(name)) == (rule.node, rule.layer_name)


def test_operators_are_operations() -> None:
    import keras

    x = keras.KerasTensor((None, 3, 3))
    for word, name in OPERATORS.items():
        rule = op_for(name)
        assert rule is not None
        operands = (
            (x,) if word in ("neg", "abs", "invert") else (x, (0,) if word == "getitem" else x)
        )
        method = getattr(x, f"__{word}__", None)
        if method is not None and word != "eq":
            assert oracle.node_of(method(*operands[1:])) == (rule.node, rule.layer_name), word


def test_names_read_off_the_text_are_those_that_register() -> None:
    assert op_names() == sorted(REGISTRY)
    assert ops._families.scan(ops.__path__[0]) == ops._families.import_all()


def test_a_name_without_rule_is_none() -> None:
    for name in ("keras.ops.nope", "add", "", "keras.ops.numpy.nope"):
        assert op_for(name) is None


def test_a_name_is_registered_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        op("keras.ops.add")(lambda x: x)


def test_one_look_up_imports_one_family() -> None:
    code = (
        "import sys; from shapecalc.ops import op_for; op_for('keras.ops.relu');"
        "print(*sorted(m for m in sys.modules if m.startswith('shapecalc.ops.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    families = {rule.__module__ for rule in REGISTRY.values()}
    assert set(done.stdout.split()) & families == {"shapecalc.ops.activations"}
