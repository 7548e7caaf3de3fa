"""Losses, labels, data and metrics that do not go with the network."""

from __future__ import annotations

from shapecalc.diagnostics import Severity
from tests.checks.advice.case import Case, Way, sequential

LOSS = "7: the loss is given here"


def compiled(last: str, loss: str, more: str = "") -> str:
    """The last layer stands on line 5, the loss on line 7."""
    return sequential("keras.Input((8,))", last) + f"model.compile('sgd', {loss}{more})\n"


def fitted(last: str, loss: str, labels: str, x: str = "np.ones((64, 8))") -> str:
    """The call of `fit` stands on line 9."""
    return compiled(last, loss) + f"import numpy as np\nmodel.fit({x}, {labels})\n"


def from_logits(loss: str) -> str:
    return f"keras.losses.{loss}(from_logits=True)"


LOSSES = {
    "no activation": Case(
        "SHC302",
        compiled("‹layers.Dense(3)›", "'categorical_crossentropy'"),
        ('takes probabilities, but Dense "dense" gives any numbers', LOSS),
        (
            Way("(3)", "activation='softmax'", "(3, {})"),
            Way("'categorical_crossentropy'", f"loss={from_logits('CategoricalCrossentropy')}"),
        ),
    ),
    "no activation of one unit": Case(
        "SHC302",
        compiled("‹layers.Dense(1)›", "'binary_crossentropy'"),
        ("gives any numbers", LOSS),
        (Way("(1)", "activation='sigmoid'", "(1, {})"),),
    ),
    "no activation of one class": Case(
        "SHC302",
        compiled("‹layers.Dense(1)›", "'categorical_crossentropy'"),
        ("gives any numbers", LOSS),
        (
            Way(
                "(1),\n])\nmodel.compile('sgd', 'categorical",
                "use activation='sigmoid' and loss='binary_crossentropy' for one probability",
                "(1, activation='sigmoid'),\n])\nmodel.compile('sgd', 'binary",
            ),
        ),
        ("softmax",),
    ),
    "no activation, a loss that takes no logits": Case(
        "SHC302",
        compiled("‹layers.Dense(3)›", "'kl_divergence'"),
        ("takes probabilities", LOSS),
        (Way("(3)", "activation='softmax'", "(3, {})"),),
        ("from_logits",),
    ),
    "numbers below 0": Case(
        "SHC302",
        compiled("‹layers.Dense(1)›", "'poisson'"),
        ("takes numbers above 0, but", "gives any numbers", LOSS),
        (
            Way("(1)", "'exponential'", "(1, activation={})"),
            Way("(1)", "'softplus'", "(1, activation={})"),
        ),
        ("from_logits",),
    ),
    "another activation": Case(
        "SHC302",
        compiled("layers.Dense(3, ‹activation='tanh'›)", "'sparse_categorical_crossentropy'"),
        ("takes probabilities", "gives what its tanh does", LOSS),
        (Way("activation='tanh'", "activation='softmax'"),),
        ("from_logits",),
    ),
    "a rectifier before a sigmoid": Case(
        "SHC302",
        compiled("layers.Dense(1, ‹activation='relu'›)", from_logits("BinaryCrossentropy")),
        ("cut off at 0 by the relu", "class 0 cannot be said", LOSS),
        (Way(", activation='relu'", "leave out the activation 'relu'", ""),),
    ),
    "a rectifier before a softmax": Case(
        "SHC302",
        compiled("layers.Dense(3, ‹activation='relu'›)", from_logits("CategoricalCrossentropy")),
        ("cut off at 0 by the relu", "evidence against a class cannot be said", LOSS),
        (Way(", activation='relu'", "leave out the activation 'relu'", ""),),
    ),
    "a softmax twice": Case(
        "SHC302",
        compiled(
            "layers.Dense(2, activation='softmax')", f"‹{from_logits('CategoricalCrossentropy')}›"
        ),
        ("made probabilities of the logits already", "5: the softmax is applied here"),
        (
            Way("from_logits=True", "leave out from_logits=True", ""),
            Way(", activation='softmax'", "or the activation 'softmax'", ""),
        ),
    ),
    "one class": Case(
        "SHC302",
        compiled("layers.Dense(1, ‹activation='sigmoid'›)", "'categorical_crossentropy'"),
        ("has one unit: the loss is the same whatever it gives", LOSS),
        (
            Way("'categorical_crossentropy'", "loss='binary_crossentropy'"),
            Way("1, activation='sigmoid'", "activation='softmax'", "2, {}"),
        ),
    ),
    "a sigmoid for classes": Case(
        "SHC302",
        compiled("layers.Dense(4, ‹activation='sigmoid'›)", "'categorical_crossentropy'"),
        ("add up to 1", "each of its 4 units", LOSS),
        (
            Way("activation='sigmoid'", "activation='softmax'"),
            Way("'categorical_crossentropy'", "loss='binary_crossentropy'"),
        ),
    ),
    "a softmax for a loss unit by unit": Case(
        "SHC302",
        compiled("layers.Dense(3, ‹activation='softmax'›)", "'binary_crossentropy'"),
        ("its 3 units exclude each other", LOSS),
        (
            Way("activation='softmax'", "activation='sigmoid'"),
            Way("'binary_crossentropy'", "loss='categorical_crossentropy'"),
        ),
    ),
    "a softmax over one unit": Case(
        "SHC301",
        compiled("layers.Dense(1, ‹activation='softmax'›)", "'categorical_crossentropy'"),
        ("one unit, which is always 1",),
        (Way("1, a", "one unit a class", "2, a"),),
    ),
}

