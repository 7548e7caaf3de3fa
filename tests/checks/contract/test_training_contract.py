"""The checks of losses, labels and data on programs as people write them."""

import textwrap

import pytest

from shapecalc import check_source
from shapecalc.checks.catalogue import find_check
from shapecalc.frontends.python import read
from shapecalc.graph.contents import Contents
from shapecalc.source import SourceFile

START = """
import numpy as np
import keras
from keras import layers
from keras.models import Sequential, Model
"""


def found(text: str) -> list[tuple[str, str]]:
    return [
        (d.code.id, d.severity.value)
        for d in check_source(START + textwrap.dedent(text))
        if d.code.id.startswith("SHC3")
    ]


def compiled(last: str, loss: str, *, more: str = "") -> list[tuple[str, str]]:
    return found(
        f"model = Sequential([keras.Input((8,)), {last}])\nmodel.compile('sgd', {loss}{more})"
    )


WARNED = [("SHC302", "warning")]
OF_LOGITS = "loss=keras.losses.{}(from_logits=True)"


@pytest.mark.parametrize(
    ("last", "loss"),
    [
        ("layers.Dense(1)", "'binary_crossentropy'"),
        ("layers.Dense(10)", "'categorical_crossentropy'"),
        ("layers.Dense(10, activation='relu')", "'sparse_categorical_crossentropy'"),
        ("layers.Dense(10), layers.Activation('tanh')", "'categorical_crossentropy'"),
        ("layers.Dense(1, activation='relu')", OF_LOGITS.format("BinaryCrossentropy")),
        ("layers.Dense(1, activation='sigmoid')", OF_LOGITS.format("BinaryCrossentropy")),
        ("layers.Dense(9, activation='softmax')", OF_LOGITS.format("CategoricalCrossentropy")),
        ("layers.Dense(1, activation='sigmoid')", "'categorical_crossentropy'"),
        ("layers.Dense(4, activation='sigmoid')", "'categorical_crossentropy'"),
        ("layers.Dense(4, activation='softmax')", "'binary_crossentropy'"),
        ("layers.Dense(4), layers.Dropout(0.0)", "keras.losses.KLDivergence()"),
        ("layers.Dense(1)", "['binary_crossentropy']"),
        ("layers.Dense(1, name='a')", "{'a': 'BinaryCrossentropy'}"),
    ],
)
def test_an_output_that_its_loss_does_not_take(last, loss):
    assert compiled(last, loss) == WARNED


@pytest.mark.parametrize(
    ("last", "loss"),
    [
        ("layers.Dense(1, activation='sigmoid')", "'mse'"),
        ("layers.Dense(1, activation='relu')", "'mse'"),
        ("layers.Dense(2, activation='softmax')", "'binary_crossentropy'"),
        ("layers.Dense(4, activation='sigmoid')", "'binary_crossentropy'"),
        ("layers.Dense(4), layers.Softmax()", "'categorical_crossentropy'"),
        ("layers.Dense(4, activation='softmax'), layers.Reshape((2, 2))", "'kl_divergence'"),
        ("layers.Dense(4), layers.Lambda(mine)", "'categorical_crossentropy'"),
        ("layers.Dense(4, activation=mine)", "'categorical_crossentropy'"),
        ("layers.Dense(4)", "mine"),
        ("layers.Dense(4)", "lambda y, p: 0"),
        ("layers.Dense(4)", "keras.losses.CategoricalCrossentropy(from_logits=mine)"),
        ("layers.Dense(4), layers.ReLU(max_value=1.0)", "'binary_crossentropy'"),
    ],
)
def test_an_output_that_may_be_meant(last, loss):
    assert compiled(last, loss) == []


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        ("model.predict(np.zeros((2, 8)))", []),
        ("whole = Sequential([keras.Input((8,)), model])", []),
        # A model that nothing is done with may be handed to whoever trains it.
        ("", WARNED),
        ("model.predict(np.zeros((2, 8)))\nmodel.evaluate(np.zeros((2, 8)), labels)", WARNED),
        ("model(keras.Input((8,)))\nmodel.train_on_batch(np.zeros((2, 8)), labels)", WARNED),
    ],
)
def test_a_loss_that_is_never_computed(later, expected):
    text = "labels = np.zeros((2, 4))\nmodel = Sequential([keras.Input((8,)), layers.Dense(4)])\n"
    assert found(text + f"model.compile('sgd', 'binary_crossentropy')\n{later}") == expected


