"""Networks that Keras runs, and that are hardly meant so."""

from __future__ import annotations

from tests.checks.advice.case import Case, Way, sequential

CLASSES = "layers.Dense(10, activation='softmax')"


def ending_in(*layers: str) -> str:
    return sequential(*layers, "layers.Flatten()", CLASSES)


PLACES = {
    "an image without Flatten": Case(
        "SHC406",
        sequential(
            "keras.Input((28, 28, 3))",
            "layers.Conv2D(8, 3, activation='relu')",
            "layers.Dense(16, activation='relu')",
            f"‹{CLASSES}›",
        ),
        ("each place of an image", "(None, 26, 26, 10)"),
        (
            Way("    layers.Dense(16", "Flatten()", "    layers.{},\n    layers.Dense(16"),
            Way(
                "    layers.Dense(16",
                "GlobalAveragePooling2D() before the first Dense",
                "    layers.GlobalAveragePooling2D(),\n    layers.Dense(16",
            ),
        ),
    ),
    "a series without Flatten": Case(
        "SHC406",
        sequential(
            "keras.Input((20, 3))",
            "layers.Conv1D(8, 3, activation='relu')",
            "‹layers.Dense(10)›",
            "layers.Activation('softmax')",
        ),
        ("each place of a series", "(None, 18, 10)"),
        (
            Way(
                "    layers.Dense",
                "GlobalAveragePooling1D()",
                "    layers.{},\n    layers.Dense",
            ),
        ),
    ),
    "a volume without Flatten": Case(
        "SHC406",
        sequential(
            "keras.Input((9, 9, 9, 3))", "layers.Conv3D(8, 2, activation='relu')", f"‹{CLASSES}›"
        ),
        ("each place of an image", "(None, 8, 8, 8, 10)"),
        (
            Way(
                "    layers.Dense",
                "GlobalAveragePooling3D()",
                "    layers.{},\n    layers.Dense",
            ),
        ),
    ),
    "the smallest image without Flatten": Case(
        "SHC406",
        sequential("keras.Input((5, 5, 3))", "layers.Conv2D(8, 4, 1, 'valid')", f"‹{CLASSES}›"),
        ("each place of an image", "(None, 2, 2, 10)"),
        (Way("    layers.Dense", "Flatten()", "    layers.{},\n    layers.Dense"),),
    ),
    "the smallest image with its channels first": Case(
        "SHC413",
        ending_in("keras.Input((4, 16, 16))", "‹layers.Conv2D(8, 3, activation='relu')›"),
        ("takes the image of (4, 16, 16) for one of 16 channels",),
        (Way("(4, 16, 16)", "input on line 4 (16, 16, 4)", "(16, 16, 4)"),),
    ),
    "channels first": Case(
        "SHC413",
        ending_in("keras.Input((3, 64, 65))", "‹layers.Conv2D(8, 3, activation='relu')›"),
        ("takes the image of (3, 64, 65) for one of 65 channels",),
        (
            Way("(3, 64, 65)", "input on line 4 (64, 65, 3)", "(64, 65, 3)"),
            Way("3, a", "data_format='channels_first'", "3, {}, a"),
        ),
    ),
    "channels first in the first layer": Case(
        "SHC413",
        ending_in("‹layers.Conv2D(8, 3, activation='relu', input_shape=(3, 64, 65))›"),
        ("takes the image of (3, 64, 65) for one of 65 channels",),
        (Way("(3, 64, 65)", "make the input on line 4 (64, 65, 3)", "(64, 65, 3)"),),
    ),
    "channels last": Case(
        "SHC413",
        ending_in(
            "keras.Input((64, 65, 3))",
            "‹layers.Conv2D(8, 3, activation='relu', data_format='channels_first')›",
        ),
        ("takes the image of (64, 65, 3) for one of 64 channels",),
        (
            Way("(64, 65, 3)", "input on line 4 (3, 64, 65)", "(3, 64, 65)"),
            Way("data_format='channels_first'", "data_format='channels_last'"),
        ),
    ),
    "channels first behind a layer that keeps them": Case(
        "SHC413",
        ending_in(
            "keras.Input((3, 64, 64))",
            "layers.Rescaling(2.0)",
            "‹layers.DepthwiseConv2D(3, activation='relu')›",
        ),
        ("takes the image of (3, 64, 64) for one of 64 channels",),
        (Way("(3, 64, 64)", "input on line 4 (64, 64, 3)", "(64, 64, 3)"),),
    ),
    "a large dense layer": Case(
        "SHC407",
        sequential(
            "keras.Input((224, 224, 3))",
            "layers.Conv2D(32, 3, activation='relu')",
            "layers.MaxPooling2D(2)",
            "layers.Flatten()",
            "‹layers.Dense(128, activation='relu')›",
            CLASSES,
        ),
        # (224 - 3 + 1)//2 = 111; 111·111·32·128 + 128 = 50 466 944, and beside them
        # 3·3·3·32 + 32 = 896 of the convolution and 1290 of the classes.
        ("50,466,944 of the model's 50,469,130 params", "(None, 111, 111, 32)"),
        (
            Way("Flatten()", "GlobalAveragePooling2D()"),
            Way("MaxPooling2D(2)", "make the image smaller", "MaxPooling2D(20)"),
        ),
    ),
    "the smallest large dense layer": Case(
        "SHC407",
        ending_in(
            "keras.Input((33, 303, 1))",
            "layers.Conv2D(1, 1, activation='relu')",
            "layers.Flatten()",
            "‹layers.Dense(1000, activation='relu')›",
        ),
        # 33·303·1000 + 1000, beside 1·1·1·1 + 1 and 1000·10 + 10.
        ("holds 10,000,000 of the model's 10,010,012 params", "(None, 33, 303, 1)"),
    ),
    "the end of an axis": Case(
        "SHC405",
        ending_in("keras.Input((8, 7, 6))", "layers.MaxPooling2D(‹4›)"),
        ("the last 3 of 7 places along axis 2",),
        (
            Way("(4)", "padding='same'", "(4, {})"),
            Way("(4)", "a window that divides the input's size", "((4, 7))"),
        ),
    ),
    "the end of an axis behind the channels": Case(
        "SHC405",
        ending_in(
            "keras.Input((3, 8, 7))", "layers.MaxPooling2D(‹4›, data_format='channels_first')"
        ),
        ("the last 3 of 7 places along axis 3",),
        (Way("(4,", "padding='same'", "(4, {},"),),
    ),
    "the end of an axis beyond the last stride": Case(
        "SHC405",
        ending_in("keras.Input((15, 6))", "layers.AveragePooling1D(‹3›, strides=8)"),
        # The windows begin at 0 and 8: the last one ends with 10 of 0 to 14.
        ("the last 4 of 15 places along axis 1",),
        (Way("(15, 6)", "divides the input's size", "(11, 6)"),),
    ),
    "a quarter": Case(
        "SHC405",
        ending_in("keras.Input((4, 6))", "layers.MaxPooling1D(‹3›)"),
        ("the last 1 of 4 places along axis 1",),
        (Way("(3)", "padding='same'", "(3, {})"),),
    ),
    "a kernel in two numbers": Case(
        "SHC414",
        ending_in("keras.Input((28, 28, 1))", "layers.Conv2D(32, 3, ‹5›, activation='relu')"),
        ("its kernel of 3 in strides of 5",),
        (Way("3, 5", "(3, 5)"), Way("3, 5", "strides=5", "3, {}")),
    ),
    "a kernel in two numbers, and padding": Case(
        "SHC414",
        ending_in(
            "keras.Input((28, 28, 1))", "layers.Conv2D(32, 5, ‹5›, 'same', None, 1, 1, 'relu')"
        ),
        ("its kernel of 5 in strides of 5",),
        (
            Way("5, 5", "(5, 5)", "{}, 1"),
            Way("5, 5, 'same', None, 1, 1, 'relu'", "strides=5", "5, {}, activation='relu'"),
        ),
    ),
    "a kernel in two equal numbers": Case(
        "SHC414",
        ending_in("keras.Input((9, 9, 1))", "layers.Conv2DTranspose(2, 3, ‹3›, activation='relu')"),
        ("its kernel of 3 in strides of 3",),
        (Way("3, 3", "(3, 3)"), Way("3, 3", "strides=3", "3, {}")),
    ),
    "an input that is no first": Case(
        "SHC415",
        sequential(
            "keras.Input((20,))",
            "layers.Dense(64, activation='relu')",
            "layers.Dense(32, activation='relu', ‹input_shape=(20,)›)",
            CLASSES,
        ),
        ("declares inputs of shape (None, 20), but gets (None, 64)",),
        (Way(", input_shape=(20,)", "leave it out", ""),),
    ),
    "an input that nothing needs": Case(
        "SHC409",
        "a = keras.Input((3,))\n"
        "b = ‹keras.Input((4,))›\n"
        "model = keras.Model([a, b], layers.Dense(3, activation='relu')(a))\n",
        ('no output of the model depends on InputLayer "input_layer_1"',),
        (
            Way("[a, b]", "leave it out of the model's inputs", "a"),
            Way("(a))", "call a layer on it", "(layers.Concatenate()([a, b])))"),
        ),
    ),
}

