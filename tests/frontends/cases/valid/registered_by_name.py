# Initializers of the program that it has given Keras by a name.
import keras
from keras import Input, Sequential, initializers, layers, ops


class Ones(initializers.Initializer):
    def __call__(self, shape, dtype=None):
        return ops.ones(shape)


keras.utils.get_custom_objects()["mine"] = Ones
keras.saving.get_custom_objects().update({"ours": Ones})
m = Sequential([Input((3,)), layers.Dense(2, kernel_initializer="mine")])  #: params=8
n = Sequential([Input((3,)), layers.Dense(2, bias_initializer="ours")])  #: params=8
with keras.saving.custom_object_scope({"theirs": Ones}):
    h = Sequential([Input((3,)), layers.Dense(2, kernel_initializer="theirs")])  #: params=8
