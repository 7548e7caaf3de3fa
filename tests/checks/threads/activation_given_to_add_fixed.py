# keras #17379, put right
# kind: shape
import keras
from keras import layers

model = keras.Sequential()
model.add(keras.Input((12,)))
model.add(layers.Dense(512, activation="relu"))
model.add(layers.Dense(1, activation="sigmoid"))
