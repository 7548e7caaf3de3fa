# keras #10445, put right
import keras
import numpy as np
from keras import layers

x, y = np.ones((15, 5, 7)), np.eye(2)[np.arange(15) % 2]
model = keras.Sequential([
    keras.Input(batch_shape=(5, 5, 7)),
    layers.LSTM(8, return_sequences=True, stateful=True),
    layers.LSTM(4, stateful=True),
    layers.Dense(2, activation="softmax"),
])
model.compile("adam", "categorical_crossentropy")
model.fit(x, y, batch_size=5, shuffle=False)
