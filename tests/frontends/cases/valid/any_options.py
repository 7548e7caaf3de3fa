# What a function may be given beside its parameters is not known where nobody calls it.
from keras import Input, Model, layers


def block(x, filters, **options):
    return layers.Conv2D(filters, **options)(x)


def made_of(features):
    inputs = {}
    for feature in features:
        inputs[feature] = Input((1,))
    joined = layers.concatenate(list(inputs.values()))
    return Model(list(inputs.values()), layers.Dense(1)(joined))  #! SHC103


i = Input((3,))
m = Model(i, layers.Dense(2)(i))  #: params=8
