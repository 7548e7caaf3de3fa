# datascience.SE 67599: a network gives nearly the same share for every series
# kind: contract
# missed: where no target is below 0, an output that is rectified may be meant
import keras
import numpy as np
from keras import layers

lengths = [8, 3, 10, 4, 6, 2, 9, 5]
x = np.array([[[0]] * (12 - n) + [[1]] * n for n in lengths])
y = np.mean(x, axis=(1, 2))
model = keras.Sequential([
    keras.Input((12, 1)),
    layers.LSTM(10),
    layers.Dense(1, activation="relu"),
])
model.compile("adam", "mse", metrics=["mae"])
model.fit(x, y)
