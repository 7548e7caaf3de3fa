# tensorflow/privacy #38: logits of [250, 10] and labels of [2500]
# kind: contract
import keras
import numpy as np
from keras import layers

x, y = np.zeros((250, 28)), np.zeros((250, 10))
model = keras.Sequential([
    keras.Input((28,)),
    layers.Dense(32, activation="relu"),
    layers.Dense(10, activation="softmax"),
])
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(x, y)  #! SHC303