def test_a_mean_of_probabilities_is_one():
    assert not found(
        """
        x = keras.Input((8,))
        both = [layers.Dense(3, activation="softmax")(x) for _ in range(2)]
        model = Model(x, layers.Average()(both))
        model.compile("adam", "categorical_crossentropy")
        """
    )


def test_a_softmax_over_one_unit_has_one_finding():
    program = """
    model = Sequential()
    model.add(keras.Input((8,)))
    model.add(layers.Dense(1))
    model.add(layers.Activation("softmax"))
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    """
    assert found(program) == [("SHC301", "warning")]


def test_a_training_step_of_the_programs_own_may_use_the_loss_as_it_likes():
    text = """
    class Mine(keras.Model):
        def __init__(self):
            super().__init__()
            self.last = layers.Dense(3)
        def call(self, x):
            return self.last(x)
        {}
    model = Mine()
    model.build((None, 8))
    model.compile("adam", "categorical_crossentropy")
    """
    step = "def train_step(self, data):\n            return {}"
    assert found(text.format("")) == WARNED
    assert not found(text.format(step))


def test_each_compilation_is_looked_at():
    program = """
    model = Sequential([keras.Input((8,)), layers.Dense(1, activation="sigmoid")])
    model.compile("adam", "binary_crossentropy")
    model.compile("adam", "categorical_crossentropy")
    """
    assert found(program) == WARNED


def fitted(last: str, loss: str, labels: str, *, more: str = "") -> list[tuple[str, str]]:
    return found(
        f"model = Sequential([keras.Input((8,)), {last}])\n"
        f"model.compile('sgd', {loss})\n"
        f"model.fit(np.ones((64, 8)), {labels}{more})\n"
    )


SOFT = "layers.Dense(3, activation='softmax')"


@pytest.mark.parametrize(
    ("last", "loss", "labels", "expected"),
    [
        (SOFT, "'categorical_crossentropy'", "np.ones((64, 1))", [("SHC303", "error")]),
        (SOFT, "'categorical_crossentropy'", "np.ones((64, 3))", []),
        (SOFT, "'sparse_categorical_crossentropy'", "np.ones((64, 1))", []),
        (SOFT, "'sparse_categorical_crossentropy'", "np.ones((64, 3))", [("SHC303", "error")]),
        (SOFT, "'sparse_categorical_crossentropy'", "np.ones((64, 4))", [("SHC305", "error")]),
        (SOFT, "'categorical_crossentropy'", "np.ones((64, 7))", [("SHC304", "error")]),
        (
            "layers.Dense(2, activation='softmax')",
            "'categorical_crossentropy'",
            "np.ones((64, 1))",
            [("SHC303", "error")],
        ),
        (
            "layers.Dense(1, activation='sigmoid')",
            "'categorical_crossentropy'",
            "np.ones((64, 3))",
            [("SHC302", "warning"), ("SHC305", "error")],
        ),
        (
            "layers.Reshape((4, 2)), layers.Dense(3, activation='softmax')",
            "'categorical_crossentropy'",
            "np.ones((64, 5, 3))",
            [("SHC305", "error")],
        ),
        ("layers.Dense(1)", "'mse'", "np.ones((64,))", []),
        ("layers.Dense(1)", "'mse'", "np.ones((64, 1, 1))", []),
        ("layers.Dense(1)", "'mse'", "np.ones((64, 3))", [("SHC306", "warning")]),
        ("layers.Dense(3)", "'mse'", "np.ones((64, 1))", [("SHC306", "warning")]),
        ("layers.Dense(3)", "'mse'", "np.ones((64,))", [("SHC305", "error")]),
        ("layers.Dense(3)", "'mse'", "np.ones((64, 4))", [("SHC305", "error")]),
        ("layers.Dense(3)", "'mse'", "somewhere()", []),
        ("layers.Dense(3)", "mine", "np.ones((64, 4))", []),
        (
            SOFT,
            "'binary_crossentropy'",
            "np.ones((64,))",
            [("SHC302", "warning"), ("SHC305", "error")],
        ),
        ("layers.Dense(1)", "'mse'", "np.ones((60,))", [("SHC312", "error")]),
        ("layers.Dense(1)", "'mse'", "[1, 2, 3]", [("SHC308", "error")]),
    ],
)
def test_labels_and_outputs(last, loss, labels, expected):
    assert fitted(last, loss, labels) == expected


