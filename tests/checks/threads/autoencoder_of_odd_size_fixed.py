# keras #12674, put right
import keras
import numpy as np
from keras import layers

x = np.reshape(np.linspace(0, 1, 4 * 24 * 24), (4, 24, 24, 1))
profile = keras.Input((24, 24, 1))
h = layers.Conv2D(8, 3, activation="relu", padding="same")(profile)
h = layers.MaxPooling2D(2, padding="same")(h)
h = layers.Conv2D(4, 3, activation="relu", padding="same")(h)
h = layers.MaxPooling2D(2, padding="same")(h)
h = layers.UpSampling2D(2)(h)
h = layers.Conv2D(8, 3, activation="relu", padding="same")(h)
h = layers.UpSampling2D(2)(h)
decoded = layers.Conv2D(1, 3, activation="sigmoid", padding="same")(h)
model = keras.Model(profile, decoded)
model.compile("adadelta", "binary_crossentropy")
model.fit(x, x)
