# keras #2427, put right
# kind: contract
import keras
import numpy as np
from keras import layers

left, right = np.zeros((40, 7)), np.zeros((40, 5))
y = np.zeros((40, 1))
a, b = keras.Input((7,)), keras.Input((5,))
joined = layers.Concatenate()([layers.Dense(4)(a), layers.Dense(4)(b)])
model = keras.Model([a, b], layers.Dense(1)(joined))
model.compile("sgd", "mse")
model.fit([left, right], y)
