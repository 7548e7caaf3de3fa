# keras #321: the loss of a series of numbers stays the same
# kind: contract
import keras
import numpy as np
from keras import layers

saw = np.array([[n % 10 + 1, (n + 5) % 10 + 1] for n in range(40)], "float32")
x = np.array([saw[n : n + 8] for n in range(32)])
y = saw[8:]
model = keras.Sequential([
    keras.Input((8, 2)),
    layers.LSTM(16),
    layers.Dense(2, activation="softmax"),  #! SHC318
])
model.compile("rmsprop", "mean_squared_error")
model.fit(x, y)
