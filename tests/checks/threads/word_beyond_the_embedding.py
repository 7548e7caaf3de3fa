# tensorflow #23698: indices[26,0] = 5001 is not in [0, 5001)
# kind: contract
import keras
import numpy as np
from keras import layers

texts = ["a small cat sat", "the dog ran off", "a dog and a cat"]
words = sorted({word for text in texts for word in text.split()})
index = {word: place for place, word in enumerate(words, start=1)}
x = keras.utils.pad_sequences([[index[w] for w in text.split()] for text in texts], maxlen=6)
y = np.array([0, 1, 1])
model = keras.Sequential([
    layers.Embedding(len(index), 8),  #! SHC317
    layers.LSTM(4),
    layers.Dense(1, activation="sigmoid"),
])
model.compile("adam", "binary_crossentropy")
model.fit(x, y)
