# fchollet/deep-learning-with-python-notebooks #199, put right
import keras
import numpy as np
from keras import layers

x = keras.utils.pad_sequences([[1, 2, 3]] * 20, maxlen=28)
y = np.arange(20) % 2
x = np.asarray(x).astype("float32")
y = np.asarray(y).astype("float32").reshape((-1, 1))
model = keras.Sequential([
    layers.Embedding(100, 8),
    layers.Bidirectional(layers.LSTM(4)),
    layers.Dense(1, activation="sigmoid"),
])
model.compile("adam", "binary_crossentropy")
model.fit(x, y)
