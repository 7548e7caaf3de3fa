# keras #1332, put right
import keras
import numpy as np
from keras import layers

letters, length, many = 12, 6, 16
x, y = np.zeros((many * 2, length, letters)), np.zeros((many * 2, letters))
y[:, 0] = 1
model = keras.Sequential([
    keras.Input(batch_shape=(many, length, letters)),
    layers.LSTM(8, stateful=True),
    layers.Dense(letters, activation="softmax"),
])
model.compile("rmsprop", "categorical_crossentropy")
for start in range(0, len(x), many):
    model.train_on_batch(x[start : start + many], y[start : start + many])
seed = np.zeros((many, length, letters))
model.predict(seed)
