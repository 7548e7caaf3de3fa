"""Classes that derive from a stack: what they add and take off, with and without a `call`."""

import keras
from keras import layers


class Classifier(keras.Sequential):
    def __init__(self, units):
        super().__init__([layers.Input((4,)), layers.Dense(units)])
        self.add(layers.Dense(2))


class Named(keras.Sequential):
    def __init__(self, units, **options):
        super().__init__(**options)
        self.first = layers.Dense(3)
        self.aside = layers.Dense(9)
        self.add(self.first)
        self.add(layers.Dense(units))

    def grow(self, units):
        self.add(layers.Dense(units))
        return self


class WithCall(keras.Sequential):
    def __init__(self, stack, scale):
        super().__init__(stack, name="with_call")
        self.scale = scale
        self.extra = layers.Dense(7)

    def call(self, x, training=None):
        return self.extra(super().call(x)) * self.scale


class Doubling(keras.Sequential):
    def add(self, layer, rebuild=True):
        super().add(layer)
        super().add(layers.ReLU())


class Bare(keras.Sequential):
    pass


classifier = Classifier(3)  #: params=23 out=(None, 2) name=classifier kind=sequential
named = Named(4, name="x")  #: params=43 trainable=16 name=x
named.build((None, 8))
named.first.trainable = False
named.pop()
named.grow(4)

built = WithCall([layers.Input((5,)), layers.Dense(2)], 3)  #: params=12 out=(None, 2)
inputs = keras.Input((5,))
outputs = built(inputs)
outer = keras.Model(inputs, outputs)  #: params=12 out=(None, 2)

doubling = Doubling([layers.Input((3,)), layers.Dense(2)])  #: (None, 3) | (None, 2) params=8 | params=8 out=(None, 2)
bare = Bare([layers.Input((6,)), layers.Dense(1)])  #: params=7 name=bare

nested = keras.Sequential([bare], name="nested")  #: params=11
nested.add(layers.Dense(2))
again = keras.Input((6,))
counted = keras.Model(again, nested(again))  #: params=11
