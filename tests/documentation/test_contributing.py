"""The worked examples of CONTRIBUTING.md: each is registered in a scratch registry and used."""

import importlib.util
import re
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

import shapecalc
from shapecalc.checks import check as checks
from shapecalc.documentation import formulas as made
from shapecalc.documentation import text
from shapecalc.frontends.python import library
from shapecalc.frontends.python.library import registry
from shapecalc.layers import layer as layers
from shapecalc.ops import op as ops
from tests.layers import test_edges as edges
from tests.layers.case import RULES
from tests.ops.case import RULES as OPS

ROOT = Path(__file__).parent.parent.parent
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
EXAMPLES = dict(
    re.findall(
        r"^<!-- example: (\w+) -->\n```python\n(.*?)^```$", CONTRIBUTING, re.MULTILINE | re.DOTALL
    )
)


@pytest.fixture
def example(tmp_path, monkeypatch):
    """Import the code of an example, as shown or with a change."""

    def load(name, *change):
        file = tmp_path / f"example_{name}.py"
        code = EXAMPLES[name]
        if change:
            assert change[0] in code
            code = code.replace(*change)
        file.write_text(code, "utf-8")
        spec = importlib.util.spec_from_file_location(file.stem, file)
        module = importlib.util.module_from_spec(spec)
        monkeypatch.setitem(sys.modules, file.stem, module)
        spec.loader.exec_module(module)
        return module

    return load


def test_there_is_an_example_of_each_kind():
    assert list(EXAMPLES) == ["layer", "op", "check", "model"]


@pytest.fixture
def dense(example, monkeypatch):
    """The example layer in Dense's place."""

    def load(*change):
        monkeypatch.setattr(layers, "REGISTRY", {})
        monkeypatch.setattr(made, "_known", {})
        rule = example("layer", *change).Dense
        assert list(layers.REGISTRY.values()) == [rule]
        monkeypatch.setitem(RULES, "Dense", rule)
        return rule

    return load


def test_the_layer_has_its_page_and_its_edges(dense):
    page = text.page(dense())
    assert "  params            C*u + u\n" in page
    assert "With use_bias=False:" in page
    assert edges.compare_with_drawing("Dense", 20) > 5


@pytest.mark.oracle
def test_the_layer_agrees_with_keras_and_with_itself(dense):
    rules = pytest.importorskip("tests.layers.test_rules")
    dense()
    assert rules.compare_with_keras("Dense", max_examples=50)["accepted"]
    rules.compare_with_itself("Dense", max_examples=20)


@pytest.mark.oracle
def test_a_fault_in_the_layer_is_found(dense):
    rules = pytest.importorskip("tests.layers.test_rules")
    dense('"kernel", (x[-1], self.units)', '"kernel", (self.units, x[-1])')
    with pytest.raises(AssertionError, match=r"kernel|shape"):
        rules.compare_with_keras("Dense", max_examples=200)


@pytest.mark.oracle
@pytest.mark.parametrize("change", [(), ("product(shape_of(x))", "product(shape_of(x)) + 1")])
def test_the_operation_is_held_to_keras(example, monkeypatch, change):
    tests = pytest.importorskip("tests.ops.test_ops")
    monkeypatch.setattr(ops, "REGISTRY", {})
    example("op", *change)
    assert set(ops.REGISTRY) == {"keras.ops.ravel", "numpy.ravel"}
    monkeypatch.setitem(OPS, "ravel", ops.REGISTRY["keras.ops.ravel"])
    if change:
        with pytest.raises(AssertionError):
            tests.compare_with_keras("ravel")
    else:
        assert tests.compare_with_keras("ravel")["accepted"]


def test_the_check_is_registered_and_explains(example, monkeypatch):
    monkeypatch.setattr(checks, "REGISTRY", {})
    module = example("check")
    (known,) = checks.REGISTRY.values()
    assert known.code.summary == "A layer is given a size that nobody means"
    assert known.bad
    assert known.good
    finding = known.run(SimpleNamespace(refusal=module.Unmeant("10**12 units")))
    assert (finding.message, finding.help) == ("10**12 units", "leave out some zeros")


PROGRAM = """
import math, keras
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(math.comb({}))])
"""


def units(arguments):
    (model,) = shapecalc.analyze_source(PROGRAM.format(arguments)).models
    return model.summary.layers[-1].output_shape[-1]


def test_the_model_is_found_and_followed(tmp_path, monkeypatch):
    units("5, 2")  # loads the models there are
    monkeypatch.delitem(registry.FUNCTIONS, "math.comb")
    assert units("5, 2") != 10
    (tmp_path / "combinatorics.py").write_text(EXAMPLES["model"], "utf-8")
    monkeypatch.setattr(library, "__path__", [*library.__path__, str(tmp_path)])
    monkeypatch.setattr(registry, "_modules", None)
    monkeypatch.setattr(registry, "_loaded", set())
    assert units("5, 2") == 10
    assert units("5, 6") != 10
