# keras #1952, put right
# kind: shape
import keras
from keras import layers

model = keras.Sequential()
model.add(layers.Dense(700, input_dim=300))
model.add(layers.Reshape([1, 14, 50]))
