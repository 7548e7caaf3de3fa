# tensorflow #32682: expected axis -1 to have value 3
# kind: shape
import keras
from keras import layers

image = keras.Input((32, 32, 3))
convolution = layers.Conv2D(32, 3, padding="same", activation="relu")
h = convolution(image)
h = convolution(h)  #! SHC205
model = keras.Model(image, layers.MaxPooling2D(2)(h))
