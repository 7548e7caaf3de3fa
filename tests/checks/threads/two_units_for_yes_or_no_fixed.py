# keras #7339, put right
# kind: contract
import keras
import numpy as np
from keras import layers

x, y = np.zeros((93, 10)), np.zeros((93, 1))
model = keras.Sequential([
    keras.Input((10,)),
    layers.Dense(8, activation="relu"),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(loss="binary_crossentropy", optimizer="adam")
model.fit(x, y)
