# SciSharp/Keras.NET #63, put right
# kind: shape
import keras
from keras import layers

inputs = keras.Input((64, 12))
x = layers.LSTM(32)(inputs)
outputs = layers.Dense(1, activation="sigmoid")(x)
model = keras.Model(inputs, outputs)
