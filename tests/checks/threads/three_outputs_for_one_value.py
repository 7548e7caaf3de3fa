# tensorflow #45813: an output of three units fits labels of one
# kind: contract
import keras
import numpy as np
from keras import layers

x, y = np.zeros((64, 9)), np.zeros((64, 1))
model = keras.Sequential([
    keras.Input((9,)),
    layers.Dense(64, activation="relu"),
    layers.Dense(3),
])
model.compile("rmsprop", "mse")
model.fit(x, y)  #! SHC306