def test_held_out_labels_are_looked_at_too():
    held_out = ", validation_data=(np.ones((9, 8)), np.ones((9, 4)))"
    assert fitted("layers.Dense(3)", "'mse'", "np.ones((64, 3))", more=held_out) == [
        ("SHC305", "error")
    ]


@pytest.mark.parametrize(
    ("samples", "more", "codes"),
    [
        # One number a sample goes with three only where a batch happens to have three samples.
        (64, "", ["SHC305"]),
        (64, ", batch_size=None", ["SHC305"]),
        (64, ", batch_size=64", ["SHC305"]),
        (64, ", batch_size=3", ["SHC306"]),
        (3, "", ["SHC306"]),
        (3, ", batch_size=2", ["SHC305"]),
        (64, ", batch_size=int(input())", []),
        (64, ", steps_per_epoch=2", []),
        (64, ", validation_split=0.1", []),
    ],
)
def test_labels_meet_outputs_batch_by_batch(samples, more, codes):
    text = f"""
    model = Sequential([keras.Input((8,)), layers.Dense(3)])
    model.compile("sgd", "mse")
    model.fit(np.ones(({samples}, 8)), np.ones(({samples},)){more})
    """
    assert [code for code, _ in found(text)] == codes


def test_one_batch_is_as_long_as_its_array():
    program = """
    model = Sequential([keras.Input((8,)), layers.Dense(3)])
    model.compile("adam", "mse")
    model.train_on_batch(np.ones((3, 8)), np.ones((3,)))
    """
    assert found(program) == [("SHC306", "warning")]


def test_outputs_in_a_dict_go_with_losses_by_name():
    program = """
    x = keras.Input((8,))
    outputs = {"size": layers.Dense(1)(x), "kind": layers.Dense(4, activation="softmax")(x)}
    model = Model(x, outputs)
    model.compile("adam", {"size": "mse", "kind": "categorical_crossentropy"})
    model.fit(np.ones((64, 8)), {"size": np.ones((64, 1)), "kind": np.ones((64, 4))})
    """
    assert not found(program)


@pytest.mark.parametrize("order", ["size kind", "kind size"])
def test_a_loss_is_that_of_its_output_whatever_the_order(order):
    made = {"size": "layers.Dense(1)(x)", "kind": "layers.Dense(4)(x)"}
    outputs = ", ".join(f"{name!r}: {made[name]}" for name in order.split())
    (one,) = check_source(
        f"{START}x = keras.Input((8,))\nmodel = Model(x, {{{outputs}}})\n"
        "model.compile('adam', {'size': 'mse', 'kind': 'categorical_crossentropy'})\n"
    )
    assert one.code.id == "SHC302"
    assert "categorical_crossentropy" in one.message


