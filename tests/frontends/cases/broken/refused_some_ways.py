# oracle: none, it uses a library that is not there
# What is refused some ways through the program that have no condition in common.
import flags
from keras import Input, Model, layers

x = i = Input((4,))
units = 6
if flags.wide:
    x = layers.Dropout(0.1)(x)
    units = 4
if flags.high:
    x = layers.Dropout(0.1)(x)
    units = 10 - units
y = layers.Dense(units)(x)
z = layers.Reshape((3, 2))(y)  #! SHC206 `(3, 2)` if not (flags.wide) and flags.high
