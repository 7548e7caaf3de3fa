# oracle: none, it imports a module that there is not
# A model of the program's own, made of a graph, is called on what is not known.
import keras
import somewhere
from keras import layers


class Own(keras.Model):
    def __init__(self, **kwargs):
        x = keras.Input((4,))
        super().__init__(x, layers.Dense(3)(x), **kwargs)


own = Own()  #: params=15
i = keras.Input(tensor=somewhere.batch())
m = keras.Model(i, layers.Dense(2)(own(i)))  #: params=23
n = keras.Model(i, own(i))  #: params=15


class Two(keras.Model):
    def __init__(self, **kwargs):
        a, b = keras.Input((4,)), keras.Input((4,))
        super().__init__({"a": a, "b": b}, layers.Add()([a, b]), **kwargs)


two = Two()  #: params=0
y = two({"a": somewhere.batch(), "b": keras.ops.zeros((2, 4))})  #! SHC103 `somewhere.batch()`
z = two({"a": somewhere.batch(), "b": keras.Input((4,))})  #! SHC103 `somewhere.batch()`
p, q = keras.Input((4,)), keras.Input((4,))
plain = keras.Model([p, q], layers.Add()([p, q]))  #: params=0
w = plain([somewhere.batch(), keras.ops.zeros((2, 4))])


class Around(keras.Model):
    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def call(self, inputs):
        return self.inner(inputs)


around = Around(plain)  #: params=0
around(somewhere.batch())
around.fit(somewhere.stream())
