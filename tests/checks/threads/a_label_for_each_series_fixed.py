# keras #3621, put right
# kind: contract
import keras
import numpy as np
from keras import layers

x, y = np.zeros((64, 32, 3)), np.zeros((64, 1))
model = keras.Sequential([
    keras.Input((32, 3)),
    layers.LSTM(16),
    layers.Dense(1),
])
model.compile("adam", "mse")
model.fit(x, y)
