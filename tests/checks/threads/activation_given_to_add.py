# keras #17379: add() got an unexpected keyword argument 'activation'
# kind: shape
import keras
from keras import layers

model = keras.Sequential()
model.add(keras.Input((12,)))
model.add(layers.Dense(512, activation="relu"))
model.add(layers.Dense(1), activation="sigmoid")  #! SHC211 `activation="sigmoid"`
