# katyprogrammer/regularization-experiment, commit b93dd63, put right
# kind: architecture
import keras
from keras import layers

from keras.constraints import MaxNorm

model = keras.Sequential([
    keras.Input((64,)),
    layers.Dense(32, activation="relu", kernel_constraint=MaxNorm(3)),
    layers.Dense(5, activation="softmax"),
])
