# A layer whose `build` the program calls itself is not built again.
import keras
from keras import Sequential, layers, ops


class Scaled(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape, start):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units), initializer=start)

    def call(self, inputs):
        return ops.matmul(inputs, self.kernel)


scaled = Scaled(16)
scaled.build((None, 8), start="ones")
m = Sequential([scaled, layers.Dense(1)])  #: params=145
m(ops.ones((4, 8)))
