# Stack Overflow 55776436: a dropout right before a batch normalization
# kind: architecture
import keras
from keras import layers

model = keras.Sequential([
    keras.Input((18000, 1)),
    layers.Conv1D(50, 700, strides=4),
    layers.Dropout(0.5),  #! SHC402
    layers.BatchNormalization(),
    layers.Activation("relu"),
    layers.GlobalMaxPooling1D(),
    layers.Dense(6, activation="softmax"),
])
