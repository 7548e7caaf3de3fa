# A division makes a float.
from keras import Input, layers

width = 64
x = layers.Dense(width / 2)(Input((3,)))  #! SHC213 `width / 2`