SOFTMAX = "layers.Dense(3, activation='softmax')"

LABELS = {
    "numbers of classes": Case(
        "SHC303",
        fitted(SOFTMAX, "'categorical_crossentropy'", "‹np.ones((64, 1))›"),
        ('labels (64, 1), Dense "dense" (None, 3)', LOSS),
        (Way("'categorical_crossentropy'", "loss='sparse_categorical_crossentropy'"),),
    ),
    "numbers of classes in a row": Case(
        "SHC303",
        fitted(SOFTMAX, "'categorical_crossentropy'", "‹np.ones((64,))›"),
        ('labels (64,), Dense "dense" (None, 3)', LOSS),
        (Way("'categorical_crossentropy'", "loss='sparse_categorical_crossentropy'"),),
    ),
    "one number a class": Case(
        "SHC303",
        fitted(SOFTMAX, "'sparse_categorical_crossentropy'", "‹np.ones((64, 3))›"),
        ('labels (64, 3), Dense "dense" (None, 3)', LOSS),
        (Way("'sparse_categorical_crossentropy'", "loss='categorical_crossentropy'"),),
    ),
    "more classes than units": Case(
        "SHC304",
        fitted(SOFTMAX, "'categorical_crossentropy'", "‹np.ones((64, 7))›"),
        ("the labels show 7 classes, but the last axis has 3 units", "5: the units are given here"),
        (Way("Dense(3", "one unit a class", "Dense(7"),),
    ),
    "more labels than units": Case(
        "SHC305",
        fitted("layers.Dense(3)", "'mse'", "‹np.ones((64, 4))›"),
        ('labels (64, 4), Dense "dense" (None, 3)', LOSS),
        (Way("Dense(3", "as many units as a sample has labels", "Dense(4"),),
        ("flatten",),
    ),
    "one label for three units": Case(
        "SHC305",
        fitted("layers.Dense(3)", "'mse'", "‹np.ones((64,))›"),
        ('labels (64,), Dense "dense" (None, 3)', LOSS),
        (Way("Dense(3", "as many units as a sample has labels", "Dense(1"),),
        ("flatten",),
    ),
    "a label for many positions": Case(
        "SHC305",
        fitted(
            "layers.Reshape((4, 2)),\n    layers.Dense(2, activation='softmax')",
            "'categorical_crossentropy'",
            "‹np.ones((64, 2))›",
        ),
        ('labels (64, 2), Dense "dense" (None, 4, 2)', "8: the loss is given here"),
        (
            Way("    layers.Dense", "flatten", "    layers.Flatten(),\n    layers.Dense"),
            Way("(64, 2)", "one label a position", "(64, 4, 2)"),
        ),
    ),
    "a label in a row for many positions": Case(
        "SHC305",
        fitted(
            "layers.Reshape((4, 2)),\n    layers.Dense(1, activation='sigmoid')",
            "'binary_crossentropy'",
            "‹np.ones((64,))›",
        ),
        ('labels (64,), Dense "dense" (None, 4, 1)', "8: the loss is given here"),
        (
            Way("    layers.Dense", "flatten", "    layers.Flatten(),\n    layers.Dense"),
            Way("(64,)", "one label a position", "(64, 4, 1)"),
        ),
    ),
    "labels that are repeated": Case(
        "SHC306",
        fitted("layers.Dense(1)", "'mse'", "‹np.ones((64, 3))›"),
        ('labels (64, 3), Dense "dense" (None, 1)', LOSS),
        (Way("Dense(1", "as many units as a sample has labels", "Dense(3"),),
    ),
    "fewer labels than samples": Case(
        "SHC312",
        fitted("layers.Dense(1)", "'mse'", "‹np.ones((60, 1))›"),
        ("x has 64, y has 60",),
        (Way("(60, 1)", "as many labels as inputs", "(64, 1)"),),
    ),
    "fewer weights than samples": Case(
        "SHC312",
        fitted("layers.Dense(1)", "'mse'", "‹np.ones((64, 1))›, sample_weight=np.ones((60,))"),
        ("x has 64, y has 64, sample_weight has 60",),
    ),
    "fewer held-out labels than samples": Case(
        "SHC312",
        fitted(
            "layers.Dense(1)",
            "'mse'",
            "np.ones((64, 1)), ‹validation_data=(np.ones((9, 8)), np.ones((7, 1)))›",
        ),
        ("validation x has 9, validation y has 7",),
        (Way("(7, 1)", "as many labels as inputs", "(9, 1)"),),
    ),
    "fewer held-out weights than samples": Case(
        "SHC312",
        fitted(
            "layers.Dense(1)",
            "'mse'",
            "np.ones((64, 1)), ‹validation_data=(np.ones((9, 8)), np.ones((9, 1)), np.ones((7,)))›",
        ),
        ("validation x has 9, validation y has 9, validation sample_weight has 7",),
    ),
}

