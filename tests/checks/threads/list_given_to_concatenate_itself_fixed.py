# keras #12966, put right
import keras
from keras import layers

state = keras.Input((29,))
h = layers.Dense(60, activation="relu")(state)
steering = layers.Dense(1, activation="tanh")(h)
brake = layers.Dense(1, activation="sigmoid")(h)
both = layers.Concatenate()([steering, brake])
model = keras.Model(state, both)
