# What a class of the program puts in the place of a convolution's own step, or asks of it.
import keras
from keras import Input, Sequential, layers, ops


class Replaced(layers.Conv2D):
    def convolution_op(self, inputs, kernel):
        centred = kernel - ops.mean(kernel, axis=[0, 1, 2], keepdims=True)
        return ops.conv(inputs, centred, padding="valid", strides=list(self.strides))


class Asked(layers.Conv1D):
    def call(self, inputs):
        result = self.convolution_op(inputs, self.kernel * 2)
        if self.use_bias:
            result = result + self.bias
        return result


m = Sequential([Input((28, 28, 1))])  #: params=320 out=(None, 13, 13, 32)
m.add(Replaced(32, (3, 3), strides=2, activation="relu"))
n = Sequential([Input((28, 3))])  #: params=336 out=(None, 14, 16)
n.add(Asked(16, 7, strides=2, padding="same", use_bias=False))
