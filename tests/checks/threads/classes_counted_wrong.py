# keras #10239: expected shape (3,) but got (22,)
# kind: contract
import keras
import numpy as np
from keras import layers

x, y = np.zeros((64, 4)), np.zeros((64, 22))
model = keras.Sequential([
    layers.Dense(4, activation="relu", input_shape=(4,)),
    layers.Dense(3, activation="softmax"),
])
model.compile("adam", "categorical_crossentropy")
model.fit(x, y)  #! SHC304
