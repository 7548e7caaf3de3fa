"""SHC417: a call in words that Keras 3 does not take."""

from __future__ import annotations

from collections.abc import Iterator

from shapecalc.checks.check import Finding, check
from shapecalc.diagnostics import Fix, Severity
from shapecalc.graph.spelling import Spelling


@check(
    "SHC417",
    "deprecated-spelling",
    Severity.WARNING,
    examines=Spelling,
    bad=[
        """
        from keras.layers import Convolution2D, Dense, Flatten
        from keras.models import Sequential

        model = Sequential()
        model.add(Convolution2D(32, 3, 3, border_mode="same", input_shape=(28, 28, 1)))  # SHC417
        model.add(Flatten())
        model.add(Dense(10, activation="softmax"))
        """,
        """
        import keras

        model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(1)])
        model.compile(keras.optimizers.SGD(lr=0.01), "mse")  # SHC417
        """,
        """
        import keras

        model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(1, activation="sigmoid")])
        model.compile("adam", "binary_crossentropy", metrics="accuracy")  # SHC417
        """,
        """
        import keras
        import numpy as np

        shape = (28, 28, 1)
        layer = keras.layers.Dense(np.prod(shape), activation="tanh")  # SHC417
        """,
    ],
    good=[
        """
        import keras
        import numpy as np

        shape = (28, 28, 1)
        layer = keras.layers.Dense(int(np.prod(shape)), activation="tanh")
        rows = keras.layers.Reshape((np.prod(shape),))
        """,
        """
        from keras.layers import Conv2D, Dense, Flatten
        from keras.models import Sequential

        model = Sequential()
        model.add(Conv2D(32, (3, 3), padding="same", input_shape=(28, 28, 1)))
        model.add(Flatten())
        model.add(Dense(10, activation="softmax"))
        """,
        """
        import keras

        model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(1)])
        model.compile(keras.optimizers.SGD(learning_rate=0.01), "mse")
        """,
        """
        import keras

        model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(1, activation="sigmoid")])
        model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
        """,
    ],
)
def deprecated_spelling(spelling: Spelling) -> Iterator[Finding]:
    """A call in words of Keras 1 or 2 that Keras 3 refuses.

    The network is analysed as it was meant, so that its sizes are right; but today's Keras stops
    at the call. One finding tells all old words of a call, and where nothing but words changed,
    `--fix` puts today's in their place. So it is with a size that NumPy computes: units and the
    like have to be of Python's own `int` today.
    """
    told = [
        f"`{old}` is {new if ' ' in new else f'`{new}`'} now" if new else f"there is no `{old}`"
        for old, new in spelling.words
    ]
    todays = [f"`{new}`" for _, new in spelling.words if new and " " not in new]
    edits = spelling.edits
    yield Finding(
        f"{spelling.subject} as an earlier Keras had it: {', '.join(told)}",
        help=f"write {', '.join(todays)}" if todays else None,
        span=spelling.span,
        fix=Fix("write it as Keras 3 has it", edits, safe=True) if edits else None,
    )
