# oracle: none, it uses libraries that are not there
# Nothing here is surely wrong.
import mylib
from collections import namedtuple
from mylib import Base, helper, CONST, make_layer
from keras import Input, Model, Sequential, layers, ops
import keras
import tensorflow as tf
import numpy as np

class Mine(Base):
    def __init__(self, units):
        super().__init__()
        self.dense = layers.Dense(units)

model = Sequential()  #: exact=no
model.add(Input((4,)))
model.add(Mine(3))  #! SHC103
model.add(make_layer(3))  #! SHC103
model.add(layers.Dense(CONST))
model.add(layers.Dense(3))  #: ? params=(3*CONST + 3)

i = Input((8, 8, CONST))
x = layers.Conv2D(3, CONST)(i)  #! SHC103 `CONST`
x = layers.Conv2D(3, 3)(helper(x))  #! SHC103
x = layers.add([x, x])
x = layers.Reshape(CONST)(x)  #! SHC103 `CONST`
if len(x.shape) == 2:
    x = layers.Dense(3)(x)
m = Model(i, x)  #: exact=no | exact=no

Pair = namedtuple("Pair", "one two")
j = Input((4,))
pair = Pair(layers.Dense(1)(j), layers.Dense(2)(j))
n = Model(j, pair)  #: params=15
k = Model(j, {"a": pair.one, "b": [pair.two]})  #: params=15
