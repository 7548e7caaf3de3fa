# nibtehaz/RamanNet #2: one metric, two outputs
# kind: contract
import keras
import numpy as np
from keras import layers

x, kinds, triplet = np.zeros((40, 7)), np.ones((40, 5)), np.zeros((40, 3))
inputs = keras.Input((7,))
h = layers.Dense(16, activation="relu")(inputs)
model = keras.Model(inputs, [layers.Dense(5, activation="softmax")(h), layers.Dense(3)(h)])
model.compile(
    "adam",
    ["categorical_crossentropy", "mse"],
    metrics=[[keras.metrics.CategoricalAccuracy()], []],
)
model.fit(x, [kinds, triplet])
