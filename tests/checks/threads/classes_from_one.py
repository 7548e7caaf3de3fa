# rstudio/keras3 #465: a label value of 3 is outside the valid range of [0, 3)
# kind: contract
import keras
import numpy as np

x = np.zeros((150, 4))
species = np.repeat([1, 2, 3], 50)
model = keras.Sequential()
model.add(keras.layers.Dense(10, input_shape=(4,), activation="relu"))
model.add(keras.layers.Dense(3, activation="softmax"))
model.compile(loss="sparse_categorical_crossentropy", optimizer="adam")
model.fit(x, species)  #! SHC304
