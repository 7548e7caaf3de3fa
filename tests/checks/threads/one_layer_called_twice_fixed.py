# tensorflow #32682, put right
import keras
from keras import layers

image = keras.Input((32, 32, 3))
convolution = layers.Conv2D(32, 3, padding="same", activation="relu")
h = convolution(image)
h = layers.Conv2D(32, 3, padding="same", activation="relu")(h)
model = keras.Model(image, layers.MaxPooling2D(2)(h))
