# Stack Overflow 38584268, put right
# kind: contract
import keras
import numpy as np
from keras import layers

x, y = np.zeros((16, 32, 32, 3)), np.zeros((16, 10))
model = keras.Sequential([
    keras.Input((32, 32, 3)),
    layers.Conv2D(15, 7, padding="same", activation="relu"),
    layers.MaxPooling2D(2),
    layers.Flatten(),
    layers.Dense(50, activation="relu"),
    layers.Dense(10, activation="softmax"),
])
model.compile("rmsprop", "categorical_crossentropy")
model.fit(x, y)
