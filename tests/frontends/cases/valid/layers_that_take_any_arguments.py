from functools import wraps

import keras
from keras.layers import Conv2D


@wraps(Conv2D)
def convolution(*args, **kwargs):
    settings = {"padding": "same", **kwargs}
    return Conv2D(*args, **settings)


image = keras.Input((8, 8, 1))
model = keras.Model(image, convolution(4, (3, 3))(image))  #: params=40
