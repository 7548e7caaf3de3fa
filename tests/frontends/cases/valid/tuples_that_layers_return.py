# A layer's output has the form in which its `call` returned it.
from keras import Input, Model, layers

class Attention(layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.dense = layers.Dense(units)
    def call(self, x, scores=False):
        y = self.dense(x)
        return (y, y * 2) if scores else (y,)

class Block(layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.attention = Attention(units)
        self.dense = layers.Dense(units)
    def call(self, x, scores=False):
        made = self.attention(x, scores=scores)
        return (self.dense(made[0]),) + made[1:]

class Optional(layers.Layer):
    def call(self, x):
        return x, None

i = Input((4,))
outputs = (i,)
outputs = Block(6)(outputs[0], scores=True) + outputs[1:]
hidden, second = outputs
m = Model(i, layers.Dense(len(outputs))(hidden))  #: params=86

class Both(layers.Layer):
    def __init__(self):
        super().__init__()
        self.inner = Optional()
        self.dense = layers.Dense(3)
    def call(self, x):
        y, rest = self.inner(x)
        return self.dense(y) if rest is None else y

m = Model(i, Both()(i))  #: params=15
