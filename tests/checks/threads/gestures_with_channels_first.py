# asingh33/CNNGestureRecognizer #56: images whose channels come first
# kind: shape
import keras
from keras import layers

inputs = keras.Input((1, 200, 200))
x = layers.Conv2D(32, (3, 3), activation="relu")(inputs)  #! SHC201 `(3, 3)`
x = layers.MaxPooling2D((2, 2))(x)
x = layers.Flatten()(x)
model = keras.Model(inputs, layers.Dense(5, activation="softmax")(x))
