# Layers of the program that are called with their inputs by name: `build` gets the shapes in the
# order of the parameters of `call`, or those that its own parameters name.
from keras import Input, Model, layers, ops

class Scale(layers.Layer):
    def build(self, shape):
        self.kernel = self.add_weight(shape=(shape[-1],))
        super().build(shape)
    def call(self, inputs):
        return inputs * self.kernel
class Attend(layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units
    def build(self, input_shape):
        self.q = layers.Dense(self.units, use_bias=False)
        self.k = layers.Dense(self.units, use_bias=False)
        self.w = self.add_weight(shape=(input_shape[-1], 2))
    def call(self, query, key, mask=None):
        return ops.matmul(self.q(query), ops.transpose(self.k(key), (0, 2, 1)))
class Join(layers.Layer):
    def build(self, right_shape, left_shape):
        self.a = self.add_weight(shape=(right_shape[-1], 3))
        self.b = self.add_weight(shape=(left_shape[-1], 5))
    def call(self, left, right):
        return ops.concatenate([left @ self.b, right @ self.a], -1)

x = Input((6, 4))
y = Input((9, 7))
s = Scale()(inputs=x)                                       #: (None, 6, 4) params=4
a = Attend(8)(key=y, query=x)
i, k = layers.Flatten()(x), layers.Flatten()(y)             #: (None, 24) | (None, 63)
j = Join()(i, right=k)                                      #: (None, 8) params=309
m = Model([x, y], [s, a, j])                                #: params=409 trainable=409