@pytest.mark.parametrize(
    "losses", ["['categorical_crossentropy']", "{'a': 'categorical_crossentropy', 'c': 'mse'}"]
)
def test_losses_that_do_not_go_with_the_outputs_are_not_looked_at_one_by_one(losses):
    program = f"""
    x = keras.Input((8,))
    model = Model(x, [layers.Dense(3, name="a")(x), layers.Dense(3, name="b")(x)])
    model.compile("adam", {losses})
    """
    assert [code for code, _ in found(program)] == ["SHC307"]


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("predict(np.ones((5, 8)))", []),
        ("predict(np.ones((5, 8, 1)))", []),
        ("predict(np.ones((8,)))", [("SHC308", "error")]),
        ("predict([np.ones((5, 8))])", []),
        ("predict([[1.0] * 8])", [("SHC308", "error")]),
        ("predict(unknown)", []),
        ("evaluate(np.ones((5, 8)), np.ones((5, 1)))", [("SHC311", "error")]),
    ],
)
def test_data_and_inputs(call, expected):
    assert (
        found(f"model = Sequential([keras.Input((8,)), layers.Dense(1)])\nmodel.{call}") == expected
    )


@pytest.mark.parametrize(
    ("loss", "metrics", "expected"),
    [
        ("'mse'", "['mae', 'RootMeanSquaredError', 'acc']", [("SHC309", "info")]),
        ("'mse'", "['rmse']", [("SHC313", "error")]),
        ("'logcosh'", "['mae']", [("SHC313", "warning")]),
        ("'mse'", "[keras.metrics.Accuracy()]", [("SHC309", "warning")]),
        ("'mse'", "[mine, 'mae']", []),
    ],
)
def test_metrics_and_names(loss, metrics, expected):
    assert compiled("layers.Dense(1)", loss, more=f", metrics={metrics}") == expected


def test_an_output_that_is_not_followed_counts():
    assert not found(
        """
        from mine import penalty, mixed
        a, b = keras.Input((8,)), keras.Input((8,))
        judge = layers.Dense(1)
        model = Model([a, b], [judge(a), judge(b), mixed([a, b])])
        model.compile("adam", ["mse", "mse", penalty], metrics=[[], [], []], loss_weights=[1, 1, 9])
        """
    )


TWO_OUTPUTS = """
x = keras.Input((8,))
outputs = [layers.Dense(1, name="size")(x), layers.Dense(4, activation="softmax", name="kind")(x)]
model = Model(x, {})
model.compile("adam", ["mse", "categorical_crossentropy"], metrics={})
"""


@pytest.mark.parametrize(
    ("metrics", "expected"),
    [
        ("[['mae'], ['accuracy']]", []),
        ("[['accuracy'], ['accuracy']]", [("SHC309", "info")]),
        ("['mae', 'sparse_categorical_accuracy']", [("SHC309", "warning")]),
        ("{'size': ['mae'], 'kind': ['acc', 'accuracy']}", []),
        ("{'size': 'accuracy'}", [("SHC309", "info")]),
        ("[['mae'], [mine]]", []),
    ],
)
def test_metrics_of_several_outputs(metrics, expected):
    assert found(TWO_OUTPUTS.format("outputs", metrics)) == expected


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ("np.array([0, 1, 1])", []),
        ("np.array([0.0, 1.0, 1.0])", []),
        ("np.array([0.5, 2.5, 8.0])", [("SHC309", "warning")]),
        ("np.array([-1, 1, 1])", [("SHC309", "warning")]),
        ("np.random.rand(3)", [("SHC309", "info")]),
        ("somewhere()", [("SHC309", "info")]),
    ],
)
def test_accuracy_of_a_regression_is_a_matter_of_the_labels(labels, expected):
    program = f"""
    model = Sequential([keras.Input((8,)), layers.Dense(1)])
    model.compile("sgd", "mse", metrics=["accuracy"])
    model.fit(np.ones((3, 8)), {labels})
    """
    assert found(program) == expected


