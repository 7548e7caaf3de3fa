"""What a refused call's finding tells: what it underlines, why, and a help that mends the program.

A program marks the text that is to be underlined as `‹text›`. Its finding must tell each of `told`
in a note or in its message, in that order: what was reckoned by hand. Each of `ways` is a change
that the help asks for: its new text must stand in the help, and with it the program must be right,
for us and for the live Keras, which must refuse the program as it is.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest

from shapecalc import check_source
from shapecalc.diagnostics import Diagnostic

HEAD = "import keras\nfrom keras import layers\n"


class Way(NamedTuple):
    """A change that mends a program: one text in the place of another.

    Attributes:
        old: what stands in the program.
        new: what the help says to write.
        around: how the new text is written into the program; `{}` is the text itself.
    """

    old: str
    new: str
    around: str = "{}"

    def of(self, text: str) -> str:
        assert self.old in text
        return text.replace(self.old, self.around.format(self.new))


class Case(NamedTuple):
    """A broken program, and what its finding must tell.

    Attributes:
        code: the finding's code.
        marked: the program, with what is to be underlined between marks.
        told: what its notes must tell, in order; `4: words` is a note that points at line 4.
        ways: what its help must offer.
        silent: words that its help must not have.
    """

    code: str
    marked: str
    told: tuple[str, ...] = ()
    ways: tuple[Way, ...] = ()
    silent: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return HEAD + self.marked.replace("‹", "").replace("›", "")


def sequential(*layers: str) -> str:
    """A stack; its first layer, the input, stands on line 4."""
    return "model = keras.Sequential([\n" + "".join(f"    {one},\n" for one in layers) + "])\n"


SAME = 'padding="same"'

WINDOWS = {
    "stride": Case(
        "SHC201",
        sequential(
            "keras.Input((10, 10, 3))", "layers.Conv2D(8, 5, strides=2)", "layers.MaxPooling2D(‹4›)"
        ),
        ("10 → 3 → ✗", "4: 10", "5: kernel 5, stride 2, valid: (10 - 5)//2 + 1 = 3",
         "(3 - 4)//4 + 1 = 0"),
        (Way("(10, 10, 3)", "(11, 11, 3)"), Way("2D(4)", SAME, "2D(4, {})")),
        ("leave out",),
    ),
    "dilation": Case(
        "SHC201",
        sequential(
            "keras.Input((20, 2))", "layers.Conv1D(4, 3, dilation_rate=4)", "layers.Conv1D(4, ‹13›)"
        ),
        ("20 → 12 → ✗", "4: 20", "5: kernel 3, dilation 4, valid: 20 - 9 + 1 = 12",
         "12 - 13 + 1 = 0"),
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
            "keras.Input((9, 9, 3))", "layers.Conv2D(8, 3, padding='same')",
            "layers.Conv2D(8, 3, strides=2, padding='same')", "layers.Conv2D(4, ‹6›)",
        ),
        # What keeps the size is no step of it.
        ("9 → 5 → ✗", "4: 9", "6: kernel 3, stride 2, same: ceil(9 / 2) = 5", "5 - 6 + 1 = 0"),
        (Way("(9, 9, 3)", "(11, 11, 3)"),),
    ),
    "three steps": Case(
        "SHC201",
        sequential(
            "keras.Input((9, 9, 3))", "layers.Conv2D(8, 3)", "layers.AveragePooling2D(2)",
            "layers.Conv2D(4, ‹4›)",
        ),
        ("9 → 7 → 3 → ✗", "4: 9", "5: 9 - 3 + 1 = 7", "6: window 2, stride 2, valid: (7 - 2)//2",
         "3 - 4 + 1 = 0"),
        (Way("(9, 9, 3)", "(10, 10, 3)"), Way("    layers.AveragePooling2D(2),\n", "leave out a layer", "")),
    ),
    "channels first": Case(
        "SHC201",
        sequential(
            "keras.Input((1, 12, 12))", "layers.Conv2D(4, (3, 5), data_format='channels_first')",
            "layers.Conv2D(4, ‹(11, 2)›, data_format='channels_first')",
        ),
        ("12 → 10 → ✗", "4: 12", "5: kernel 3, valid: 12 - 3 + 1 = 10", "10 - 11 + 1 = 0"),
        (Way("(1, 12, 12)", "(1, 13, 13)"),),
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
        (Way("(3, 32, 32)", "(32, 32, 3)"),
         Way("5)", 'data_format="channels_first"', "5, {})")),
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
}  # fmt: skip

RECURRENT = "return_sequences=True"

RANKS = {
    "stacked recurrent layers": Case(
        "SHC202",
        sequential("keras.Input((20, 8))", "layers.LSTM(32)", "layers.Dropout(0.5)",
                   "‹layers.LSTM(31)›"),
        ("6: Dropout",),
        (Way("32)", RECURRENT, "32, {})"),),
    ),
    "a recurrent layer in a wrapper": Case(
        "SHC202",
        sequential("keras.Input((20, 8))", "layers.Bidirectional(layers.LSTM(32))",
                   "‹layers.GRU(3)›"),
        ("5: Bidirectional",),
        (Way("32)", RECURRENT, "32, {})"),),
    ),
    "convolutional recurrent layers": Case(
        "SHC202",
        sequential("keras.Input((5, 9, 9, 3))", "layers.ConvLSTM2D(2, 3)",
                   "‹layers.ConvLSTM2D(4, 1)›"),
        ("5: ConvLSTM2D",),
        (Way("(2, 3)", RECURRENT, "(2, 3, {})"),),
    ),
    "a series without features": Case(
        "SHC202",
        sequential("keras.Input((30,))", "‹layers.Conv1D(8, 3)›"),
        ("4: InputLayer",),
        (Way("keras.Input((30,))", "Input((30, 1))", "keras.{}"),),
    ),
    "an image without channels": Case(
        "SHC202",
        sequential("keras.Input((28, 28))", "‹layers.Conv2D(8, 3)›"),
        ("4: InputLayer",),
        (Way("keras.Input((28, 28))", "Input((28, 28, 1))", "keras.{}"),),
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
        (Way("keras.Input(())", "Input((1,))", "keras.{}"),),
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
        (Way("(None, 28, 28, 1)", "(28, 28, 1)"),),
    ),
    "the batch axis of a series": Case(
        "SHC202",
        sequential("keras.Input((64, 20, 8))", "‹layers.LSTM(4)›"),
        ("4: InputLayer",),
        (Way("(64, 20, 8)", "(20, 8)"),),
    ),
    "flattened too early": Case(
        "SHC202",
        sequential("keras.Input((28, 28, 1))", "layers.Flatten()", "layers.Dropout(0.5)",
                   "‹layers.Conv2D(8, 3)›"),
        ("6: Dropout",),
        (Way("layers.Flatten(),\n    layers.Dropout(0.5),\n    layers.Conv2D(8, 3)",
             'Flatten "flatten" on line 5 turns 4 axes into 2; put it after this layer',
             "layers.Conv2D(8, 3),\n    layers.Flatten()"),),
    ),
    "pooled too early": Case(
        "SHC202",
        sequential("keras.Input((28, 28, 1))", "layers.GlobalMaxPooling2D()",
                   "‹layers.MaxPooling2D()›"),
        ("5: GlobalMaxPooling2D",),
        (Way("layers.GlobalMaxPooling2D(),\n    layers.MaxPooling2D()",
             "on line 5 turns 4 axes into 2; put it after this layer",
             "layers.MaxPooling2D(),\n    layers.GlobalMaxPooling2D()"),),
    ),
    "an image for a series": Case(
        "SHC202",
        sequential("keras.Input((8, 8, 1))", "layers.Conv2D(4, 3)", "‹layers.LSTM(5)›"),
        ("5: Conv2D",),
        (Way("    layers.LSTM", "Reshape((steps, features))",
             "    layers.Reshape((36, 4)),  # {}\n    layers.LSTM"),),
    ),
    "an image for a vector": Case(
        "SHC202",
        sequential("keras.Input((8, 8, 1))", "layers.Conv2D(4, 3)", "‹layers.RepeatVector(5)›"),
        ("5: Conv2D",),
        (Way("    layers.Rep", "Flatten()", "    layers.{},\n    layers.Rep"),
         Way("    layers.Rep", "GlobalAveragePooling2D()", "    layers.{},\n    layers.Rep")),
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
}  # fmt: skip


def residual(stride: str, shape: str, conv: str = "Conv2D", order: str = "a, c") -> str:
    return (
        f"a = keras.Input({shape})\n"
        f"b = layers.{conv}(64, 3, padding='same', strides={stride})(a)\n"
        f"c = layers.{conv}(64, 3, padding='same')(b)\n"
        f"d = ‹layers.Add()([{order}])›\n"
    )


def unet(shape: str) -> str:
    return (
        f"a = keras.Input({shape})\n"
        "b = layers.MaxPooling2D(2)(layers.MaxPooling2D(2)(a))\n"
        "c = layers.UpSampling2D(4)(b)\n"
        "d = ‹layers.Concatenate()([a, c])›\n"
        "model = keras.Model(a, d)\n"
    )


def projected(projection: str, order: str = "[a, c]") -> Way:
    return Way(order, projection, order.replace("a", "layers.{}(a)"))


MERGES = {
    "a branch without projection": Case(
        "SHC203",
        residual("1", "(8, 8, 16)"),
        ('3: (None, 8, 8, 16) comes from InputLayer "input_layer"',
         '5: (None, 8, 8, 64) comes from Conv2D "conv2d_1"; axis 3: 16 → 64'),
        (projected("Conv2D(64, 1)"),),
    ),
    "the branch behind": Case(
        "SHC203",
        residual("1", "(8, 16)", "Conv1D", order="c, a"),
        ("5: axis 2: 16 → 64", "3: InputLayer"),
        (projected("Conv1D(64, 1)", "[c, a]"),),
    ),
    "a stride": Case(
        "SHC203",
        residual("2", "(7, 8, 9, 16)", "Conv3D"),
        ("3: (None, 7, 8, 9, 16)",
         "5: (None, 4, 4, 5, 64); axis 1: 7 → 4; axis 2: 8 → 4; axis 3: 9 → 5; axis 4: 16 → 64"),
        (projected("Conv3D(64, 1, strides=2)"),),
    ),
    "a stride of three": Case(
        "SHC203",
        residual("3", "(32, 32, 16)"),
        ("3: (None, 32, 32, 16)", "5: axes 1 and 2: 32 → 11; axis 3: 16 → 64"),
        (projected("Conv2D(64, 1, strides=3)"),),
    ),
    "strides that differ": Case(
        "SHC203",
        residual("(2, 1)", "(8, 8, 16)"),
        ("3: InputLayer", "5: axis 1: 8 → 4; axis 3: 16 → 64"),
        (projected("Conv2D(64, 1, strides=(2, 1))"),),
    ),
    "open axes": Case(
        "SHC203",
        residual("1", "(None, None, 16)"),
        ("3: InputLayer", "5: axis 3: 16 → 64"),
        (projected("Conv2D(64, 1)"),),
    ),
    "an axis that stretches": Case(
        "SHC203",
        "a = keras.Input((4, 1, 3))\n"
        "b = keras.Input((4, 5, 2))\n"
        "c = ‹layers.Multiply()([a, b])›\n",
        ("3: InputLayer", "4: InputLayer"),
        (projected("Conv2D(2, 1)", "[a, b]"),),
    ),
    "three branches": Case(
        "SHC203",
        residual("1", "(8, 8, 16)", order="a, b, c"),
        ("3: InputLayer", "4: axis 3: 16 → 64", "5: axis 3: 16 → 64"),
        silent=("project",),
    ),
    "a size that no stride makes": Case(
        "SHC203",
        "a = keras.Input((9, 16))\n"
        "b = layers.Conv1D(8, 3)(a)\n"
        "c = ‹layers.Add()([a, b])›\n",
        ("3: InputLayer", "4: axis 1: 9 → 7; axis 2: 16 → 8"),
        silent=("project",),
    ),
    "vectors": Case(
        "SHC203",
        "a = keras.Input((4,))\n"
        "b = layers.Dense(3)(a)\n"
        "c = ‹layers.Subtract()([a, b])›\n",
        ("3: InputLayer", "4: axis 1: 4 → 3"),
        silent=("project",),
    ),
    "a size halved twice": Case(
        "SHC203",
        unet("(30, 30, 8)"),
        ("3: InputLayer", "5: axes 1 and 2: 30 → 15 → 7 → 28"),
        (Way("(30, 30, 8)", "(32, 32, 8)"),),
    ),
    "one size halved twice": Case(
        "SHC203",
        unet("(25, 32, 8)"),
        ("3: InputLayer", "5: axis 1: 25 → 12 → 6 → 24"),
        (Way("(25, 32, 8)", "(28, 32, 8)"),),
    ),
    "a join stretches nothing": Case(
        "SHC203",
        "a = keras.Input((4, 1, 3))\n"
        "b = keras.Input((4, 5, 3))\n"
        "c = ‹layers.Concatenate()([a, b])›\n",
        ("differ in axis 2", "3: InputLayer", "4: InputLayer"),
    ),
    "a join along another axis": Case(
        "SHC203",
        "a = keras.Input((4, 3))\n"
        "b = keras.Input((4, 5))\n"
        "c = ‹layers.Concatenate(axis=1)([a, b])›\n",
        ("differ in axis 2", "3: InputLayer", "4: InputLayer"),
    ),
    "ranks": Case(
        "SHC203",
        "a = keras.Input((4, 1, 3))\n"
        "b = layers.Dense(2)(keras.Input((4, 5)))\n"
        "c = ‹layers.Concatenate()([a, b])›\n",
        ("different ranks: (None, 4, 1, 3) and (None, 4, 2)", "3: InputLayer", "4: Dense"),
    ),
}  # fmt: skip


def open_image(*axes: str) -> str:
    shape = ", ".join(axes)
    return sequential(f"keras.Input(({shape}))", "layers.Flatten()", "‹layers.Dense(10)›")


def pooled(rank: int) -> Way:
    return Way("layers.Flatten()", f"GlobalAveragePooling{rank}D()", "layers.{}")


SIZES = {
    "a flat image of any size": Case(
        "SHC204",
        open_image("None", "None", "3"),
        ("length of axis 1", "4: (None, None, None, 3)", "5: 3*H*W"),
        (pooled(2), Way("None, None", "a fixed size", "8, 8")),
    ),
    "a flat series of any length": Case(
        "SHC204",
        open_image("None", "3"),
        ("length of axis 1", "4: (None, None, 3)", "5: 3*T"),
        (pooled(1),),
    ),
    "a flat volume of any size": Case(
        "SHC204",
        open_image("8", "None", "None", "3"),
        ("length of axis 1", "4: (None, 8, None, None, 3)", "5: 24*H*W"),
        (pooled(3),),
    ),
    "more axes than pooling knows": Case(
        "SHC204",
        open_image("None", "2", "3", "4", "5"),
        ("length of axis 1", "4: InputLayer", "5: Flatten"),
        (Way("None", "a fixed size", "7"),),
        ("Pooling",),
    ),
    "features of any number": Case(
        "SHC204",
        sequential("keras.Input((8, None))", "‹layers.LSTM(10)›"),
        ("length of axis 2", "4: (None, 8, None)"),
        (Way("None", "a fixed size", "7"),),
    ),
    "a reshape that leaves a size open": Case(
        "SHC204",
        sequential("keras.Input((None, 3))", "layers.Conv1D(6, 1)", "layers.Reshape((6, -1))",
                   "‹layers.Dense(10)›"),
        ("length of axis 2", "4: InputLayer", "6: Reshape"),
        (Way("None", "a fixed size", "7"),),
    ),
    "a shared layer": Case(
        "SHC205",
        "shared = layers.Dense(16)\n"
        "first = shared(keras.Input((8,)))\n"
        "second = ‹shared(keras.Input((12,)))›\n",
        ("kernel of shape (8, 16)", "(12, 16)", "4: first called on (None, 8)",
         '5: (None, 12) comes from InputLayer "input_layer_1"', "3: made here"),
        (Way("second = shared", "make a second layer", "second = layers.Dense(16)"),),
    ),
    "a model on another size": Case(
        "SHC205",
        "inner = keras.Sequential([keras.Input((8,)), layers.Dense(3)])\n"
        "x = ‹inner(keras.Input((9,)))›\n",
        ("takes an input of shape (None, 8), got (None, 9)",
         '4: (None, 9) comes from InputLayer "input_layer_1"', "3: made here"),
        silent=("second layer",),
    ),
    "a reshape": Case(
        "SHC206",
        sequential("keras.Input((28, 28, 3))", "layers.Reshape(‹(29, 28)›)"),
        ("28 × 28 × 3 = 2352 units", "takes 812", "4: (None, 28, 28, 3) comes from InputLayer"),
        (Way("(29, 28)", "(-1, 28)"),),
    ),
    "the last axis of a reshape": Case(
        "SHC206",
        sequential("keras.Input((784,))", "layers.Reshape(‹(28, 29)›)"),
        ("holds 784 units", "takes 812", "4: (None, 784) comes from InputLayer"),
        (Way("(28, 29)", "(28, -1)"),),
    ),
    "a reshape that no rest fits": Case(
        "SHC206",
        sequential("keras.Input((7, 1))", "layers.Reshape(‹(3, 2)›)"),
        ("7 × 1 = 7 units", "takes 6", "4: InputLayer"),
        silent=("-1",),
    ),
    "a rest that does not fit": Case(
        "SHC206",
        sequential("keras.Input((28, 28, 3))", "layers.Reshape(‹(-1, 29)›)"),
        ("2352 units", "no multiple of the 29", "4: InputLayer"),
        silent=("-1",),
    ),
    "groups of channels": Case(
        "SHC207",
        "x = layers.Conv2D(24, 3, ‹groups=4›)(keras.Input((32, 32, 10)))\n",
        ("10 channels must be a multiple of `groups` (4)", "3: (None, 32, 32, 10) comes from"),
    ),
    "groups of filters": Case(
        "SHC207",
        "x = layers.Conv2D(‹22›, 3, groups=4)(keras.Input((32, 32, 12)))\n",
        ("`filters` (22) must be a multiple of `groups` (4)",),
    ),
    "an axis to join": Case(
        "SHC208",
        "a = keras.Input((8, 4))\n"
        "b = layers.Dense(4)(a)\n"
        "x = layers.Concatenate(‹axis=3›)([b, a])\n",
        ("along axis 3", '4: (None, 8, 4) comes from Dense "dense"'),
        (Way("axis=3", "axes are 0 (the batch) to 2", "axis=2"), Way("axis=3", "or -3", "axis=-2")),
    ),
    "an axis from the end": Case(
        "SHC208",
        "x = layers.BatchNormalization(‹axis=-5›)(keras.Input((8, 4, 3)))\n",
        ("axis -5 is none of the 4 axes", "3: (None, 8, 4, 3) comes from InputLayer"),
        (Way("axis=-5", "0 (the batch) to 3, or -4 to -1", "axis=-3"),),
    ),
}  # fmt: skip

ARGUMENTS = {
    "two inputs for one": Case(
        "SHC221",
        "a = keras.Input((8,))\n"
        "b = layers.Dense(8)(a)\n"
        "x = ‹layers.Dense(4)([a, b])›\n",
        ("takes one input", '3: input 1: (None, 8) from InputLayer "input_layer"',
         '4: input 2: (None, 8) from Dense "dense"'),
        (Way("([a, b])", "Concatenate()", "(layers.{}([a, b]))"),
         Way("([a, b])", "Add()", "(layers.{}([a, b]))")),
    ),
    "three inputs for two": Case(
        "SHC221",
        "a = keras.Input((8,))\n"
        "x = ‹layers.Subtract()([a, a, a])›\n",
        ("2 tensors, got 3", "3: input 1", "3: input 2", "3: input 3"),
        silent=("join",),
    ),
    "one input for a list": Case(
        "SHC221", "x = ‹layers.Add()(keras.Input((8,)))›\n", ("a list of tensors",), silent=("join",)
    ),
    "two inputs for a model of one": Case(
        "SHC221",
        "a = keras.Input((8,))\n"
        "inner = keras.Model(a, layers.Dense(2)(a))\n"
        "x = ‹inner([a, a])›\n",
        ("takes 1 input, got 2", "3: input 1", "3: input 2", "4: made here"),
        silent=("join",),
    ),
    "one input for a model of two": Case(
        "SHC221",
        "a, b = keras.Input((8,)), keras.Input((8,))\n"
        "inner = keras.Model([a, b], layers.Add()([a, b]))\n"
        "x = ‹inner(a)›\n",
        ("takes 2 inputs, got 1", "4: made here"),
        silent=("join",),
    ),
    "an input that is left out": Case(
        "SHC223",
        "a = keras.Input((4,))\n"
        "b = keras.Input((4,))\n"
        "x = layers.Add()([a, b])\n"
        "model = keras.Model(‹inputs=a›, outputs=x)\n",
        ("depend on input_layer_1",),
        (Way("inputs=a", "add that input to the model's inputs", "inputs=[a, b]"),),
        ("another name",),
    ),
    "a name that is taken": Case(
        "SHC223",
        sequential("keras.Input((4,))", "layers.Dense(8, name='h')", "‹layers.Dense(8, name='h')›"),
        ('layer named "h" already',),
        (Way("'h'),\n]", "another name", "'i'),\n]"), Way(", name='h'),\n]", "or none", "),\n]")),
        ("add that input",),
    ),
    "a word": Case(
        "SHC213",
        "x = layers.Conv2D(8, 3, ‹padding='smae'›)\n",
        ("must be 'valid' or 'same', got 'smae'",),
        (Way("'smae'", '"same"'),),
    ),
    "a word that is like none": Case(
        "SHC213",
        "x = layers.Conv2D(8, 3, ‹padding='quux'›)\n",
        ("must be 'valid' or 'same', got 'quux'",),
        silent=("mean",),
    ),
    "the name of an activation": Case(
        "SHC213",
        "x = layers.Dense(8, ‹'sigmiod'›)\n",
        ("got 'sigmiod'",),
        (Way("'sigmiod'", '"sigmoid"'),),
    ),
    "a number": Case(
        "SHC213", "x = layers.Dense(‹0›)\n", ("a positive integer, got 0",), silent=("mean",)
    ),
    "a keyword": Case(
        "SHC211",
        "x = layers.Conv2D(8, ‹kernal_size=3›)\n",
        ("no argument `kernal_size`",),
        (Way("kernal_size", "kernel_size"),),
    ),
    "a keyword that is like none": Case(
        "SHC211",
        "x = layers.Flatten(‹foo=3›)\n",
        ("no argument `foo`",),
        (Way("foo=3", "it takes data_format", "data_format=None"),),
    ),
    "two arguments": Case(
        "SHC212",
        "x = ‹layers.Conv2D(kernel_size=3)›\n",
        ("needs the argument `filters`",),
        (Way("Conv2D(kernel_size=3)", "Conv2D(filters, kernel_size)", "Conv2D(8, 3)"),),
    ),
    "capitals": Case(
        "SHC224",
        "x = ‹layers.Conv2d(8, 3)›\n",
        ("no Conv2d",),
        (Way("Conv2d", "Conv2D"),),
    ),
}  # fmt: skip

CASES = WINDOWS | RANKS | MERGES | SIZES | ARGUMENTS


@pytest.fixture(params=CASES.values(), ids=CASES)
def case(request: pytest.FixtureRequest) -> Case:
    found: Case = request.param
    return found


def finding_of(case: Case) -> Diagnostic:
    (finding,) = check_source(case.text)
    return finding


def test_the_finding_underlines_what_is_at_fault(case: Case) -> None:
    finding = finding_of(case)
    assert finding.code.id == case.code
    before, rest = (HEAD + case.marked).split("‹")
    marked = rest.partition("›")[0]
    line = case.text.split("\n")[finding.span.line - 1]
    assert line[finding.span.column - 1 : finding.span.end_column - 1] == marked
    assert finding.span.line == before.count("\n") + 1
    assert finding.span.column == len(before.rpartition("\n")[2]) + 1


def test_the_notes_tell_the_cause(case: Case) -> None:
    finding = finding_of(case)
    notes = [f"{note.span.line}: {note.message}" if note.span else note.message
             for note in finding.notes]  # fmt: skip
    # What is no note of its own stands in the message.
    in_message = len(case.told) - len(notes)
    for words in case.told[:in_message]:
        assert words in finding.message
    for words, note in zip(case.told[in_message:], notes, strict=True):
        place, _, rest = words.partition(": ")
        for part in rest.split("; ") if place.isdigit() else [words]:
            assert part in note
        assert not place.isdigit() or note.startswith(f"{place}: ")


def test_the_help_mends_the_program(case: Case) -> None:
    help = finding_of(case).help or ""
    for way in case.ways:
        assert way.new in help
        assert check_source(way.of(case.text)) == []
    for words in case.silent:
        assert words not in help


def test_no_smaller_input_than_the_one_offered_would_do(case: Case) -> None:
    help = finding_of(case).help or ""
    found = re.search(r"an input of (\(.+?\)) is the (smallest|next larger)", help)
    if found is None:
        return
    way = next((way for way in case.ways if way.new == found[1]), None)
    if way is None:
        return
    old, new = (re.findall(r"\w+", text) for text in (way.old, way.new))
    # The axes that grow, with all the sizes between.
    grown = next((int(a), int(b)) for a, b in zip(old, new, strict=True) if a != b)
    for size in range(*grown):
        smaller = [str(size) if a != b else a for a, b in zip(old, new, strict=True)]
        assert check_source(case.text.replace(way.old, f"({', '.join(smaller)})")) != []


@pytest.mark.oracle
def test_keras_refuses_the_program_and_takes_what_the_help_makes_of_it(case: Case) -> None:
    keras_run = pytest.importorskip("tests.frontends.keras_run", reason="no `keras` extra")
    assert keras_run.run("case.py", case.text, arrays=False).refusal is not None
    for way in case.ways:
        assert keras_run.run("case.py", way.of(case.text), arrays=False).refusal is None
