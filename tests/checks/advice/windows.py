"""Windows that do not fit into their input."""

from __future__ import annotations

from tests.checks.advice.case import Case, Way, sequential

SAME = 'padding="same"'

WINDOWS = {
    "stride": Case(
        "SHC201",
        sequential(
            "keras.Input((10, 10, 3))", "layers.Conv2D(8, 5, strides=2)", "layers.MaxPooling2D(‹4›)"
        ),
        (
            "10 → 3 → ✗",
            "4: 10",
            "5: kernel 5, stride 2, valid: (10 - 5)//2 + 1 = 3",
            "(3 - 4)//4 + 1 = 0",
        ),
        (Way("(10, 10, 3)", "(11, 11, 3)"), Way("2D(4)", SAME, "2D(4, {})")),
        ("leave out",),
    ),
    "dilation": Case(
        "SHC201",
        sequential(
            "keras.Input((20, 2))", "layers.Conv1D(4, 3, dilation_rate=4)", "layers.Conv1D(4, ‹13›)"
        ),
        (
            "20 → 12 → ✗",
            "4: 20",
            "5: kernel 3, dilation 4, valid: 20 - 9 + 1 = 12",
            "12 - 13 + 1 = 0",
        ),
        (Way("(20, 2)", "(21, 2)"), Way("13)", SAME, "13, {})")),
    ),
    "dilated itself": Case(
        "SHC201",
        "x = layers.Conv1D(4, ‹3›, dilation_rate=4)(keras.Input((8, 2)))\n",
        ("3: starts with 8", "8 - 9 + 1 = 0"),
        (Way("(8, 2)", "(9, 2)"), Way("4)", SAME, "4, {})")),
    ),
    "same and stride": Case(
        "SHC201",
        sequential(
            "keras.Input((9, 9, 3))",
            "layers.Conv2D(8, 3, padding='same')",
            "layers.Conv2D(8, 3, strides=2, padding='same')",
            "layers.Conv2D(4, ‹6›)",
        ),
        # What keeps the size is no step of it.
        ("9 → 5 → ✗", "4: 9", "6: kernel 3, stride 2, same: ceil(9 / 2) = 5", "5 - 6 + 1 = 0"),
        (Way("(9, 9, 3)", "(11, 11, 3)"),),
    ),
    "three steps": Case(
        "SHC201",
        sequential(
            "keras.Input((9, 9, 3))",
            "layers.Conv2D(8, 3)",
            "layers.AveragePooling2D(2)",
            "layers.Conv2D(4, ‹4›)",
        ),
        (
            "9 → 7 → 3 → ✗",
            "4: 9",
            "5: 9 - 3 + 1 = 7",
            "6: window 2, stride 2, valid: (7 - 2)//2",
            "3 - 4 + 1 = 0",
        ),
        (
            Way("(9, 9, 3)", "(10, 10, 3)"),
            Way("    layers.AveragePooling2D(2),\n", "leave out a layer", ""),
        ),
    ),
    "channels first": Case(
        "SHC201",
        sequential(
            "keras.Input((1, 12, 12))",
            "layers.Conv2D(4, (3, 5), data_format='channels_first')",
            "layers.Conv2D(4, ‹(11, 2)›, data_format='channels_first')",
        ),
        ("12 → 10 → ✗", "4: 12", "5: kernel 3, valid: 12 - 3 + 1 = 10", "10 - 11 + 1 = 0"),
        (Way("(1, 12, 12)", "(1, 13, 13)"),),
    ),
    "channels as many as rows": Case(
        "SHC201",
        sequential("keras.Input((9, 9, 9))", "layers.Conv2D(8, ‹10›)"),
        ("4: starts with 9", "9 - 10 + 1 = 0"),
        (Way("(9, 9, 9)", "(10, 10, 9)"),),
        ("(10, 10, 10)",),
    ),
    "features as many as steps": Case(
        "SHC201",
        sequential("keras.Input((6, 6))", "layers.Conv1D(8, 3)", "layers.Conv1D(8, ‹5›)"),
        ("6 → 4 → ✗", "4: starts with 6", "5: 6 - 3 + 1 = 4", "4 - 5 + 1 = 0"),
        (Way("(6, 6)", "(7, 6)"),),
        ("(7, 7)",),
    ),
    "channels first, as many as rows": Case(
        "SHC201",
        sequential("keras.Input((7, 7, 7))", "layers.Conv2D(8, ‹9›, data_format='channels_first')"),
        ("axis 2", "4: starts with 7", "7 - 9 + 1 = -1"),
        (Way("(7, 7, 7)", "(7, 9, 9)"),),
        ("(9, 9, 9)",),
    ),
    "within each step": Case(
        "SHC201",
        "frames = keras.Input((10, 6, 6, 3))\n"
        "x = ‹layers.TimeDistributed(layers.Conv2D(8, 7))(frames)›\n",
        ("axis 2 of its input (None, 10, 6, 6, 3)", "3: starts with 6", "6 - 7 + 1 = 0"),
        (Way("8, 7)", SAME, "8, 7, {})"),),
    ),
    "one open axis": Case(
        "SHC201",
        "x = layers.Conv2D(8, ‹(3, 9)›)(keras.Input((None, 8, 3)))\n",
        ("3: starts with 8", "8 - 9 + 1 = 0"),
        (Way("(None, 8, 3)", "(None, 9, 3)"),),
    ),
    "a model within": Case(
        "SHC201",
        "a = keras.Input((None, None, 3))\n"
        "inner = keras.Model(a, layers.Conv2D(8, 3, strides=2)(a))\n"
        "b = keras.Input((6, 6, 3))\n"
        "x = layers.BatchNormalization()(inner(b), training=True)\n"
        "x = layers.Conv2D(4, ‹3›)(x)\n"
        "model = keras.Model(b, x)\n",
        ("6 → 2 → ✗", "5: 6", '6: "functional": 6 → 2', "2 - 3 + 1 = 0"),
        (Way("(6, 6, 3)", "(7, 7, 3)"),),
    ),
    "a model within that takes a dict": Case(
        "SHC201",
        "a = keras.Input((None, 9, 3))\n"
        "inner = keras.Model({'a': a}, layers.Conv2D(8, 3)(a))\n"
        "x = layers.Conv2D(4, ‹3›)(inner({'a': keras.Input((4, 9, 3))}))\n",
        ("4 → 2 → ✗", "5: 4", "5: 4 → 2", "2 - 3 + 1 = 0"),
        (Way("(4, 9, 3)", "(5, 9, 3)"),),
    ),
    "a stack within, made by its call": Case(
        "SHC201",
        "inner = keras.Sequential([layers.Conv2D(8, 3)])\n"
        "x = layers.Conv2D(4, ‹3›)(inner(keras.Input((4, 9, 3))))\n",
        ("4 → 2 → ✗", "4: 4", "4: 4 → 2", "2 - 3 + 1 = 0"),
        (Way("(4, 9, 3)", "(5, 9, 3)"),),
    ),
    "a model within that takes no other size": Case(
        "SHC201",
        "a = keras.Input((4, 9, 3))\n"
        "inner = keras.Model(a, layers.Conv2D(8, 3)(a))\n"
        "x = layers.Conv2D(4, ‹3›)(inner(keras.Input((4, 9, 3))))\n",
        ("4 → 2 → ✗", "5: 4", "5: 4 → 2", "2 - 3 + 1 = 0"),
        (Way("(4, 3)", SAME, "(4, 3, {})"),),
        ("an input of",),
    ),
    "two inputs": Case(
        "SHC201",
        "a = keras.Input((8, 8, 3))\n"
        "b = keras.Input((8, 8, 3))\n"
        "x = layers.Conv2D(8, ‹9›)(layers.Concatenate()([a, b]))\n",
        ("3: starts with 8", "8 - 9 + 1 = 0"),
        (Way("9)", SAME, "9, {})"),),
        ("an input of",),
    ),
    "an array": Case(
        "SHC201",
        "import numpy as np\nx = layers.Conv1D(4, ‹9›)(np.ones((2, 5, 3)))\n",
        ("5 - 9 + 1 = -3",),
        (Way("9)", SAME, "9, {})"),),
        ("an input of",),
    ),
    "an operation": Case(
        "SHC201",
        "x = ‹keras.ops.max_pool(keras.Input((4, 4, 1)), 5)›\n",
        ("`max_pool`: a window of 5 does not fit into 4, axis 1",),
        (Way("5)", SAME, "5, {})"),),
    ),
    "an axis that a reshape makes": Case(
        "SHC201",
        "x = layers.Conv2D(3, ‹4›)(layers.Reshape((3, 3, 4))(keras.Input((36,))))\n",
        ("3: makes it 3", "3 - 4 + 1 = 0"),
        (Way("4)(l", SAME, "4, {})(l"),),
        ("an input of",),
    ),
    "an image with its channels first": Case(
        "SHC201",
        sequential("keras.Input((3, 32, 32))", "layers.Conv2D(8, ‹5›)"),
        ("4: 3", "3 - 5 + 1 = -1"),
        (
            Way("(3, 32, 32)", "(3, 32, 32) looks like channels first", "(32, 32, 3)"),
            Way("(3, 32, 32)", "(32, 32, 3)"),
            Way("5)", 'data_format="channels_first"', "5, {})"),
        ),
    ),
    "a volume with its channels first": Case(
        "SHC201",
        sequential("keras.Input((1, 16, 28, 28))", "layers.Conv3D(8, ‹3›)"),
        ("4: 1", "1 - 3 + 1 = -1"),
        (Way("(1, 16, 28, 28)", "(16, 28, 28, 1)"),),
    ),
    "channels that no image has": Case(
        "SHC201",
        sequential("keras.Input((5, 28, 28))", "layers.Conv2D(8, ‹7›)"),
        ("4: 5", "5 - 7 + 1 = -1"),
        (Way("(5, 28, 28)", "(7, 28, 28)"),),
        ("channels first",),
    ),
    "a narrow image": Case(
        "SHC201",
        sequential("keras.Input((3, 4, 28))", "layers.Conv2D(8, ‹4›)"),
        ("4: 3", "3 - 4 + 1 = 0"),
        (Way("(3, 4, 28)", "(4, 4, 28)"),),
        ("channels first",),
    ),
    "the other axis of an image": Case(
        "SHC201",
        sequential("keras.Input((3, 28, 29))", "layers.Conv2D(8, ‹(1, 30)›)"),
        ("4: 28", "28 - 30 + 1 = -1"),
        silent=("channels first",),
    ),
}
