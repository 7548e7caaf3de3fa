"""Sizes that a weight, a reshape, a group or an axis cannot have."""

from __future__ import annotations

from tests.checks.advice.case import Case, Way, sequential


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
        sequential(
            "keras.Input((None, 3))",
            "layers.Conv1D(6, 1)",
            "layers.Reshape((6, -1))",
            "‹layers.Dense(10)›",
        ),
        ("length of axis 2", "4: InputLayer", "6: Reshape"),
        (Way("None", "a fixed size", "7"),),
        ("Pooling",),
    ),
    "a shared layer": Case(
        "SHC205",
        "shared = layers.Dense(16)\n"
        "first = shared(keras.Input((8,)))\n"
        "second = ‹shared(keras.Input((12,)))›\n",
        (
            "kernel of shape (8, 16)",
            "(12, 16)",
            "4: first called on (None, 8)",
            '5: (None, 12) comes from InputLayer "input_layer_1"',
            "3: made here",
        ),
        (Way("second = shared", "make a second layer", "second = layers.Dense(16)"),),
    ),
    "a model on another size": Case(
        "SHC205",
        "inner = keras.Sequential([keras.Input((8,)), layers.Dense(3)])\n"
        "x = ‹inner(keras.Input((9,)))›\n",
        (
            "takes an input of shape (None, 8), got (None, 9)",
            '4: (None, 9) comes from InputLayer "input_layer_1"',
            "3: made here",
        ),
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
    "a reshape to a column": Case(
        "SHC206",
        sequential("keras.Input((784,))", "layers.Reshape(‹(28, 1)›)"),
        ("784 units", "takes 28", "4: InputLayer"),
        (Way("(28, 1)", "(28, -1)"),),
    ),
    "a reshape to nothing": Case(
        "SHC206",
        sequential("keras.Input((784,))", "layers.Reshape(‹(0, 28)›)"),
        ("784 units", "takes 0", "4: InputLayer"),
        silent=("-1",),
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
}
