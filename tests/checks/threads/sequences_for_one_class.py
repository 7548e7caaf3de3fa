# keras #1838: return_sequences=True before the last layer
# kind: contract
import keras
import numpy as np
from keras import layers

x, y = np.zeros((16, 98, 40)), np.zeros((16, 11))
model = keras.Sequential()
model.add(layers.LSTM(32, input_shape=(98, 40), return_sequences=True))
model.add(layers.Dropout(0.2))
model.add(layers.Dense(11, activation="softmax"))
model.compile(loss="categorical_crossentropy", optimizer="rmsprop")
model.fit(x, y)  #! SHC305