DATA = {
    "one sample": Case(
        "SHC308",
        compiled("layers.Dense(1)", "'mse'")
        + "import numpy as np\nmodel.predict(‹np.ones((8,))›)\n",
        ("takes (None, 8), but is given (8,)", "4: the input is made here"),
        (Way("np.ones((8,))", "np.expand_dims(..., 0)", "np.expand_dims(np.ones((8,)), 0)"),),
    ),
    "a list of numbers": Case(
        "SHC308",
        fitted("layers.Dense(1)", "'mse'", "np.ones((1, 1))", "‹[[1.0] * 8]›"),
        ("`x` is a list of numbers",),
        (Way("[[1.0] * 8]", "np.array(...)", "np.array([[1.0] * 8])"),),
    ),
    "samples that have as many numbers in another shape": Case(
        "SHC308",
        "import numpy as np\n"
        + sequential("keras.Input((1, 6))", "layers.Dense(3)")
        + "model.predict(‹np.ones((9, 6))›)\n",
        ("5: the input is made here",),
        (
            Way("np.ones((9, 6))", "(9, 1, 6)", "np.ones((9, 6)).reshape({})"),
            Way("(1, 6)", "(6,)"),
        ),
    ),
    "grey images for colours": Case(
        "SHC308",
        "import numpy as np\n"
        + sequential("keras.Input((8, 8, 3))", "layers.Conv2D(4, 3)")
        + "model.predict(‹np.ones((9, 8, 8))›)\n",
        ("5: the input is made here",),
        (Way("(8, 8, 3)", "(8, 8, 1)"),),
    ),
    "two arrays for one input": Case(
        "SHC308",
        "import numpy as np\na, b = np.ones((9, 4)), np.ones((9, 4))\n"
        + sequential("keras.Input((8,))", "layers.Dense(1)")
        + "model.predict(‹[a, b]›)\n",
        (),
        (Way("[a, b]", "np.concatenate(..., axis=1)", "np.concatenate([a, b], axis=1)"),),
    ),
    "data without their last axis": Case(
        "SHC308",
        "import numpy as np\n"
        + sequential("keras.Input((5, 2))", "layers.LSTM(3)")
        + "model.predict(‹np.ones((9, 5))›)\n",
        ("takes (None, 5, 2), but is given (9, 5)", "5: the input is made here"),
        (Way("(9, 5)", "the last one channels or features: add what lacks", "(9, 5, 2)"),),
    ),
    "data of another size": Case(
        "SHC308",
        fitted("layers.Dense(1)", "'mse'", "np.ones((9, 1))", "‹np.ones((9, 7))›"),
        ("takes (None, 8), but is given (9, 7)", "4: the input is made here"),
        silent=("add what lacks", "expand_dims"),
    ),
    "data with an axis more": Case(
        "SHC308",
        fitted("layers.Dense(1)", "'mse'", "np.ones((9, 1))", "‹np.ones((9, 8, 8))›"),
        ("takes (None, 8), but is given (9, 8, 8)", "4: the input is made here"),
        silent=("add what lacks", "expand_dims"),
    ),
    "held-out data of another size": Case(
        "SHC308",
        fitted(
            "layers.Dense(1)",
            "'mse'",
            "np.ones((64, 1)), ‹validation_data=(np.ones((9, 7)), np.ones((9, 1)))›",
        ),
        ("takes (None, 8), but is given (9, 7)", "4: the input is made here"),
    ),
    "one array for two inputs": Case(
        "SHC308",
        "import numpy as np\n"
        "a, b = keras.Input((8,)), keras.Input((8,))\n"
        "model = keras.Model([a, b], layers.Add()([a, b]))\n"
        "model.predict(‹np.ones((4, 8))›)\n",
        ("takes 2 inputs, but is given 1",),
    ),
}

