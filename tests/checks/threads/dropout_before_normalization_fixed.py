# Stack Overflow 55776436, put right
# kind: architecture
import keras
from keras import layers

model = keras.Sequential([
    keras.Input((18000, 1)),
    layers.Conv1D(50, 700, strides=4),
    layers.BatchNormalization(),
    layers.Activation("relu"),
    layers.Dropout(0.5),
    layers.GlobalMaxPooling1D(),
    layers.Dense(6, activation="softmax"),
])
