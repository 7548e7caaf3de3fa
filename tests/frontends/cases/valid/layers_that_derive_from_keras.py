# What a class of the program does not replace, Keras's own layer does.
import keras
from keras import Input, Model, Sequential, layers, ops


class Frozen(layers.BatchNormalization):
    def call(self, inputs, training=None):
        return super(self.__class__, self).call(inputs, training=False)


class Block(layers.Conv2D):
    def __init__(self, filters, **kwargs):
        super().__init__(filters, 3, padding="same", activation="relu", **kwargs)


class Doubled(layers.Dense):
    def call(self, x):
        return self.activation(ops.matmul(x, self.kernel) * 2 + self.bias)


class Shifted(layers.Dense):
    def build(self, input_shape):
        super().build(input_shape)
        self.shift = self.add_weight(shape=(self.units,), trainable=False)

    def call(self, x):
        return super().call(x) + self.shift


class Words(layers.Embedding):
    def compute_mask(self, inputs, mask=None):
        return None


class Cell(layers.LSTMCell):
    pass


class Around(layers.Wrapper):
    def call(self, x):
        return self.layer(x)


class Depthwise(layers.Conv2D):
    def __init__(self, **kwargs):
        super().__init__(filters=None, kernel_size=3, padding="same", **kwargs)

    def build(self, input_shape):
        self.scale = self.add_weight(shape=(*self.kernel_size, input_shape[-1], 1))
        self.built = True

    def call(self, x):
        return ops.depthwise_conv(x, self.scale, padding=self.padding)

    def compute_output_shape(self, input_shape):
        return input_shape


i = Input((8, 8, 3))
x = Frozen(name="fixed")(i)
x = Block(4)(x)
x = layers.Flatten()(x)
x = Doubled(5)(x)
x = Around(Shifted(6))(x)
m = Model(i, x)  #: params=1451 trainable=1439
s = Sequential([Input((7,)), Words(10, 4), layers.RNN(Cell(5))])  #: params=240
kind = isinstance(Block(4), layers.Conv2D)
t = Sequential([Input((3,)), layers.Dense(2 if kind else 3)])  #: params=8
d = Model(i, Depthwise()(i))  #: params=27 out=(None, 8, 8, 3)
