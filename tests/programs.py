"""Programs and reports that the tests of several rooms share."""

from shapecalc.api import analyze_source
from shapecalc.reports.report import Report

HEAD = "import keras\nfrom keras import layers\n\n"

LENET = (
    HEAD
    + """\
model = keras.Sequential([
    keras.Input((32, 32, 1)),
    layers.Conv2D(6, 5, activation="tanh"),
    layers.AveragePooling2D(2),
    layers.Flatten(),
    layers.Dense(10),
], name="lenet")
"""
)

BRANCHES = (
    HEAD
    + """\
inner = keras.Sequential(name="inner")
inner.add(keras.Input((8, 8, 4)))
inner.add(layers.Conv2D(4, 3, padding="same"))
a = keras.Input((8, 8, 4), name="image")
b = inner(a)
c = layers.Add(name="sum")([a, b])
model = keras.Model(a, c, name="branches")
"""
)

OPEN = (
    HEAD
    + """\
inputs = keras.Input((None, None, 3))
x = layers.Conv2D(8, 3, strides=2)(inputs)
x = layers.GlobalAveragePooling2D()(x)
model = keras.Model(inputs, layers.Dense(10)(x), name="open")
"""
)

BROKEN = (
    HEAD
    + """\
model = keras.Sequential([
    keras.Input((6, 6, 1)),
    layers.Conv2D(8, 3),
    layers.Conv2D(8, 5),
])
"""
)

# Names that would act, not show, if they were printed as they are.
HOSTILE = (
    HEAD
    + """\
evil = "a\\x1b[31m\\n::error::x|`<b>%0A\\u202e"
model = keras.Sequential([keras.Input((4,)), layers.Dense(0, name="x"), layers.Dense(2, name=evil)])
"""
)

OTHER = "import os\n\nprint(os.getcwd())\n"


def report(*texts: str) -> Report:
    """A report on programs, called `model.py`, `model2.py`, …"""
    numbers = ["", *range(2, len(texts) + 1)]
    return Report(analyze_source(s, f"model{n}.py") for s, n in zip(texts, numbers, strict=False))
