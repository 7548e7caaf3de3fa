# keras-team/keras-io #610: rows and columns of an image folded into steps of the wrong size
# kind: shape
import keras
from keras import layers

inputs = keras.Input((64, 64, 1))
x = layers.Conv2D(16, 3, activation="relu")(inputs)
x = layers.MaxPooling2D(2)(x)
x = layers.Reshape((31 * 15, 16))(x)  #! SHC206 `(31 * 15, 16)`
x = layers.LSTM(32)(x)
model = keras.Model(inputs, layers.Dense(10, activation="softmax")(x))
