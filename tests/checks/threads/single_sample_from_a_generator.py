# keras #4641: expected shape (None, 3) but got (3, 1) from a generator
# kind: contract
import keras
import numpy as np
from keras import layers

model = keras.Sequential([keras.Input((3,)), layers.Dense(3, activation="softmax")])
model.compile("rmsprop", "categorical_crossentropy")


def samples():
    while True:
        yield np.array([0, 1, 0]), np.array([0, 1, 0])


model.fit(samples(), steps_per_epoch=2)  #! SHC308
