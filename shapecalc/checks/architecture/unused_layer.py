"""SHC408: a layer that no output depends on."""

from __future__ import annotations

from collections.abc import Iterator

from shapecalc.checks.check import Finding, check
from shapecalc.checks.fault import named
from shapecalc.diagnostics import Note, Severity
from shapecalc.graph.idle import IdleLayer


@check(
    "SHC408",
    "unused-layer",
    Severity.WARNING,
    examines=IdleLayer,
    bad=[
        """
        import keras
        from keras import layers

        inputs = keras.Input((64,))
        x = layers.Dense(32, activation="relu")(inputs)
        h = layers.Dropout(0.5)(x)  # SHC408
        model = keras.Model(inputs, layers.Dense(1)(x))
        """,
        """
        import keras
        from keras import layers

        inputs = keras.Input((64,))
        x = layers.Dense(32, activation="relu")(inputs)
        layers.Dropout(0.5)(x)  # SHC408
        model = keras.Model(inputs, layers.Dense(1)(x))
        """,
        """
        import keras
        from keras import layers

        class Classifier(keras.Model):
            def __init__(self):
                super().__init__()
                self.hidden = layers.Dense(32, activation="relu")
                self.dropout = layers.Dropout(0.5)  # SHC408
                self.out = layers.Dense(1, activation="sigmoid")

            def call(self, x):
                return self.out(self.hidden(x))

        model = Classifier()
        model(keras.Input((64,)))
        """,
    ],
    good=[
        """
        import keras
        from keras import layers

        inputs = keras.Input((64,))
        x = layers.Dense(32, activation="relu")(inputs)
        h = layers.Dropout(0.5)(x)
        model = keras.Model(inputs, layers.Dense(1)(h))
        """,
        """
        import keras
        from keras import layers

        inputs = keras.Input((64,))
        x = layers.Dense(32, activation="relu")(inputs)
        x = layers.Dropout(0.5)(x)
        model = keras.Model(inputs, layers.Dense(1)(x))
        """,
        """
        import keras
        from keras import layers

        class Classifier(keras.Model):
            def __init__(self):
                super().__init__()
                self.hidden = layers.Dense(32, activation="relu")
                self.dropout = layers.Dropout(0.5)
                self.out = layers.Dense(1, activation="sigmoid")

            def call(self, x):
                return self.out(self.dropout(self.hidden(x)))

        model = Classifier()
        model(keras.Input((64,)))
        """,
    ],
)
def unused_layer(idle: IdleLayer) -> Iterator[Finding]:
    """A layer is called or made beside a model, and no output of it depends on that.

    Keras says nothing: the layer is not in the model, or never computes anything. Mostly the next
    layer was called on the wrong tensor, or a call was forgotten. Told is only what the program
    reads nowhere else; of a layer that is an attribute, which other files may call, as a remark.
    """
    who = named(idle.layer)
    if idle.attribute is not None:
        yield Finding(
            f"{who} is made, but nothing ever calls `self.{idle.attribute}`",
            help="call it in `call`, or leave it out",
            severity=Severity.INFO,
        )
        return
    made = idle.model.__dict__.get("span")
    yield Finding(
        f"what {who} gives is read nowhere: no output of the model depends on it",
        notes=(Note("the model is made here", made),) if made is not None else (),
        help="call the next layer on it, or leave it out",
    )
