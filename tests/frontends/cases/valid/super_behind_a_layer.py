# `super(Conv2D, self)` is what is behind Conv2D, which takes the rank too.
from keras import Input, Model, layers, ops


class Normed(layers.Conv2D):
    def __init__(self, filters, kernel_size, **kwargs):
        super(layers.Conv2D, self).__init__(
            rank=2, filters=filters, kernel_size=kernel_size, **kwargs
        )
        self.scale = 2.0

    def call(self, x):
        return super().call(x) * self.scale


class Narrow(layers.Dense):
    def __init__(self, width, **kwargs):
        super(layers.Dense, self).__init__(**kwargs)
        self.width = width

    def build(self, input_shape):
        self.table = self.add_weight(shape=(input_shape[-1], self.width))

    def call(self, x):
        return ops.matmul(x, self.table)

    def compute_output_shape(self, input_shape):
        return (*input_shape[:-1], self.width)


i = Input((8, 8, 3))
m = Model(i, Normed(4, 3, strides=2)(i))  #: params=112 out=(None, 3, 3, 4)
n = Model(i, Narrow(5, name="narrow")(i))  #: params=15 out=(None, 8, 8, 5)
