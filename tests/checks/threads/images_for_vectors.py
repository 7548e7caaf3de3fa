# keras #13916: images are fed to an input of 784 values
# kind: contract
import keras
import numpy as np
from keras import layers

x, y = np.zeros((32, 28, 28)), np.zeros((32, 5))
model = keras.Sequential([
    layers.Dense(64, activation="relu", input_shape=(784,)),
    layers.Dense(5, activation="softmax"),
])
model.compile("rmsprop", "categorical_crossentropy")
model.fit(x, y)  #! SHC308
