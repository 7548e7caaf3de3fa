# oracle: none, nothing of it is called
# What is None by default, a caller is often meant to tell: with it, nothing is refused.
import keras
from keras import Input, Model, Sequential, layers

def block(x, units=None, axis=None, *, rate=None):
    x = layers.Dense(units)(x)
    x = layers.Dropout(rate)(x)
    return layers.Concatenate(axis=axis)([x, x])

def widen(shape: int, depth: int):
    height, width, _ = shape
    inputs = Input(shape)
    return Sequential([inputs, layers.Conv2D(height * width, 3), layers.Conv2D(4, shape[0])])  #: exact=no

def narrow(size=None):
    size = 4 if size is None else size
    return Sequential([Input((size,)), layers.Dense(3)])  #: params=15

class Builder:
    def __init__(self, units=None, shape=None):
        self.units, self.shape = units, shape
    def build(self, last=None):
        inputs = Input(self.shape)
        x = layers.Dense(self.units)(inputs)
        return Model(inputs, layers.Dense(last)(x))  #: exact=no

def entry(shape=None, batch_shape=None):
    return layers.InputLayer(shape=shape, batch_shape=batch_shape)
