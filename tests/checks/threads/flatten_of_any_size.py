# keras #3850: a fully connected layer on images of any size
# kind: shape
import keras
from keras import layers

inputs = keras.Input((None, None, 3))
x = layers.Conv2D(16, 3, activation="relu")(inputs)
x = layers.Flatten()(x)
outputs = layers.Dense(10)(x)  #! SHC204
model = keras.Model(inputs, outputs)
