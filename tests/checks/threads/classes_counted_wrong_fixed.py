# keras #10239, put right
# kind: contract
import keras
import numpy as np
from keras import layers

x, y = np.zeros((64, 4)), np.zeros((64, 22))
model = keras.Sequential([
    layers.Dense(4, activation="relu", input_shape=(4,)),
    layers.Dense(22, activation="softmax"),
])
model.compile("adam", "categorical_crossentropy")
model.fit(x, y)
