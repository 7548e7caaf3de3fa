# keras #11151, put right
import keras
import numpy as np
from keras import layers

image = keras.Input((8, 8, 3))
label = keras.Input((2,))
h = layers.Conv2D(4, 3, activation="relu")(image)
plane = layers.Dense(6 * 6 * 4, activation="relu")(label)
plane = layers.Reshape((6, 6, 4))(plane)
h = layers.Conv2D(3, 3, activation="sigmoid")(layers.Concatenate()([h, plane]))
model = keras.Model([image, label], h)
model.compile("adam", "mse")
model.fit([np.ones((4, 8, 8, 3)), np.ones((4, 2))], np.ones((4, 4, 4, 3)))
