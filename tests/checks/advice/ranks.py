"""Inputs with too many or too few axes."""

from __future__ import annotations

from tests.checks.advice.case import Case, Way, sequential

RECURRENT = "return_sequences=True"

RANKS = {
    "stacked recurrent layers": Case(
        "SHC202",
        sequential(
            "keras.Input((20, 8))", "layers.LSTM(32)", "layers.Dropout(0.5)", "‹layers.LSTM(31)›"
        ),
        ("6: Dropout",),
        (Way("32)", RECURRENT, "32, {})"),),
    ),
    "a recurrent layer in a wrapper": Case(
        "SHC202",
        sequential(
            "keras.Input((20, 8))", "layers.Bidirectional(layers.LSTM(32))", "‹layers.GRU(3)›"
        ),
        ("5: Bidirectional",),
        (Way("32)", RECURRENT, "32, {})"),),
    ),
    "convolutional recurrent layers": Case(
        "SHC202",
        sequential(
            "keras.Input((5, 9, 9, 3))", "layers.ConvLSTM2D(2, 3)", "‹layers.ConvLSTM2D(4, 1)›"
        ),
        ("5: ConvLSTM2D",),
        (Way("(2, 3)", RECURRENT, "(2, 3, {})"),),
    ),
    "a series without features": Case(
        "SHC202",
        sequential("keras.Input((30,))", "‹layers.Conv1D(8, 3)›"),
        ("4: InputLayer",),
        (
            Way(
                "keras.Input((30,))",
                "the features axis is missing: for one value at each place, Input((30, 1))",
                "keras.Input((30, 1))",
            ),
        ),
    ),
    "an image without channels": Case(
        "SHC202",
        sequential("keras.Input((28, 28))", "‹layers.Conv2D(8, 3)›"),
        ("4: InputLayer",),
        (
            Way(
                "keras.Input((28, 28))",
                "the channels axis is missing: for one value at each place, Input((28, 28, 1))",
                "keras.Input((28, 28, 1))",
            ),
        ),
    ),
    "a volume without channels": Case(
        "SHC202",
        sequential("keras.Input((16, 28, 28))", "‹layers.Conv3D(8, 3)›"),
        ("4: InputLayer",),
        (Way("keras.Input((16, 28, 28))", "Input((16, 28, 28, 1))", "keras.{}"),),
    ),
    "an input without axes": Case(
        "SHC202",
        sequential("keras.Input(())", "‹layers.Dense(8)›"),
        ("4: InputLayer",),
        (
            Way(
                "keras.Input(())",
                "the features axis is missing: for one value at each place, Input((1,))",
                "keras.Input((1,))",
            ),
        ),
    ),
    "an embedding without channels": Case(
        "SHC202",
        sequential("keras.Input((9,))", "layers.Embedding(2, 3)", "‹layers.Conv2D(8, 3)›"),
        ("5: Embedding",),
        (Way("    layers.Conv2D", "Reshape((9, 3, 1))", "    layers.{},\n    layers.Conv2D"),),
    ),
    "one axis for four": Case(
        "SHC202", sequential("keras.Input((10,))", "‹layers.Conv2D(8, 3)›"), ("4: InputLayer",)
    ),
    "the batch axis": Case(
        "SHC202",
        sequential("keras.Input((None, 28, 28, 1))", "‹layers.Conv2D(8, 3)›"),
        ("4: InputLayer",),
        (Way("(None, 28, 28, 1)", "(28, 28, 1) instead of (None, 28, 28, 1)", "(28, 28, 1)"),),
    ),
    "the batch axis of a series": Case(
        "SHC202",
        sequential("keras.Input((64, 20, 8))", "‹layers.LSTM(4)›"),
        ("4: InputLayer",),
        (Way("(64, 20, 8)", "(20, 8)"),),
    ),
    "flattened too early": Case(
        "SHC202",
        sequential(
            "keras.Input((28, 28, 1))",
            "layers.Flatten()",
            "layers.Dropout(0.5)",
            "‹layers.Conv2D(8, 3)›",
        ),
        ("6: Dropout",),
        (
            Way(
                "layers.Flatten(),\n    layers.Dropout(0.5),\n    layers.Conv2D(8, 3)",
                'Flatten "flatten" on line 5 turns 4 axes into 2; put it after this layer',
                "layers.Conv2D(8, 3),\n    layers.Flatten()",
            ),
        ),
    ),
    "pooled too early": Case(
        "SHC202",
        sequential(
            "keras.Input((28, 28, 1))", "layers.GlobalMaxPooling2D()", "‹layers.MaxPooling2D()›"
        ),
        ("5: GlobalMaxPooling2D",),
        (
            Way(
                "layers.GlobalMaxPooling2D(),\n    layers.MaxPooling2D()",
                "on line 5 turns 4 axes into 2; put it after this layer",
                "layers.MaxPooling2D(),\n    layers.GlobalMaxPooling2D()",
            ),
        ),
    ),
    "an image for a series": Case(
        "SHC202",
        sequential("keras.Input((8, 8, 1))", "layers.Conv2D(4, 3)", "‹layers.LSTM(5)›"),
        ("5: Conv2D",),
        (
            Way(
                "    layers.LSTM",
                "Reshape((steps, features))",
                "    layers.Reshape((36, 4)),  # {}\n    layers.LSTM",
            ),
        ),
    ),
    "an image for a vector": Case(
        "SHC202",
        sequential("keras.Input((8, 8, 1))", "layers.Conv2D(4, 3)", "‹layers.RepeatVector(5)›"),
        ("5: Conv2D",),
        (
            Way("    layers.Rep", "Flatten()", "    layers.{},\n    layers.Rep"),
            Way("    layers.Rep", "GlobalAveragePooling2D()", "    layers.{},\n    layers.Rep"),
        ),
    ),
    "a volume for a vector": Case(
        "SHC202",
        sequential("keras.Input((8, 8, 8, 1))", "layers.Conv3D(4, 3)", "‹layers.RepeatVector(5)›"),
        ("5: Conv3D",),
        (Way("    layers.Rep", "GlobalAveragePooling3D()", "    layers.{},\n    layers.Rep"),),
    ),
    "a series for a vector": Case(
        "SHC202",
        sequential("keras.Input((8, 3))", "layers.Dense(4)", "‹layers.RepeatVector(5)›"),
        ("5: Dense",),
        (Way("    layers.Rep", "Flatten()", "    layers.{},\n    layers.Rep"),),
        ("Pooling",),
    ),
    "a volume for an image": Case(
        "SHC202",
        sequential("keras.Input((8, 8, 8, 1))", "layers.Conv3D(4, 3)", "‹layers.Conv2D(5, 3)›"),
        ("5: Conv3D",),
        silent=("Reshape",),
    ),
    "an image in an array for a series": Case(
        "SHC202",
        "import numpy as np\nx = ‹layers.LSTM(4)(np.zeros((2, 3, 4, 5)))›\n",
        ways=(
            Way(
                "np.zeros((2, 3, 4, 5))",
                "Reshape((steps, features)) between the input and LSTM",
                "layers.Reshape((3, 20))(np.zeros((2, 3, 4, 5)))",
            ),
        ),
    ),
    "one sample": Case(
        "SHC202",
        "import numpy as np\nx = ‹layers.Dense(4)(np.zeros(3))›\n",
        ways=(Way("np.zeros(3)", "the batch axis is missing", "np.zeros((1, 3))"),),
    ),
    "an inner layer's rank": Case(
        "SHC202",
        "x = ‹layers.TimeDistributed(layers.Conv2D(3, 3))(keras.Input((5, 3)))›\n",
        ("takes 4 axes", "3: InputLayer"),
        silent=("Input(",),
    ),
    "an order of more axes": Case(
        "SHC202",
        "x = ‹layers.Permute((2, 1))(keras.Input((3, 4, 5)))›\n",
        ("3: InputLayer",),
        silent=("Reshape", "batch axis"),
    ),
    "an order of fewer axes": Case(
        "SHC202",
        "x = ‹layers.Permute((2, 1))(keras.Input((3,)))›\n",
        ("3: InputLayer",),
        silent=("Reshape", "batch axis"),
    ),
}