@pytest.mark.parametrize(
    ("last", "loss", "labels", "expected"),
    [
        ("1, activation='sigmoid'", "binary_crossentropy", "[0, 1, 2]", [("SHC304", "warning")]),
        ("1, activation='sigmoid'", "binary_crossentropy", "[0, 1, 1]", []),
        ("1, activation='sigmoid'", "binary_crossentropy", "[0.0, 0.5, 1.0]", []),
        ("1", "mse", "[0, 1, 2]", []),
        ("3, activation='softmax'", "sparse_categorical_crossentropy", "[0, 1, 2]", []),
        ("3, activation='softmax'", "sparse_categorical_crossentropy", "[1, 2, 3]",
         [("SHC304", "warning")]),
    ],
)  # fmt: skip
def test_classes_that_the_labels_show(last, loss, labels, expected):
    program = f"""
    model = Sequential([keras.Input((8,)), layers.Dense({last})])
    model.compile("sgd", "{loss}")
    model.fit(np.ones((3, 8)), np.array({labels}))
    """
    assert found(program) == expected


@pytest.mark.parametrize(
    ("last", "loss", "metric", "codes"),
    [
        ("layers.Dense(1, activation='relu')", "mse", "accuracy", ["SHC309"]),
        ("layers.Dense(1, activation='sigmoid')", "mse", "accuracy", []),
        ("layers.Reshape((4, 2)), layers.GlobalAveragePooling1D()", "mse", "accuracy", []),
        ("layers.Dense(1, activation='relu')", "poisson", "accuracy", []),
        ("layers.Dense(1, activation='tanh')", "hinge", "accuracy", []),
        ("layers.Dense(2, activation='softmax')", "sparse_categorical_crossentropy",
         "categorical_accuracy", ["SHC309"]),
        ("layers.Dense(2, activation='softmax')", "categorical_crossentropy",
         "sparse_top_k_categorical_accuracy", ["SHC309"]),
        ("layers.Dense(1, activation='sigmoid')", "binary_crossentropy", "binary_accuracy", []),
        ("layers.Dense(int(input()), activation='softmax')", "sparse_categorical_crossentropy",
         "categorical_accuracy", []),
    ],
)  # fmt: skip
def test_a_metric_beside_its_loss(last, loss, metric, codes):
    found = compiled(last, f"'{loss}'", more=f", metrics=['{metric}']")
    assert [code for code, _ in found] == codes


@pytest.mark.parametrize(
    ("loss", "contents", "codes"),
    [
        ("sparse_categorical_crossentropy", Contents(0, 9 / 255), ["SHC310"]),
        ("sparse_categorical_crossentropy", Contents(0, 9, whole=True), []),
        ("sparse_categorical_crossentropy", Contents(0, 9, whole=True, all_occur=True), ["SHC304"]),
        ("sparse_categorical_crossentropy", Contents(0, 2, whole=True, all_occur=True), []),
        ("sparse_categorical_crossentropy", None, []),
        ("sparse_categorical_crossentropy", Contents(-1, 0.5), []),
        ("sparse_categorical_crossentropy", Contents(0, 0), []),
        ("sparse_categorical_crossentropy", Contents(0, 1), []),
        # Three numbers of at most 0.3 do not add up to 1, three of at most 0.5 may.
        ("categorical_crossentropy", Contents(0, 0.3), ["SHC310"]),
        ("categorical_crossentropy", Contents(0, 0.5), []),
        ("categorical_crossentropy", Contents(0, 0), []),
        ("categorical_crossentropy", Contents(0, 9, whole=True, all_occur=True), []),
        ("binary_crossentropy", Contents(0, 0.3), []),
        ("mse", Contents(0, 9 / 255), []),
    ],
)
def test_what_is_known_of_the_numbers(loss, contents, codes):
    assert found_of_numbers(SOFT, loss, contents) == codes


