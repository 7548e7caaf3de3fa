# tensorflow #45813, put right
# kind: contract
import keras
import numpy as np
from keras import layers

x, y = np.zeros((64, 9)), np.zeros((64, 1))
model = keras.Sequential([
    keras.Input((9,)),
    layers.Dense(64, activation="relu"),
    layers.Dense(1),
])
model.compile("rmsprop", "mse")
model.fit(x, y)
