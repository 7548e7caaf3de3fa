# Stack Overflow 46524403: three classes of labels make four columns
# kind: contract
import keras
import numpy as np
from keras import layers

x = keras.utils.pad_sequences([[1, 2], [3], [4, 5, 6], [2], [1], [8]], maxlen=25)
y = keras.utils.to_categorical(np.array([1, 2, 3, 3, 2, 1]))
model = keras.Sequential([
    layers.Embedding(50, 8),
    layers.LSTM(4),
    layers.Dense(3, activation="softmax"),
])
model.compile("adam", "categorical_crossentropy")
model.fit(x, y)  #! SHC304
