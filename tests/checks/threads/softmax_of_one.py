# keras #500: the network always says 1
# kind: contract
import keras
import numpy as np
from keras import layers

x = np.array([[0.0, 0.1], [0.9, 0.8], [0.3, 0.0], [0.5, 0.9]])
y = np.array([0, 1, 0, 1])
model = keras.Sequential([
    keras.Input((2,)),
    layers.Dense(64, activation="tanh"),
    layers.Dense(1, activation="softmax"),  #! SHC301 `activation="softmax"`
])
model.compile(optimizer="sgd", loss="binary_crossentropy")
model.fit(x, y)
