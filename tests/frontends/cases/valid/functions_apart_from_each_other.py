# oracle: none, nobody calls its functions
"""A function that nobody calls finds what the module made, and nothing of what another one does."""

import keras
from keras import layers

sizes = [4]
base = layers.Dense(2)
inputs = keras.Input((5,))
whole = keras.Model(inputs, base(inputs))  #: params=12 trainable=12


def enlarge():
    sizes.append(6)
    base.trainable = False


def transfer(n):
    base.trainable = False
    top = keras.Input((5,))
    x = layers.Dense(len(sizes))(base(top))
    return keras.Model(top, x)  #: params=15 trainable=3 function=transfer


def unfrozen(n):
    top = keras.Input((5,))
    x = layers.Dense(len(sizes))(base(top))
    return keras.Model(top, x)  #: params=15 trainable=15 function=unfrozen
