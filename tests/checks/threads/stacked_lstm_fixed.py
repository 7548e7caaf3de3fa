# keras #1641, put right
# kind: shape
import keras
from keras import layers

model = keras.Sequential()
model.add(layers.LSTM(64, return_sequences=True, input_shape=(20, 8)))
model.add(layers.Dropout(0.2))
model.add(layers.LSTM(32))
model.add(layers.Dense(1))
