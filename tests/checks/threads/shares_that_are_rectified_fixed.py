# datascience.SE 67599, put right
import keras
import numpy as np
from keras import layers

lengths = [8, 3, 10, 4, 6, 2, 9, 5]
x = np.array([[[0]] * (12 - n) + [[1]] * n for n in lengths])
y = np.mean(x, axis=(1, 2))
model = keras.Sequential([
    keras.Input((12, 1)),
    layers.LSTM(10),
    layers.Dense(1, activation="sigmoid"),
])
model.compile("adam", "mse", metrics=["mae"])
model.fit(x, y)
