"""Inputs that cannot be joined."""

from __future__ import annotations

from tests.checks.advice.case import Case, Way


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
    "windows of other sizes": Case(
        "SHC203",
        "a = keras.Input((20, 8))\n"
        "b = [layers.Conv1D(4, n)(a) for n in (3, 5)]\n"
        "c = ‹layers.Concatenate()(b)›\n",
        ("4: (None, 18, 4); axis 1: 20 → 18", "4: (None, 16, 4); axis 1: 20 → 16"),
        (Way("(4, n)", 'padding="same"', "(4, n, {})"),),
    ),
    "a vector beside an image": Case(
        "SHC203",
        "a, b = keras.Input((8, 8, 4)), keras.Input((6,))\n"
        "c = layers.Conv2D(4, 3)(a)\n"
        "d = ‹layers.Concatenate()([b, c])›\n",
        ("3: (None, 6) comes from", "4: (None, 6, 6, 4) comes from"),
        (
            Way("Conv2D(4, 3)(a)", "Flatten()", "{}(layers.Conv2D(4, 3)(a))"),
            Way("[b, c]", "GlobalAveragePooling2D()", "[b, layers.{}(c)]"),
        ),
    ),
    "vectors of other sizes that are multiplied": Case(
        "SHC203",
        "a, b = keras.Input((9, 8)), keras.Input((5, 6))\nc = ‹layers.Dot(axes=2)([a, b])›\n",
        ("(None, 9, 8) comes from", "(None, 5, 6) comes from"),
        silent=("project", "1×1"),
    ),
    "a branch without projection": Case(
        "SHC203",
        residual("1", "(8, 8, 16)"),
        (
            '3: (None, 8, 8, 16) comes from InputLayer "input_layer"',
            '5: (None, 8, 8, 64) comes from Conv2D "conv2d_1"; axis 3: 16 → 64',
        ),
        (projected("Conv2D(64, 1)"),),
    ),
    "the branch behind": Case(
        "SHC203",
        residual("1", "(8, 16)", "Conv1D", order="c, a"),
        ("5: comes from; axis 2: 16 → 64", "3: InputLayer"),
        (projected("Conv1D(64, 1)", "[c, a]"),),
    ),
    "a stride": Case(
        "SHC203",
        residual("2", "(7, 8, 9, 16)", "Conv3D"),
        (
            "3: (None, 7, 8, 9, 16)",
            "5: (None, 4, 4, 5, 64); axis 1: 7 → 4; axis 2: 8 → 4; axis 3: 9 → 5; axis 4: 16 → 64",
        ),
        (projected("Conv3D(64, 1, strides=2)"),),
    ),
    "a stride of three": Case(
        "SHC203",
        residual("3", "(32, 32, 16)"),
        ("3: (None, 32, 32, 16)", "5: comes from; axes 1 and 2: 32 → 11; axis 3: 16 → 64"),
        (projected("Conv2D(64, 1, strides=3)"),),
    ),
    "strides that differ": Case(
        "SHC203",
        residual("(2, 1)", "(8, 8, 16)"),
        ("3: InputLayer", "5: comes from; axis 1: 8 → 4; axis 3: 16 → 64"),
        (projected("Conv2D(64, 1, strides=(2, 1))"),),
    ),
    "open axes": Case(
        "SHC203",
        residual("1", "(None, None, 16)"),
        ("3: InputLayer", "5: comes from; axis 3: 16 → 64"),
        (projected("Conv2D(64, 1)"),),
    ),
    "open axes and a stride": Case(
        "SHC203",
        residual("2", "(None, 8, 16)"),
        ("3: InputLayer", "5: Conv2D; axis 2: 8 → 4; axis 3: 16 → 64"),
        silent=("project",),
    ),
    "an axis that stretches": Case(
        "SHC203",
        "a = keras.Input((4, 1, 3))\nb = keras.Input((4, 5, 2))\nc = ‹layers.Multiply()([a, b])›\n",
        ("3: InputLayer", "4: InputLayer"),
        (projected("Conv2D(2, 1)", "[a, b]"),),
    ),
    "three branches": Case(
        "SHC203",
        residual("1", "(8, 8, 16)", order="a, b, c"),
        ("3: InputLayer", "4: comes from; axis 3: 16 → 64", "5: comes from; axis 3: 16 → 64"),
        silent=("project",),
    ),
    "a size that no stride makes": Case(
        "SHC203",
        "a = keras.Input((9, 16))\nb = layers.Conv1D(8, 3)(a)\nc = ‹layers.Add()([a, b])›\n",
        ("3: InputLayer", "4: comes from; axis 1: 9 → 7; axis 2: 16 → 8"),
        silent=("project",),
    ),
    "vectors": Case(
        "SHC203",
        "a = keras.Input((4,))\nb = layers.Dense(3)(a)\nc = ‹layers.Subtract()([a, b])›\n",
        ("3: InputLayer", "4: comes from; axis 1: 4 → 3"),
        silent=("project",),
    ),
    "a size halved twice": Case(
        "SHC203",
        unet("(30, 30, 8)"),
        ("3: InputLayer", "5: comes from; axes 1 and 2: 30 → 15 → 7 → 28"),
        (Way("(30, 30, 8)", "(32, 32, 8)"),),
    ),
    "one size halved twice": Case(
        "SHC203",
        unet("(25, 32, 8)"),
        ("3: InputLayer", "5: comes from; axis 1: 25 → 12 → 6 → 24"),
        (Way("(25, 32, 8)", "(28, 32, 8)"),),
    ),
    "an operator": Case(
        "SHC203",
        "x = keras.Input((4, 9)) * 2\n‹y = x + keras.Input((3, 9))›\n",
        ("cannot join (None, 4, 9) and (None, 3, 9): they differ in axis 1",),
        silent=("project",),
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
        "b = keras.Input((6, 5))\n"
        "c = ‹layers.Concatenate(axis=1)([a, b])›\n",
        ("differ in axis 2", "3: InputLayer", "4: InputLayer"),
    ),
    "after a pooling of all places": Case(
        "SHC203",
        "a = keras.Input((8, 8, 16))\n"
        "b = layers.GlobalAveragePooling2D()(a)\n"
        "c = ‹layers.Add()([b, keras.Input((4,))])›\n",
        # Its axis 1 is none of the image's.
        ('4: (None, 16) comes from GlobalAveragePooling2D "global_average_pooling2d"', "5: Input"),
    ),
    "after a reshape": Case(
        "SHC203",
        "a = keras.Input((12, 3))\n"
        "b = layers.Reshape((6, 6))(a)\n"
        "c = ‹layers.Multiply()([b, keras.Input((5, 6))])›\n",
        ('4: (None, 6, 6) comes from Reshape "reshape"', "5: Input"),
    ),
    "ranks": Case(
        "SHC203",
        "a = keras.Input((4, 1, 3))\n"
        "b = layers.Dense(2)(keras.Input((4, 5)))\n"
        "c = ‹layers.Concatenate()([a, b])›\n",
        ("different ranks: (None, 4, 1, 3) and (None, 4, 2)", "3: InputLayer", "4: Dense"),
    ),
}
