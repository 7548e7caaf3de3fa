# `fit` runs a model's own step, and builds the layers that only the step calls.
import keras
import numpy as np
from keras import layers, ops


class Sampling(layers.Layer):
    def call(self, mean, spread):
        return mean + ops.exp(0.5 * spread) * 0.1


class Coder(keras.Model):
    def __init__(self, encoder, decoder):
        super().__init__()
        self.encoder = encoder
        self.decoder = decoder
        self.sampler = Sampling()
        self.head = layers.Dense(2)
        self.tracker = keras.metrics.Mean(name="loss")

    def call(self, x):
        return self.encoder(x)

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        z = self.sampler(y_pred, y_pred)
        self.tracker.update_state(ops.mean(z))
        return ops.mean(ops.square(self.decoder(z) - x)) + ops.mean(self.head(z))


x = np.random.random((64, 12)).astype("float32")
y = np.random.random((64, 1)).astype("float32")
encoder = keras.Sequential([keras.Input((12,)), layers.Dense(4)])  #: params=52
decoder = keras.Sequential([keras.Input((4,)), layers.Dense(12)])  #: params=60
coder = Coder(encoder, decoder)  #: params=122
coder.compile(optimizer="sgd")
coder.fit(x, y, batch_size=16, epochs=1, verbose=0)
