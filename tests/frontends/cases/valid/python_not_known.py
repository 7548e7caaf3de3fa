# oracle: none, it uses a library that is not there
# What Python or a library may have changed is not taken for what the program wrote.
import copy
from collections import Counter, deque

import keras
import numpy as np
from keras import Input, Model, Sequential, layers
from somewhere import decorate, mix

i = Input((4,))


@decorate(3)  #! SHC103 `decorate(3)`
def block(x):
    return layers.Dense(5)(x)


m = Model(i, block(i))  #: params=25


@decorate
def size():
    return 6


n = Sequential([Input((4,)), layers.Dense(size())])  #: params=30

stack = [layers.Dense(2), layers.Dense(3)]
twin = copy.deepcopy(stack)  #! SHC103
o = Sequential([Input((4,)), *stack, *twin])  #: exact=no
recent = deque([4, 5], maxlen=2)  #! SHC103
recent.append(6)
p = Sequential([Input((4,)), layers.Dense(recent[0])])  #: exact=no


class Sized(type):
    def __new__(mcs, name, bases, members):
        members["size"] = 7
        return super().__new__(mcs, name, bases, members)


class Block(metaclass=Sized):
    pass


q = Sequential([Input((4,)), layers.Dense(Block.size)])  #: params=5*Block.size
r = Sequential([Input((4,)), layers.Dense(Counter("hello")["l"])])  #: exact=no  #! SHC103

stop = keras.callbacks.EarlyStopping(patience=5)
one = 8 if stop.patience == 0 else 4  #! SHC103
two = 8 if stop.baseline else 4  #! SHC103
three = 8 if stop.mode in ("auto", "min") else 4  #! SHC103
t = Sequential([Input((4,)), *map(layers.Dense, (one, two, three))])  #: exact=no
sizes = np.arange(4, 8)
later = sizes[1:]
sizes[1] = 9
u = Sequential([Input((4,)), layers.Dense(int(later[0]))])  #: exact=no  #! SHC103
