# keras #1641: a second LSTM gets the last step only
# kind: shape
import keras
from keras import layers

model = keras.Sequential()
model.add(layers.LSTM(64, input_shape=(20, 8)))
model.add(layers.Dropout(0.2))
model.add(layers.LSTM(32))  #! SHC202
model.add(layers.Dense(1))
