# keras #6421, put right
# kind: contract
import keras
import numpy as np
from keras import layers

x, y = np.zeros((32, 31)), np.eye(2)[np.zeros(32, int)]
model = keras.Sequential([
    keras.Input((31,)),
    layers.Dense(40, activation="relu"),
    layers.Dense(2, activation="softmax"),
])
model.compile(loss="categorical_crossentropy", optimizer="adam")
model.fit(x, y)
