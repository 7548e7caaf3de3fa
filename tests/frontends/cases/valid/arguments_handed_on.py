# What a function hands on to a layer, it may be given by whoever calls it.
import keras
from keras import layers


def convolution(name="conv", *args, **kwargs):
    return layers.Conv2D(*args, name=name, **kwargs)


def dense(x, activation="relu", **options):
    return layers.Dense(activation=activation, **options)(x)


i = keras.Input((4,))
m = keras.Model(i, dense(i, units=3))  #: params=15
