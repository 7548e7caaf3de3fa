# oracle: none, it needs TensorFlow
# A training step of the program's own takes three images, none of them labels or weights.
import keras
import tensorflow as tf
from keras import layers

a, b, c = (keras.Input((8,), name=name) for name in "abc")
inner = keras.Model([a, b, c], layers.Add()([a, b, c]))  #: params=0


class Triples(keras.Model):
    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def call(self, inputs):
        return self.inner(inputs)

    def train_step(self, data):
        return {"loss": self.inner(data)}


rows = tf.data.Dataset.from_tensor_slices(tf.zeros((6, 8)))
triples = Triples(inner)  #: params=0
triples.compile("adam")
triples.fit(tf.data.Dataset.zip((rows, rows, rows)).batch(2))
