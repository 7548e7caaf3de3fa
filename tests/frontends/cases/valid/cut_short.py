# oracle: none, Keras would run for ever
# What the code that is not run may still do to a model is not known.
import keras
from keras import layers

grown = keras.Sequential([keras.Input((4,)), layers.Dense(2)])  #: exact=no
i = keras.Input((3,))
whole = keras.Model(i, layers.Dense(3)(i))  #: params=12 exact=yes


def grow(depth):
    grown.add(layers.Dense(2))
    return grow(depth + 1)


grow(0)  #! SHC104
