"""What functions that nobody calls would do to the module's models, they do not do."""

import keras
from keras import layers

model = keras.Sequential([keras.Input((7,)), layers.Dense(3)])  #: params=24 trainable=24
sizes = [4]
base = layers.Dense(2)
inputs = keras.Input((5,))
whole = keras.Model(inputs, base(inputs))  #: params=12 trainable=12


def grow(n):
    model.add(layers.Dense(5))
    sizes.append(6)


def freeze():
    model.trainable = False
    for layer in whole.layers:
        layer.trainable = False


def more(n):
    for size in sizes:
        model.add(layers.Dense(size))


def rename():
    global sizes
    sizes = [1, 2, 3]
