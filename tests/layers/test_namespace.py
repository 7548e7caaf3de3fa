"""`shapecalc.layers` as a namespace: found by name, imported one family at a time."""

import importlib
import pkgutil
import subprocess
import sys

import pytest

from shapecalc import layers
from shapecalc.layers import rule_for, rule_names


def registered() -> dict[str, type]:
    for module in pkgutil.iter_modules(layers.__path__):
        importlib.import_module(f"shapecalc.layers.{module.name}")
    return importlib.import_module("shapecalc.layers.layer").REGISTRY


def test_names_read_off_the_text_are_those_that_register():
    assert rule_names() == sorted(registered())


def test_the_slow_way_finds_the_same():
    families = layers._families
    assert families.import_all() == families.scan(layers.__path__[0])


def test_every_name_finds_its_rule():
    for name, rule in registered().items():
        assert rule_for(name) is rule
        assert name in rule.keras_names


def test_attributes_are_rules():
    assert layers.Dense is rule_for("keras.layers.Dense")
    assert "Dense" in dir(layers)


@pytest.mark.parametrize("name", ["keras.layers.Nope", "Dense", "", "keras.layers.dense"])
def test_a_name_without_rule_is_none(name):
    assert rule_for(name) is None


def test_a_missing_attribute_is_an_attribute_error():
    with pytest.raises(AttributeError, match="Dens"):
        _ = layers.Dens


def test_one_look_up_imports_one_family():
    code = (
        "import sys; from shapecalc.layers import rule_for; rule_for('keras.layers.Dense');"
        "print(*sorted(m for m in sys.modules if m.startswith('shapecalc.layers.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "shapecalc.layers.dense" in loaded
    families = {rule.__module__ for rule in registered().values()}
    assert loaded & families == {"shapecalc.layers.dense"}
