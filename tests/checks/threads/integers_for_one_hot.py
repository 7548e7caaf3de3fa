# keras #11904: expected shape (10,) but got (1,)
# kind: contract
import keras
import numpy as np
from keras import layers

x, y = np.zeros((16, 32, 32, 1)), np.zeros((16, 1))
model = keras.Sequential([
    keras.Input((32, 32, 1)),
    layers.Conv2D(8, 3, activation="relu"),
    layers.Flatten(),
    layers.Dense(10, activation="softmax"),
])
model.compile("adam", "categorical_crossentropy")
model.fit(x, y)  #! SHC303
