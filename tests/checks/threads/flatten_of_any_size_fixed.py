# keras #3850, put right
# kind: shape
import keras
from keras import layers

inputs = keras.Input((None, None, 3))
x = layers.Conv2D(16, 3, activation="relu")(inputs)
x = layers.GlobalAveragePooling2D()(x)
outputs = layers.Dense(10)(x)
model = keras.Model(inputs, outputs)
