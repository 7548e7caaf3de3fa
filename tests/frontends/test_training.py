"""What is recorded of how a program compiles and runs its models."""

from __future__ import annotations

import pytest

from shapecalc import analyze_source
from shapecalc.frontends.python import read
from shapecalc.graph.training import Compilation, DataUse, Objective, Usage
from shapecalc.source import SourceFile

HEAD = """
import os
import keras
from tensorflow import keras as tfk
(x, y), (x_test, y_test) = keras.datasets.mnist.load_data()
model = keras.Sequential([keras.layers.Flatten(input_shape=(28, 28)), keras.layers.Dense(10)])
"""


TEXT = Objective("mse", text=True)


def uses_of(text: str) -> list[Usage]:
    return read(SourceFile("model.py", HEAD + text)).uses


def compiled(arguments: str) -> Compilation:
    (use,) = uses_of(f"model.compile({arguments})\n")
    assert isinstance(use, Compilation)
    return use


@pytest.mark.parametrize(
    ("arguments", "loss", "metrics"),
    [
        ("'adam', 'mse', ['mae']", TEXT, [Objective("mae", text=True)]),
        ("loss=keras.losses.MeanSquaredError()", Objective("MeanSquaredError", made=True), None),
        ("loss=tfk.losses.mse", Objective("mse"), None),
        ("loss=lambda a, b: 0", Objective(None), None),
        ("loss=keras.losses.get('mse')", TEXT, None),
        ("loss={'a': 'mse', 'b': None}", {"a": TEXT, "b": None}, None),
        (
            "loss=[keras.losses.BinaryCrossentropy(from_logits=True)], metrics='accuracy'",
            [Objective("BinaryCrossentropy", True, (), {"from_logits": True})],
            [Objective("accuracy", text=True)],
        ),
    ],
)
def test_losses_and_metrics_are_recorded_as_they_are_nested(arguments, loss, metrics) -> None:
    use = compiled(arguments)
    assert use.argument("loss") == loss
    assert use.argument("metrics") == metrics


@pytest.mark.parametrize(
    ("arguments", "optimizer"),
    [
        ("", "rmsprop"),
        ("'SGD'", "sgd"),
        ("keras.optimizers.Adam(1e-3)", "adam"),
        ("tfk.optimizers.SGD(momentum=0.9)", "momentum"),
        ("make_optimizer()", None),
        ("None", None),
    ],
)
def test_the_optimizer_is_named_as_keras_names_it(arguments: str, optimizer: str | None) -> None:
    assert compiled(arguments).optimizer == optimizer


def test_an_argument_is_where_it_stands() -> None:
    use = compiled("'adam', loss='mse'")
    assert (use.arguments["optimizer"].column, use.arguments["loss"].column) == (15, 23)


def test_data_comes_with_its_shape_and_the_compilation_in_force() -> None:
    first, fit, second, evaluate = uses_of(
        "model.compile('adam', 'mse')\nmodel.fit(x, y, epochs=2)\n"
        "model.compile('adam', 'mae')\nmodel.evaluate(x_test, y=y_test)\n"
    )
    assert isinstance(fit, DataUse)
    assert isinstance(evaluate, DataUse)
    assert fit.argument("x").shape == (60000, 28, 28)
    assert evaluate.argument("y").shape == (10000,)
    assert (fit.compilation, evaluate.compilation) == (first, second)


def test_each_way_of_a_condition_is_recorded_with_it() -> None:
    uses = uses_of(
        "if os.path.exists('w'):\n    model.load_weights('w')\nelse:\n    model.fit(x, y)\n"
    )
    assert [(u.method, u.condition) for u in uses] == [("fit", "not (os.path.exists('w'))")]


def test_the_rounds_of_a_loop_are_recorded_once() -> None:
    uses = uses_of("for i in range(50):\n    model.train_on_batch(x, y)\n")
    assert [u.method for u in uses] == ["train_on_batch"]


def test_what_a_class_replaces_is_told() -> None:
    (use,) = uses_of(
        "class Own(keras.Model):\n    def train_step(self, data): return {}\n"
        "    def call(self, t): return t\nown = Own()\nown.compile('adam', 'mse')\n"
    )
    assert isinstance(use, Compilation)
    assert use.overridden == {"train_step"}


def test_frozen_layers_are_those_at_the_time() -> None:
    use = compiled("'adam', 'mse')\nmodel.trainable = (False")
    assert use.frozen == ()
    before = uses_of("model.layers[1].trainable = False\nmodel.compile('adam', 'mse')\n")[0]
    assert isinstance(before, Compilation)
    assert before.frozen == (before.model.layers[1],)


def test_a_prediction_has_the_shape_of_the_output() -> None:
    use = uses_of("model.compile('adam', 'mse')\nmodel.fit(x, model.predict(x))\n")[-1]
    assert use.argument("y").shape == (60000, 10)


def test_memory_to_train_is_that_of_the_program_s_optimizer() -> None:
    def memory(arguments: str) -> tuple[str, object]:
        text = HEAD + f"model.compile({arguments})\n"
        found = analyze_source(text).models[0].summary.memory
        return found.optimizer, found.training.size

    assert memory("'sgd'")[0] == "sgd"
    assert memory("'adam'")[1] - memory("'sgd'")[1] == 2 * 7850 * 4


STEPPED = """
import keras
import numpy as np

class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = keras.layers.Dense(3)
        self.head = keras.layers.Dense(2)

    def call(self, x):
        return self.dense(x)

    def train_step(self, data):
        self.head(self(data))
        return {}

net = Net()
net(np.zeros((2, 4)))
net.compile()
net.fit(DATA)
"""


@pytest.mark.parametrize(
    ("data", "params"), [("np.zeros((8, 4))", (23, True)), ("open('x').read()", (15, False))]
)
def test_what_only_the_step_builds_is_known_if_the_data_is(data, params):
    (model,) = analyze_source(STEPPED.replace("DATA", data)).models
    assert (model.summary.params.total, model.summary.params.exact) == params