METRICS = {
    "accuracy of numbers": Case(
        "SHC309",
        compiled("layers.Dense(1)", "'mse'", ", ‹metrics=['accuracy']›"),
        ('Dense "dense" with `mse` gives numbers on a scale',),
        (Way("metrics=['accuracy']", "metrics=['mae']"),),
        # Of labels that are not known.
        severity=Severity.INFO,
    ),
    "equality of probabilities": Case(
        "SHC309",
        compiled(SOFTMAX, "'categorical_crossentropy'", ", ‹metrics=[keras.metrics.Accuracy()]›"),
        ("counts outputs that equal their label exactly",),
        (Way("metrics=[keras.metrics.Accuracy()]", "metrics=['accuracy']"),),
    ),
    "one-hot accuracy of integers": Case(
        "SHC309",
        compiled(
            SOFTMAX, "'sparse_categorical_crossentropy'", ", ‹metrics=['categorical_accuracy']›"
        ),
        ("labels that are numbers of classes",),
        (Way("metrics=['categorical_accuracy']", "metrics=['sparse_categorical_accuracy']"),),
    ),
    "integer accuracy of one-hot labels": Case(
        "SHC309",
        compiled(
            SOFTMAX, "'categorical_crossentropy'", ", ‹metrics=['sparse_categorical_accuracy']›"
        ),
        ("labels with one number a class",),
        (Way("metrics=['sparse_categorical_accuracy']", "metrics=['categorical_accuracy']"),),
    ),
    "a loss that is misspelt": Case(
        "SHC313",
        compiled("layers.Dense(1)", "‹'mean_squard_error'›"),
        ("no loss 'mean_squard_error'",),
        (Way("'mean_squard_error'", "'mean_squared_error'"),),
    ),
    "a loss that is like none": Case(
        "SHC313",
        compiled("layers.Dense(1)", "‹'quux'›"),
        ("no loss 'quux'",),
        silent=("mean",),
    ),
    "a metric that is misspelt": Case(
        "SHC313",
        compiled("layers.Dense(1)", "'mse'", ", ‹metrics=['mean_absolut_error']›"),
        ("no metric 'mean_absolut_error'",),
        (Way("'mean_absolut_error'", "'mean_absolute_error'"),),
    ),
}


def two_outputs(loss: str) -> str:
    return (
        "a = keras.Input((8,))\n"
        "model = keras.Model(a, [layers.Dense(1, name='b')(a), layers.Dense(2, name='c')(a)])\n"
        f"model.compile('sgd', {loss})\n"
    )


OUTPUTS = {
    "three losses for two outputs": Case(
        "SHC307",
        two_outputs("‹['mse', 'mae', 'mse']›"),
        ("has 2 outputs, but is compiled with 3 losses",),
        (
            Way("['mse', 'mae', 'mse']", "one loss for all", "'mse'"),
            Way("['mse', 'mae', 'mse']", "one for each output", "['mse', 'mae']"),
        ),
        ("first",),
    ),
    "one loss in a list for two outputs": Case(
        "SHC307",
        two_outputs("‹['mse']›"),
        ("has 2 outputs, but is compiled with 1 loss, and uses the first only",),
        (Way("['mse']", "one for each output", "['mse', 'mae']"),),
        severity=Severity.WARNING,
    ),
    "three losses, one of them None, for two outputs": Case(
        "SHC307",
        two_outputs("‹['mse', None, 'mse']›"),
        ("has 2 outputs, but is compiled with 3 losses",),
        (Way("None, 'mse'", "one for each output", "None"),),
    ),
    "two losses for one output": Case(
        "SHC307",
        compiled("layers.Dense(1)", "‹['mse', 'mae']›"),
        ("has 1 output, but is compiled with 2 losses, and uses the first only",),
        (Way("['mse', 'mae']", "one loss for all", "'mse'"),),
        severity=Severity.WARNING,
    ),
    "losses by another name": Case(
        "SHC307",
        two_outputs("‹{'b': 'mse', 'd': 'mse'}›"),
        ('are named "b", "d", the outputs of "functional" "b", "c"',),
        (Way("'d'", "name one loss, or None, for each output", "'c'"),),
    ),
    "one array of labels for two outputs": Case(
        "SHC307",
        "import numpy as np\n"
        + two_outputs("'mse'")
        + "model.fit(np.ones((4, 8)), ‹np.ones((4, 1))›)\n",
        ("2 outputs",),
        (Way("np.ones((4, 1))", "each output", "[np.ones((4, 1)), np.ones((4, 2))]"),),
    ),
}

CONTRACT = LOSSES | LABELS | DATA | METRICS | OUTPUTS
