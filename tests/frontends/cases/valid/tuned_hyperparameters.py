# oracle: none, KerasTuner is no part of Keras
import keras
import keras_tuner as kt
import numpy as np
from keras import layers


def build(hp):
    model = keras.Sequential([keras.Input((20,))])  #: params=1322 function=build
    for i in range(hp.Int("depth", 1, 4, default=2)):
        model.add(layers.Dense(hp.Int(f"units_{i}", min_value=16, max_value=512, step=32), activation=hp.Choice("activation", ["relu", "tanh"])))  #: (None, 16) params=336 | (None, 16) params=272
    if hp.Boolean("dropout"):
        model.add(layers.Dropout(0.25))
    if hp.Choice("optimizer", ["sgd", "adam"]) == "sgd":
        model.add(layers.Dense(hp.Fixed("last", 42)))  #: (None, 42) params=714
    model.compile(keras.optimizers.Adam(hp.Float("rate", 1e-4, 1e-2, sampling="log")))
    return model


tuner = kt.RandomSearch(build, objective="val_loss", max_trials=3)


class Deep(kt.HyperModel):
    def __init__(self, classes):
        super().__init__()
        self.classes = classes

    def build(self, hp):
        kind = hp.Choice("kind", ["flat", "deep"])
        model = keras.Sequential()  #: params=55 | exact=no
        with hp.conditional_scope("kind", ["flat"]):
            if kind == "flat":
                hp.Int("unused", 1, 8)
        with hp.conditional_scope("kind", ["deep"]):
            if kind == "deep":
                with hp.name_scope("inner"):
                    model.add(layers.Dense(hp.Int("width", 3, 9)))  #: ?
        model.add(layers.Dense(self.classes))  #: (None, 5) params=55 | ?
        model.compile("adam", "mse")
        return model


x, y = np.zeros((64, 10)), np.zeros((64, 5))
second = kt.Hyperband(hypermodel=Deep(5), objective="val_loss")
second.search(x, y, epochs=2)
