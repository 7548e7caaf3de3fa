# oracle: none, TensorFlow is no part of Keras
import einops
import keras
import tensorflow as tf
import tensorflow.experimental.numpy as tnp
from keras import backend as K
from keras import layers


class Scaled(keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units

    def build(self, shape):
        self.w = self.add_weight(shape=(shape[-1], self.units))

    def call(self, x):
        return tnp.maximum(tnp.matmul(x, self.w), 0.0)


class ByFrames(layers.Layer):
    def __init__(self):
        super().__init__()
        self.resize = layers.Resizing(4, 6)

    def call(self, x):
        lengths = einops.parse_shape(x, "b t h _ c")
        frames = einops.rearrange(x, "b t h w c -> (b t) h w c")
        return einops.rearrange(self.resize(frames), "(b t) h w c -> b t h w c", t=lengths["t"])


table = keras.Input((6,))
scaled = Scaled(5)(table)  #: (None, 5) params=30
small = keras.Model(table, scaled)  #: params=30
video = keras.Input((7, 8, 8, 3))
frames = ByFrames()(video)
whole = keras.Model(video, frames)  #: params=0 out=(None, 7, 4, 6, 3)

start = keras.initializers.GlorotUniform(seed=1)(shape=(6, 9))
as_start = keras.Sequential([keras.Input((start.shape[0],)), layers.Dense(start.shape[1])])  #: (None, 6) | (None, 9) | params=63

seen = K.function([small.input], [small.output])([start])[0]
as_seen = keras.Sequential([keras.Input((seen.shape[1],)), layers.Dense(1)])  #: (None, 5) | (None, 1) | params=6

count = tf.reduce_prod((3, 4)).numpy()
as_product = keras.Sequential([keras.Input((2,)), layers.Dense(count)])  #: (None, 2) | (None, 12) | params=36
