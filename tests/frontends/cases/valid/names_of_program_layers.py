"""Names that a program's own classes hand on to Keras, and those that Keras finds for them."""

import keras
from keras import layers


class Passing(layers.Layer):
    def __init__(self, units, **options):
        super().__init__(**options)
        self.inner = layers.Dense(units)

    def call(self, x):
        return self.inner(x)


class Fixed(Passing):
    def __init__(self, units, name="always"):
        super(Fixed, self).__init__(units, name=name)


class Frozen(layers.Layer):
    def __init__(self):
        super().__init__(trainable=False, name="frozen", dtype="float16")
        self.inner = layers.Dense(1)

    def call(self, x):
        return self.inner(x)


class Whole(keras.Model):
    def __init__(self):
        super().__init__(name="the_whole")
        self.one = Passing(2)

    def call(self, x):
        return self.one(x)


x = inputs = keras.Input((4,))
x = Passing(3, name="mine")(x)
x = Passing(3)(x)
x = Fixed(3)(x)
x = Fixed(3, name="other")(x)
x = Frozen()(x)
x = Passing(1)(x)
model = keras.Model(inputs, x)  #: params=57 trainable=57
whole = Whole()  #: params=10 name=the_whole
whole(keras.Input((4,)))
