# keras #7354: a generator gives one target for two outputs
# kind: contract
import keras
import numpy as np
from keras import layers

x, steer, speed = np.zeros((40, 7)), np.zeros((40, 1)), np.zeros((40, 1))
inputs = keras.Input((7,))
h = layers.Dense(16, activation="relu")(inputs)
model = keras.Model(inputs, [layers.Dense(1)(h), layers.Dense(1)(h)])
model.compile("sgd", ["mse", "mse"])
model.fit(x, steer)  #! SHC307
