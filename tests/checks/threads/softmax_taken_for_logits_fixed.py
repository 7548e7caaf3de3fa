# tf-keras #485, put right
# kind: contract
import keras
import numpy as np
from keras import layers

x, y = np.zeros((16, 32, 32, 3)), np.zeros(16, int)
inputs = keras.Input((32, 32, 3))
h = layers.Conv2D(8, 3, activation="relu")(inputs)
h = layers.GlobalAveragePooling2D()(h)
model = keras.Model(inputs, layers.Dense(10, activation="softmax")(h))
loss = keras.losses.SparseCategoricalCrossentropy()
model.compile(optimizer="adam", loss=loss)
model.fit(x, y)
