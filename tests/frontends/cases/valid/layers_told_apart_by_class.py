import keras
from keras import layers
from keras.layers import Conv2D, MaxPool2D, MaxPooling2D


class Handed(layers.Layer):
    def call(self, x):
        return x


pixels = keras.Input((8, 8, 3))
conv = Conv2D(4, 3)(pixels)  #: (None, 6, 6, 4) params=112
pooled = MaxPooling2D(2)(Handed()(conv))  #: (None, 3, 3, 4) | (None, 6, 6, 4)
small = keras.Model(pixels, pooled)  #: params=112

count = 0
for layer in small.layers:
    if layer.__class__ == MaxPooling2D:
        count += 1
    if type(layer) == MaxPool2D:
        count += 2
    if type(layer) is Handed:
        count += 4
    if layer.__class__ != Conv2D:
        count += 8
    if layer.__class__.__name__ == "Conv2D":
        count += 64
    if type(layer).__name__ == "Handed":
        count += 128
    if layer.__class__ in (Conv2D, MaxPool2D):
        count += 256
    if layer.__class__ is layers.InputLayer:
        count += 1024
counted = keras.Sequential([keras.Input((1,)), layers.Dense(count, use_bias=False)])  #: (None, 1) | (None, 1759) | params=1759
if type(counted) == keras.Sequential and layers.MaxPool2D.__name__ == "MaxPooling2D":
    again = keras.Sequential([keras.Input((1,)), layers.Dense(7)])  #: (None, 1) | (None, 7) | params=14
