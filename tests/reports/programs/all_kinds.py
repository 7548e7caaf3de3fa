import keras
import numpy as np
from keras import layers

encoder = keras.Sequential([
    keras.Input((6, 6, 1)),
    layers.Conv2D(8, 3, activation="relu"),
    layers.Conv2D(8, 5),  # shapecalc: ignore[SHC202]
])

classifier = keras.Sequential([
    keras.Input((8,), name="features"),
    layers.Dense(1000, init="he_normal", activation="relu"),
    layers.Dense(1, activation="softmax"),
])
classifier.compile("adam", "binary_crossentropy")
classifier.fit(np.zeros((64, 8)), np.zeros((64, 3)))
