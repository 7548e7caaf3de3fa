# A layer of the program hands its name, dtype and trainable to Keras.
import keras
from keras import Input, Model, layers


class Pair(layers.Layer):
    def __init__(self, units, name=None, **kwargs):
        super().__init__(name=name, **kwargs)
        self.one = layers.Dense(units)

    def call(self, x):
        y = self.one(x)
        return x + y, y


i = Input((3,))
x, _ = Pair(3, "first")(i)
x, _ = Pair(3, name="second", trainable=False)(layers.ReLU()(x))
m = Model(i, x)  #: params=24
inner = [m.get_layer(name).output[1] for name in ("first", "second")]
both = Model(m.input, inner)  #: params=24 out=[(None, 3), (None, 3)]
