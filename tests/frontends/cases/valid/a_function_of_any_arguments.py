# This program expects nothing: nobody calls the function.
from functools import wraps

import keras
from keras.layers import Conv2D


@wraps(Conv2D)
def convolution(*args, **kwargs):
    settings = {"padding": "same", **kwargs}
    return Conv2D(*args, **settings)




