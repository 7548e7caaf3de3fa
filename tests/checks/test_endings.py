"""How a network ends: the layer that decides an output, its activation and its units."""

from __future__ import annotations

import pytest

from shapecalc.checks.endings import Ending, ending_of, is_unbounded
from shapecalc.frontends.python import read
from shapecalc.source import SourceFile

HEAD = "import keras\nfrom keras import layers\nx = keras.Input((6, 4))\n"


def endings(output: str) -> list[Ending | None]:
    """The endings of a model of `x` whose outputs are told."""
    program = read(SourceFile("model.py", f"{HEAD}model = keras.Model(x, {output})\n"))
    return [ending_of(tensor) for tensor in program.models[-1].model.outputs]


def ending(output: str) -> Ending:
    (found,) = endings(output)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("output", "layer", "activation", "units"),
    [
        ("layers.Dense(3)(x)", "Dense", "linear", 3),
        ("layers.Dense(3, None)(x)", "Dense", "linear", 3),
        ("layers.Dense(3, 'relu')(x)", "Dense", "relu", 3),
        ("layers.Dense(3, keras.activations.softmax)(x)", "Dense", "softmax", 3),
        ("layers.Dense(3, layers.LeakyReLU())(x)", "Dense", "leaky_relu", 3),
        ("layers.Dense(3, lambda x: x)(x)", "Dense", None, 3),
        # What only relabels or drops units decides nothing.
        ("layers.Flatten()(layers.Dropout(0.5)(layers.Dense(3, 'tanh')(x)))", "Dense", "tanh", 3),
        ("layers.Activation('linear')(layers.Dense(3, 'tanh')(x))", "Dense", "tanh", 3),
        ("layers.Activation('elu')(layers.Dense(3, 'tanh')(x))", "Activation", "elu", 3),
        ("layers.ReLU()(x)", "ReLU", "relu", 4),
        ("layers.ReLU(max_value=6)(x)", "ReLU", None, 4),
        ("layers.ELU()(x)", "ELU", "elu", 4),
        ("layers.PReLU()(x)", "PReLU", "prelu", 4),
        ("layers.LeakyReLU()(x)", "LeakyReLU", "leaky_relu", 4),
        ("layers.Softmax()(x)", "Softmax", "softmax", 4),
        ("layers.Softmax(axis=(-1,))(x)", "Softmax", "softmax", 4),
        ("layers.Softmax(axis=1)(x)", "Softmax", None, 4),
        ("layers.Softmax(axis=-2)(x)", "Softmax", None, 4),
        ("layers.Average()([x, x])", "Average", "linear", 4),
        ("layers.BatchNormalization()(layers.Dense(3, 'relu')(x))", "BatchNormalization",
         "linear", 3),
        ("keras.ops.softmax(layers.Dense(3)(x))", "Operation", "softmax", 3),
        ("keras.ops.leaky_relu(layers.Dense(3)(x))", "Operation", "leaky_relu", 3),
        ("layers.Dense(3, 'relu')(x) + 1", "Operation", "linear", 3),
        # A model within ends as it does itself.
        ("keras.Sequential([layers.Dense(3, 'selu'), layers.Flatten()])(x)", "Dense", "selu", 3),
    ],
)  # fmt: skip
def test_the_layer_that_decides(output, layer, activation, units):
    found = ending(output)
    assert (found.activation, found.units) == (activation, units)
    assert layer in ("Operation", type(found.layer).__name__)


def test_units_of_an_output_without_known_axes_are_unknown():
    found = ending("layers.Activation('relu')(layers.Lambda(made_elsewhere)(x))")
    assert (found.activation, found.units) == ("relu", None)


def test_each_output_of_a_model_within_ends_by_itself():
    both = "keras.Model(x, [layers.Dense(3, 'relu')(x), layers.Dense(2, 'tanh')(x)])(x)"
    assert [(e.activation, e.units) for e in endings(both)] == [("relu", 3), ("tanh", 2)]


@pytest.mark.parametrize(
    "output", ["x", "layers.Flatten()(x)", "keras.Sequential([layers.Dropout(0.5)])(x)"]
)
def test_what_no_layer_decides(output):
    (found,) = endings(output)
    assert found is None or type(found.layer).__name__ == "InputLayer"


@pytest.mark.parametrize(
    ("output", "unbounded"),
    [
        ("layers.Dense(3)(x)", True),
        ("layers.LSTM(3)(x)", True),
        ("layers.BatchNormalization()(x)", True),
        ("layers.LayerNormalization()(x)", True),
        ("layers.Average()([x, x])", False),
        ("layers.GlobalAveragePooling1D()(x)", False),
        ("x + 1", False),
    ],
)
def test_sums_over_weights_may_be_any_number(output, unbounded):
    assert is_unbounded(ending(output)) is unbounded


def test_the_activation_is_where_it_is_given():
    text = "layers.Dense(3, activation='relu')(x)"
    span = ending(text).span
    assert span is not None
    line = f"model = keras.Model(x, {text})"
    assert line[span.column - 1 : span.end_column - 1] == "activation='relu'"
