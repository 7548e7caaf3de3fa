# keras #6331: expected shape (None, 16, 1) but got array with shape (32, 16, 7881)
# kind: contract
import numpy as np
from keras import layers
from keras.layers import RepeatVector, TimeDistributed
from keras.models import Sequential

HIDDEN, LENGTH, TOKENS, WORDS, LAYERS = 8, 16, 5, 78, 2
RNN = layers.LSTM

model = Sequential()
model.add(RNN(HIDDEN, input_shape=(LENGTH, TOKENS)))
model.add(RepeatVector(LENGTH))
for _ in range(LAYERS):
    model.add(RNN(HIDDEN, return_sequences=True))
model.add(TimeDistributed(layers.Dense(WORDS)))
model.add(layers.Activation("softmax"))
model.compile(loss="categorical_crossentropy", optimizer="adam")


def get_batches(size=32):
    while True:
        yield np.zeros((size, LENGTH, TOKENS)), np.zeros((size, LENGTH, WORDS))


for X_train, Y_train in get_batches():
    model.fit(X_train, Y_train)
    break
