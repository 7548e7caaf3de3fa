# asingh33/CNNGestureRecognizer #56, put right
# kind: shape
import keras
from keras import layers

inputs = keras.Input((200, 200, 1))
x = layers.Conv2D(32, (3, 3), activation="relu")(inputs)
x = layers.MaxPooling2D((2, 2))(x)
x = layers.Flatten()(x)
model = keras.Model(inputs, layers.Dense(5, activation="softmax")(x))
