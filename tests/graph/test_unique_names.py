"""Names within a stack, however it came about."""

import pytest

from shapecalc import Input, Sequential, check_source, layers
from shapecalc.rules.refusal import GraphFault
from shapecalc.rules.session import new_session


@pytest.fixture(autouse=True)
def session():
    with new_session():
        yield


def stack() -> Sequential:
    return Sequential([Input((4,)), layers.Dense(4, name="a"), layers.Dense(4, name="b")])


def test_a_name_twice_is_refused():
    model = stack()
    with pytest.raises(GraphFault, match='"a"'):
        model.add(layers.Dense(4, name="a"))
    # What was refused is not there.
    model.add(layers.Dense(4, name="c"))
    with pytest.raises(GraphFault, match='"c"'):
        model.add(layers.Dense(4, name="c"))


def test_a_refused_layer_takes_no_name():
    model = stack()
    with pytest.raises(GraphFault, match="input layer"):
        model.add(layers.InputLayer(shape=(4,), name="late"))
    model.add(layers.Dense(4, name="late"))
    assert [layer.name for layer in model.layers] == ["a", "b", "late"]


def test_a_name_is_free_again_when_its_layer_is_gone():
    model = stack()
    model.pop()
    model.add(layers.Dense(4, name="b"))
    with pytest.raises(GraphFault):
        model.add(layers.Dense(4, name="b"))


def test_the_layer_that_a_nested_model_brings_is_among_them():
    model = Sequential([stack()])
    with pytest.raises(GraphFault):
        model.add(layers.Dense(4, name=model.layers[0].name))


RENAMED = """import keras
from keras import layers
model = keras.Sequential([keras.Input((4,)), layers.Dense(4, name="a")])
model.layers[0]._name = "b"
model.add(layers.Dense(4, name="{name}"))
"""


@pytest.mark.parametrize(("name", "codes"), [("a", []), ("b", ["SHC223"]), ("c", [])])
def test_a_layer_that_is_renamed_has_its_new_name(name, codes):
    assert [d.code.id for d in check_source(RENAMED.format(name=name))
            if d.code.id == "SHC223"] == codes  # fmt: skip
