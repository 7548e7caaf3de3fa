# keras #1952: a reshape to fifteen times as many units
# kind: shape
import keras
from keras import layers

model = keras.Sequential()
model.add(layers.Dense(700, input_dim=300))
model.add(layers.Reshape([1, 15, 700]))  #! SHC206 `[1, 15, 700]`
