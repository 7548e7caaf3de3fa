# Masks are tensors: they come from embeddings, and some layers hand them on.
import keras
from keras import Input, Model, Sequential, layers, ops


class Pooled(layers.Layer):
    def call(self, inputs, mask=None):
        if mask is None:
            return inputs[:, 0]
        weights = ops.expand_dims(ops.cast(mask, "float32"), -1)
        return ops.sum(inputs * weights, axis=1) / ops.sum(weights, axis=1)


class Shares(layers.Layer):
    def call(self, inputs, mask=None):
        weights = ops.expand_dims(ops.cast(mask, "float32"), -1)
        shares = ops.exp(inputs) * weights
        return shares / ops.sum(shares, axis=1, keepdims=True)


class Passing(layers.Layer):
    def __init__(self):
        super().__init__()
        self.supports_masking = True

    def call(self, inputs):
        return inputs * 2


class Reader(layers.Layer):
    def __init__(self):
        super().__init__()
        self.embedding = layers.Embedding(20, 4, mask_zero=True)
        self.lstm = layers.LSTM(5)

    def call(self, words):
        x = self.embedding(words)
        mask = self.embedding.compute_mask(words)
        return self.lstm(x, mask=mask)


i = Input((6,))
x = layers.Embedding(20, 4, mask_zero=True)(i)
x = Passing()(layers.Dropout(0.1)(x))
x = layers.LSTM(3, return_sequences=True)(x)
m = Model(i, layers.Dense(2)(Pooled()(x)))  #: params=184 out=(None, 2)
n = Model(i, Shares()(layers.Dense(1)(layers.Embedding(20, 4, mask_zero=True)(i))))  #: params=85 out=(None, 6, 1)
lost = layers.Conv1D(3, 2)(layers.Embedding(20, 4, mask_zero=True)(i))
k = Model(i, Pooled()(lost))  #: params=107 out=(None, 3)
r = Sequential([i, Reader()])  #: params=280
