# What class a layer is of is known, by whichever of its names it is asked for.
import keras
from keras import Input, Model, layers
from keras.layers import Conv2D, MaxPool2D, MaxPooling2D


class Own(layers.Layer):
    def call(self, x):
        return x


def changed(model):
    x = i = Input((8, 8, 3))
    for layer in model.layers:
        if layer.__class__ == MaxPooling2D:
            x = layers.AveragePooling2D(2)(x)
        elif type(layer) in (layers.Convolution2D, layers.Dense):
            x = Conv2D(layer.filters + 1, 3)(x)
        elif layer.__class__.__name__ == "Flatten" and type(layer).__name__ != "Dense":
            x = layers.GlobalMaxPooling2D()(x)
    return Model(i, x)  #: params=140 out=(None, 5)


first = keras.Sequential(  #: params=112 out=(None, 36)
    [Input((8, 8, 3)), Conv2D(4, 3), MaxPool2D(2), Own(), layers.Flatten()]
)
m = changed(first)
kinds = [
    MaxPool2D == MaxPooling2D,
    MaxPool2D is MaxPooling2D,
    MaxPool2D.__name__ == "MaxPooling2D",
    Conv2D is not MaxPool2D,
    Conv2D != MaxPool2D,
    type(Own()) is Own,
    Own().__class__ == Own,
    Own not in (Conv2D, MaxPool2D),
]
n = keras.Sequential([Input((sum(kinds),)), layers.Dense(1)])  #: params=9
