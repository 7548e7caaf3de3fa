# SciSharp/Keras.NET #63: the output of a model is a layer that was never called
# kind: shape
import keras
from keras import layers

inputs = keras.Input((64, 12))
x = layers.LSTM(32)(inputs)
outputs = layers.Dense(1, activation="sigmoid")
model = keras.Model(inputs, outputs)  #! SHC221
