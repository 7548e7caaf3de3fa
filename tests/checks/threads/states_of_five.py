# keras #10445: cannot feed a batch of 2 to a network that keeps the states of 5
# kind: contract
import keras
import numpy as np
from keras import layers

x, y = np.ones((13, 5, 7)), np.eye(2)[np.arange(13) % 2]
model = keras.Sequential([
    keras.Input(batch_shape=(5, 5, 7)),
    layers.LSTM(8, return_sequences=True, stateful=True),
    layers.LSTM(4, stateful=True),
    layers.Dense(2, activation="softmax"),
])
model.compile("adam", "categorical_crossentropy")
model.fit(x, y, batch_size=5, shuffle=False)  #! SHC308
