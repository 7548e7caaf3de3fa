# keras #7339: expected shape (None, 2) but got (928, 1)
# kind: contract
import keras
import numpy as np
from keras import layers

x, y = np.zeros((93, 10)), np.zeros((93, 1))
model = keras.Sequential([
    keras.Input((10,)),
    layers.Dense(8, activation="relu"),
    layers.Dense(2, activation="sigmoid"),
])
model.compile(loss="binary_crossentropy", optimizer="adam")
model.fit(x, y)  #! SHC305
