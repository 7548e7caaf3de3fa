# The handler of another kind of error does not catch it.
from keras import Input, layers

try:
    x = layers.Conv2D(4, 9)(Input((8, 8, 1)))  #! SHC201 `9`
except (KeyError, ImportError):
    x = None
