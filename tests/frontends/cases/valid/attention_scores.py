# The scores of attention have an axis of keys where code is run.
import numpy as np
from keras import Model, layers, ops


class Pooled(Model):
    def __init__(self):
        super().__init__()
        self.attention = layers.MultiHeadAttention(2, 4)
        self.last = layers.Dense(3)

    def call(self, x):
        pooled, scores = self.attention(x[:, :1], x, return_attention_scores=True)
        return self.last(ops.concatenate([pooled[:, 0], scores[:, 0, 0]], axis=-1))


m = Pooled()  #: params=264
m(np.zeros((2, 7, 6), "float32"))
