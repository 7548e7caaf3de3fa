# Variables that a layer of the program makes by itself are weights of it.
import keras
import numpy as np
from keras import Input, Model, backend as K, layers, ops


class Gains(layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.input_spec = layers.InputSpec(ndim=2)
        self.gain = keras.Variable(np.ones((units,)), name="gain")
        self.shift = keras.Variable(ops.zeros((2, units)), trainable=False)
        self.scale = [keras.Variable(1.0)]
        self.table = keras.Variable("zeros", shape=(4, units))

    def call(self, x):
        return x * self.gain + K.epsilon()


i = Input((3,))
m = Model(i, Gains(3)(i))  #: params=22 trainable=16
