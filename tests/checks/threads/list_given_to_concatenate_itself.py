# keras #12966: the output of a model is a Concatenate that was never called
# kind: shape
import keras
from keras import layers

state = keras.Input((29,))
h = layers.Dense(60, activation="relu")(state)
steering = layers.Dense(1, activation="tanh")(h)
brake = layers.Dense(1, activation="sigmoid")(h)
both = layers.Concatenate([steering, brake])  #! SHC213
model = keras.Model(state, both)  #! keras
