# What a layer asks of its input, and what only a library's object knows.
import keras
from keras import InputSpec, layers

class Gain(layers.Layer):
    def build(self, input_shape):
        self.input_spec = InputSpec(ndim=len(input_shape), axes={-1: input_shape[-1]})
        if self.input_spec.ndim not in (3, 4):
            raise ValueError(f"{input_shape} has too few axes")
        self.gain = self.add_weight(shape=(self.input_spec.ndim, self.input_spec.axes[-1]))
        self.built = True
    def call(self, inputs):
        return inputs

spec = InputSpec(shape=(None, 4))
m = keras.Sequential([keras.Input((4, 5)), layers.Dense(spec.ndim), Gain()])  #: params=18
if spec.max_ndim is None and not spec.allow_last_axis_squeeze:
    n = keras.Sequential([keras.Input((4,)), layers.Dense(spec.shape[-1])])  #: params=20
