# keras #5992: the same output for all samples
# kind: contract
import keras
import numpy as np
from keras import layers

x, y = np.ones((16, 14)), np.eye(2)[np.arange(16) % 2]
inputs = keras.Input((14,))
h = layers.Dense(14, activation="relu")(inputs)
h = layers.Dropout(0.5)(h)
out = layers.Dense(2, activation="softmax")(h)
out = layers.Dropout(0.5)(out)  #! SHC316
model = keras.Model(inputs, out)
model.compile("adam", "categorical_crossentropy")
model.fit(x, y)
