# keras #12910, put right
# kind: contract
import keras
import numpy as np
from keras import layers

x, y = np.zeros((16, 64, 64, 3)), np.zeros((16, 6))
model = keras.Sequential([
    layers.Flatten(input_shape=(64, 64, 3)),
    layers.Dense(32, activation="relu"),
    layers.Dense(6, activation="softmax"),
])
model.compile("adam", "categorical_crossentropy")
model.fit(x, y)
