# oracle: none, it imports a module that there is not
# A tensor that is not known has a shape all the same.
import somewhere
from keras import Input, Model, layers

i = Input(tensor=somewhere.batch())
m = Model(i, layers.Dense(3)(i))  #: exact=no


def build(tensor):
    x = Input(tensor=tensor)
    return Model(x, layers.Conv2D(4, 3)(x))  #: exact=no
