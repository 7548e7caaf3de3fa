"""Programs that are right, near to where a finding would begin."""

from __future__ import annotations

from tests.checks.advice.architecture import CLASSES, ending_in
from tests.checks.advice.case import sequential
from tests.checks.advice.contract import fitted, two_outputs


def two_inputs(data: str) -> str:
    return (
        "import numpy as np\n"
        "a, b = keras.Input((8, 8, 3)), keras.Input((8,))\n"
        "c = layers.Concatenate()([layers.GlobalAveragePooling2D()(a), b])\n"
        f"model = keras.Model([a, b], c)\nmodel.predict({data})\n"
    )


RIGHT = {
    "a small map with few rows": ending_in(
        "keras.Input((3, 15, 16))", "layers.Conv2D(8, 3, activation='relu')"
    ),
    "few rows of features": ending_in(
        "keras.Input((5, 66, 8))",
        "layers.Conv2D(64, 3, activation='relu')",
        "layers.Conv2D(8, 3, activation='relu')",
    ),
    "a step in two of an image": sequential(
        "keras.Input((4, 4, 3))",
        "layers.Conv2D(8, 3, strides=2, padding='same', activation='relu')",
        CLASSES,
    ),
    "a large dense layer behind a series": ending_in(
        "keras.Input((200, 200, 3))",
        "layers.Conv2D(8, 1, activation='relu')",
        "layers.Reshape((40000, 8))",
        "layers.Flatten()",
        "layers.Dense(40, activation='relu')",
    ),
    "less than a quarter": ending_in("keras.Input((5, 6))", "layers.MaxPooling1D(2)"),
    "nine tenths less some of the params in one layer": ending_in(
        # 9999·1001 + 1001 = 10 010 000 of 11 204 172.
        "keras.Input((33, 303, 1))",
        "layers.Conv2D(1, 1, activation='relu')",
        "layers.Flatten()",
        "layers.Dense(1001, activation='relu')",
        "layers.Dense(1180, activation='relu')",
    ),
    "a shortcut": ending_in(
        "keras.Input((9, 9, 3))",
        "layers.Conv2D(8, 1, 2)",
        "layers.ReLU()",
        "layers.Conv2D(8, 1, 1)",
    ),
    "two kinds of layers": ending_in(
        "keras.Input((9, 4))", "layers.Dense(8)", "layers.Conv1D(8, 3, activation='relu')"
    ),
    "units that nobody knows": "n = int(input())\n"
    + sequential("keras.Input((8,))", "layers.Dense(n)", "layers.Dense(8, activation='relu')"),
    "data of a model that takes any": "import numpy as np\n"
    "class Mine(keras.Model):\n"
    "    def __init__(self):\n"
    "        super().__init__()\n"
    "        self.last = layers.Dense(3)\n"
    "    def call(self, x):\n"
    "        return self.last(x[:, :4])\n"
    "model = Mine()\n"
    "model.build((None, 8))\n"
    "model.predict(np.ones((5, 9)))\n",
    "held-out data that are unknown": fitted(
        "layers.Dense(1)", "'mse'", "np.ones((64, 1)), validation_data=open('data')"
    ),
    "data of which some are unknown": two_inputs("[open('data'), np.ones((4, 8))]"),
    "data of which some have no known shape": two_inputs(
        "[np.asarray(open('data')), np.ones((4, 8))]"
    ),
    "an image of another size, beside what is unknown": two_inputs(
        "[np.ones((4, 16, 16, 3)), np.asarray(open('data'))]"
    ),
    "labels that have no known shape": fitted(
        "layers.Dense(3)", "'mse'", "np.asarray(open('data'))"
    ),
    "an axis more that may be single": "import numpy as np\nn = int(input())\n"
    + sequential("keras.Input((8,))", "layers.Dense(1)")
    + "model.predict(np.ones((5, 8, n)))\n",
    "losses by names that nobody knows": two_outputs("{input(): 'mse', 'c': 'mse'}"),
    "losses that are nested as the outputs are": "a = keras.Input((8,))\n"
    "b, c, d = layers.Dense(1)(a), layers.Dense(2)(a), layers.Dense(3)(a)\n"
    "model = keras.Model(a, [[b, c], d])\n"
    "model.compile('sgd', [['mse', 'mae'], 'mse'])\n",
    "a large dense layer behind the mean of an image": sequential(
        "keras.Input((8, 8, 3))",
        "layers.Conv2D(5000, 1, activation='relu')",
        "layers.GlobalAveragePooling2D()",
        "layers.Dense(2001, activation='relu')",
        CLASSES,
    ),
    "a large dense layer without a convolution": ending_in(
        "keras.Input((200, 200, 3))",
        "layers.Flatten()",
        "layers.Dense(100, activation='relu')",
    ),
}
