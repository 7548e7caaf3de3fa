# katyprogrammer/regularization-experiment, commit b93dd63: a constraint is given as a regularizer
# kind: architecture
import keras
from keras import layers

from keras.constraints import MaxNorm

model = keras.Sequential([
    keras.Input((64,)),
    layers.Dense(32, activation="relu", kernel_regularizer=MaxNorm(3)),  #! SHC416
    layers.Dense(5, activation="softmax"),
])
