# A layer's `call` may hand on sizes beside its tensors.
import keras
from keras import Input, Model, layers, ops


class Embed(layers.Layer):
    def __init__(self, size):
        super().__init__()
        self.project = layers.Conv2D(size, 2, strides=2)

    def call(self, x):
        x = self.project(x)
        height, width, channels = x.shape[1:]
        return ops.reshape(x, (-1, height * width, channels)), height, width, channels


class Stage(layers.Layer):
    def __init__(self, size):
        super().__init__()
        self.embed = Embed(size)
        self.mix = layers.Dense(4)

    def call(self, x):
        x, height, width, channels = self.embed(x)
        return self.mix(ops.reshape(x, (-1, height, width * channels)))


i = Input((8, 6, 3))
m = Model(i, Stage(5)(i))  #: params=129 out=(None, 4, 4)
