# Keras looks no activation up among the objects of the program.
import keras
from keras import layers


def twice(x):
    return x * 2


keras.utils.get_custom_objects()["twice"] = twice
layers.Dense(2, activation="twice")  #! SHC213 `activation="twice"`
