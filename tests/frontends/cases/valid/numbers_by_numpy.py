# NumPy's reductions of numbers that are known.
import math

import numpy as np
from keras import Input, Sequential, layers

shape = (4, 3, 2)
m = Sequential([Input((5,))])  #: params=144
m.add(layers.Dense(int(np.prod(shape))))
m.add(layers.Reshape(shape))  #: (None, 4, 3, 2)
n = Sequential([Input(shape), layers.Reshape((np.prod(shape),)), layers.Dense(int(np.max([2, 3])))])  #: params=75
k = Sequential([Input((2,)), layers.Dense(int(np.sum(np.array([2, 3]))))])  #: params=15
print("%f of %d" % (m(np.ones((1, 5)))[0, 0, 0, 0], 3))