def found_of_numbers(last, loss, contents):
    """What is found where the labels hold these numbers, one a sample."""
    text = (
        f"{START}\nmodel = Sequential([keras.Input((8,)), {last}])\n"
        f"model.compile('adam', '{loss}')\nmodel.fit(np.ones((64, 8)), np.ones((64, 1)))"
    )
    use = read(SourceFile("program.py", text)).uses[-1]
    use.given["y"].contents = contents
    checks = [find_check(code) for code in ("SHC304", "SHC310")]
    return [check.code.id for check in checks for _ in check.run(use)]


@pytest.mark.parametrize(
    ("units", "highest", "codes"),
    [
        (1, 5, []),  # what one unit says of classes is told elsewhere
        (2, 1, []),
        (2, 2, ["SHC304"]),
        (3, 2, []),
        (3, 3, ["SHC304"]),
    ],
)
def test_classes_are_counted_from_0(units, highest, codes):
    contents = Contents(0, highest, whole=True, all_occur=True)
    last = f"layers.Dense({units}, activation='softmax')"
    assert found_of_numbers(last, "sparse_categorical_crossentropy", contents) == codes
    assert found_of_numbers(last, "mse", contents) == []


ADDS = "layers.ActivityRegularization(l2=0.1), layers.Dense(1)"


@pytest.mark.parametrize(
    ("last", "loss", "call", "expected"),
    [
        ("layers.Dense(1)", "'mse'", "fit(x)", [("SHC315", "error")]),
        ("layers.Dense(1)", "['mse']", "evaluate(x, batch_size=8)", [("SHC315", "error")]),
        ("layers.Dense(1)", "'mse'", "train_on_batch([x])", [("SHC315", "error")]),
        ("layers.Dense(1)", "'mse'", "fit(x, None)", [("SHC315", "error")]),
        ("layers.Dense(1)", "'mse'", "predict(x)", []),
        ("layers.Dense(1)", "'mse'", "fit(somewhere())", []),
        ("layers.Dense(1)", "'mse'", "fit(pairs(x))", []),
        ("layers.Dense(1)", "'mse'", "fit(x, somewhere())", []),
        ("layers.Dense(1)", "mine", "fit(x)", []),
        (ADDS, "None", "fit(x)", []),
    ],
)
def test_labels_that_are_not_given(last, loss, call, expected):
    program = f"""
    import tensorflow as tf
    def pairs(x):
        return tf.data.Dataset.from_tensor_slices((x, np.ones((64, 1)))).batch(8)
    x = np.ones((64, 8))
    model = Sequential([keras.Input((8,)), {last}])
    model.compile("sgd", {loss})
    model.{call}
    """
    assert found(program) == expected


def test_a_step_of_the_programs_own_may_do_without_labels():
    assert not found(
        """
        class Mine(keras.Model):
            def __init__(self):
                super().__init__()
                self.last = layers.Dense(8)
            def call(self, x):
                return self.last(x)
            def train_step(self, x):
                return {}
        model = Mine()
        model.compile("adam", "mse")
        model.fit(np.ones((64, 8)))
        """
    )


@pytest.mark.parametrize("call", ["prepare(model)", "prepare([model])", "tools.Trainer(m=model)"])
def test_code_that_is_not_followed_may_compile_a_model(call):
    assert not found(
        f"""
        import tools
        from tools import prepare
        model = Sequential([keras.Input((8,)), layers.Dense(1)])
        {call}
        model.fit(np.ones((64, 8)), np.ones((64,)))
        """
    )


def test_a_model_that_is_loaded_may_be_compiled():
    assert not found(
        """
        model = Sequential([keras.Input((8,)), layers.Dense(1)])
        model.compile("sgd", "mse")
        model.save("model.keras")
        again = keras.models.load_model("model.keras")
        again.fit(np.ones((64, 8)), np.ones((64,)))
        """
    )