ACTIVATIONS = {
    "two dense layers": Case(
        "SHC404",
        sequential("keras.Input((8,))", "layers.Dense(8)", "layers.Dropout(0.1)", f"‹{CLASSES}›"),
        ('between Dense "dense" and Dense "dense_1"', "5: is made here"),
        (Way("(8)", "such as 'relu'", "(8, 'relu')"),),
    ),
    "two convolutions": Case(
        "SHC404",
        ending_in(
            "keras.Input((9, 9, 3))",
            "layers.Conv2D(8, 2)",
            "layers.BatchNormalization()",
            "‹layers.Conv2D(8, 3)›",
            "layers.ReLU()",
        ),
        ('between Conv2D "conv2d" and Conv2D "conv2d_1"', "5: is made here"),
        (Way("(8, 2)", "such as 'relu'", "(8, 2, activation='relu')"),),
    ),
    "two activations": Case(
        "SHC403",
        sequential(
            "keras.Input((8,))",
            "layers.Dense(8, activation='relu')",
            "layers.Activation(‹'tanh'›)",
            CLASSES,
        ),
        ('applies tanh to what Dense "dense" has applied relu to', "5: relu is applied here"),
        (
            Way(", activation='relu'", 'give Dense "dense" no activation', ""),
            Way("    layers.Activation('tanh'),\n", "leave out one of the two", ""),
        ),
    ),
    "two layers that are activations": Case(
        "SHC403",
        sequential(
            "keras.Input((8,))",
            "layers.Dense(8)",
            "layers.ReLU()",
            "‹layers.Softmax()›",
            CLASSES,
        ),
        ('applies softmax to what ReLU "re_lu" has applied relu to', "6: relu is applied here"),
        (Way("    layers.Softmax(),\n", 'keep ReLU "re_lu" or the layer behind it', ""),),
        ("for the layer to apply it",),
    ),
    "a softmax twice": Case(
        "SHC403",
        sequential("keras.Input((8,))", CLASSES, "‹layers.Softmax()›"),
        ('applies softmax to what Dense "dense" has applied softmax to', "5: softmax is applied"),
        (Way("    layers.Softmax(),\n", "leave out one of the two", ""),),
    ),
    "a dropout before a batch normalization": Case(
        "SHC402",
        sequential(
            "keras.Input((8,))",
            "layers.Dense(8, activation='relu')",
            "‹layers.Dropout(0.2)›",
            "layers.BatchNormalization()",
            CLASSES,
        ),
        ("stands right before BatchNormalization",),
        (
            Way(
                "layers.Dropout(0.2),\n    layers.BatchNormalization()",
                "put the dropout behind the batch normalization",
                "layers.BatchNormalization(),\n    layers.Dropout(0.2)",
            ),
        ),
    ),
    "a constraint for a regularizer": Case(
        "SHC416",
        sequential(
            "keras.Input((8,))",
            "layers.Dense(8, 'relu', ‹kernel_regularizer=keras.constraints.MaxNorm(2)›)",
            CLASSES,
        ),
        ("the constraint MaxNorm for `kernel_regularizer`",),
        (Way("kernel_regularizer", "kernel_constraint"),),
    ),
    "a regularizer for a constraint": Case(
        "SHC416",
        sequential(
            "keras.Input((8,))",
            "layers.Dense(8, 'relu', ‹bias_constraint=keras.regularizers.L2(2)›)",
            CLASSES,
        ),
        ("the regularizer L2 for `bias_constraint`",),
        (Way("bias_constraint", "bias_regularizer"),),
    ),
}

OLDER = {
    "words of Keras 1": Case(
        "SHC417",
        "x = layers.Dense(‹output_dim›=8)\n",
        ("Dense as an earlier Keras had it: `output_dim` is `units` now",),
        (Way("output_dim", "units"),),
    ),
    "a word of Keras 2": Case(
        "SHC417",
        "x = keras.optimizers.SGD(‹lr›=0.01)\n",
        ("SGD as an earlier Keras had it: `lr` is `learning_rate` now",),
        (Way("lr", "learning_rate"),),
    ),
    "more than another word": Case(
        "SHC417",
        sequential("keras.Input((8,))", CLASSES) + "model.‹predict_classes›(data)\n",
        ("`predict_classes` is the place of the largest number of `predict` now",),
        silent=("write",),
    ),
}

ARCHITECTURE = PLACES | ACTIVATIONS | OLDER
