"""Programs that set dtypes, held to what the live Keras makes of the same text."""

from __future__ import annotations

from typing import Any

import pytest

from shapecalc.frontends.python import read
from shapecalc.source import SourceFile

PROGRAMS = {
    "global": """
keras.mixed_precision.set_global_policy("mixed_float16")
x = keras.Input((4,))
h = layers.Dense(3)(x)
model = keras.Model(x, [h, layers.Activation("softmax", dtype="float32")(h)])
""",
    "object": """
x = keras.Input((4,), dtype="int32")
p = keras.DTypePolicy("mixed_bfloat16")
model = keras.Model(x, [layers.Embedding(5, 2, dtype=p)(x), layers.Flatten(dtype=p)(x)])
""",
    "floatx": """
keras.config.set_floatx("float16")
x = keras.Input((4,))
keras.config.set_floatx("float32")
y = keras.Input((4,))
model = keras.Model([x, y], [layers.Dense(1)(x), layers.Dense(1)(y), keras.ops.add(x, 1)])
""",
    "own layer": """
class Own(layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.inner = layers.Dense(2, dtype="float32")
    def call(self, x):
        return self.inner(x), x
x = keras.Input((4,))
model = keras.Model(x, list(Own(dtype="float16")(x)))
""",
}
HEAD = "import keras\nfrom keras import layers\n"


def ours(text: str) -> list[str]:
    return [t.dtype for t in read(SourceFile("p.py", HEAD + text)).models[-1].model.outputs]


@pytest.mark.oracle
@pytest.mark.parametrize("name", PROGRAMS)
def test_outputs_are_of_the_dtype_of_keras(name: str) -> None:
    keras = pytest.importorskip("keras", reason="the `keras` extra is not installed")
    keras.config.set_dtype_policy("float32")
    keras.utils.clear_session(free_memory=False)
    scope: dict[str, Any] = {}
    try:
        exec(compile(HEAD + PROGRAMS[name], "p.py", "exec"), scope)  # noqa: S102 - our own text
    finally:
        keras.config.set_floatx("float32")
        keras.utils.clear_session(free_memory=False)
    assert ours(PROGRAMS[name]) == [t.dtype for t in scope["model"].outputs]


def test_a_policy_that_is_not_known_makes_no_dtype() -> None:
    text = "x = keras.Input((2,))\n"
    text += "model = keras.Model(x, layers.Dense(1, dtype=input())(x))"
    assert ours(text) == ["unknown"]
    assert ours(text.replace("input()", '"float16"')) == ["float16"]
