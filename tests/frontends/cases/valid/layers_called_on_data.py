# A layer that has been called on data only, does not know what it will be called on.
import keras
import numpy as np
from keras import layers


class Doubled(layers.Layer):
    def call(self, x):
        return x * 2


doubled = Doubled()
doubled(np.zeros((2, 3)))
first = keras.Sequential([doubled, layers.Dense(5)])  #: params=25
first.build((None, 4))
second = keras.Sequential([keras.Input((6,)), doubled, layers.Dense(5)])  #: params=35

# What a layer makes of data is data, also when it is built by that: it is no part of a model.
inputs = keras.Input((6, 4))
places = layers.Embedding(6, 4)(keras.ops.arange(6))
x = layers.Dense(4)(inputs) + places
positions = keras.Model(inputs, layers.Dense(2)(x))  #: params=30
