# keras #9521: 'NoneType' object has no attribute 'shape' when an autoencoder is fitted
# kind: contract
import keras
import numpy as np
from keras import layers

x = np.ones((60, 28, 28, 1))
images = keras.Input((28, 28, 1))
code = layers.Conv2D(4, 3, strides=2, padding="same", activation="relu")(images)
back = layers.Conv2DTranspose(1, 3, strides=2, padding="same", activation="sigmoid")(code)
autoencoder = keras.Model(images, back)
autoencoder.compile("rmsprop", loss="mean_squared_error")
autoencoder.fit(x, epochs=2)  #! SHC315
