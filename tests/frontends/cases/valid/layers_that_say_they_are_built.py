# A layer that is never called has what it has, if it says itself that this is all.
import keras
from keras import layers, ops


class Sampler(layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.noise = self.add_weight(shape=(3,))
        self.built = True

    def call(self, x):
        return x * self.noise


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(3)
        self.sampler = Sampler()

    def call(self, x):
        return self.dense(x)


net = Net()  #: params=18
net(ops.zeros((2, 4)))
