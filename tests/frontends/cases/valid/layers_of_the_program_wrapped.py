import keras
from keras import layers


@keras.saving.register_keras_serializable()
class Reader(keras.layers.Layer):
    def __init__(self, units, go_backwards=False, return_sequences=False, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.go_backwards = go_backwards
        self.return_sequences = return_sequences
        self.stateful = self.return_state = False
        self.inner = layers.Dense(units)

    def call(self, inputs):
        return self.inner(inputs[:, 0])

    def get_config(self):
        return {**super().get_config(), "units": self.units, "go_backwards": self.go_backwards, "return_sequences": self.return_sequences}


steps = keras.Input((5, 3))
both = layers.Bidirectional(Reader(4))
losses = keras.losses.binary_crossentropy(steps, steps)
model = keras.Model(steps, layers.Dense(2, name="head")(steps))  #: (None, 5, 2) params=8 | params=8
