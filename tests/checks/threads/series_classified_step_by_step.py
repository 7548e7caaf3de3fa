# Stack Overflow 61030068: no Flatten between a series and its classes
# kind: architecture
import keras
from keras import layers

model = keras.Sequential()
model.add(layers.Conv1D(64, 3, activation="relu", input_shape=(72, 1)))
model.add(layers.MaxPooling1D(2))
model.add(layers.Conv1D(64, 3, activation="relu"))
model.add(layers.MaxPooling1D(2))
model.add(layers.Dense(64, activation="relu"))
model.add(layers.Dense(28, activation="softmax"))  #! SHC406
