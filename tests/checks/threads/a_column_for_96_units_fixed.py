# keras #5663: expected shape (2688, 96, 96) but got (2688, 96, 1)
# kind: contract
import numpy as np
from keras.layers import LSTM, Activation, Dense, TimeDistributed
from keras.models import Sequential

X = np.zeros((20, 12, 1))
y = np.zeros((20, 12, 1))
model = Sequential()
model.add(LSTM(6, input_shape=(12, 1), return_sequences=True))
model.add(LSTM(4, return_sequences=True))
model.add(TimeDistributed(Dense(1)))
model.add(Activation("linear"))
model.compile(loss="mean_squared_error", optimizer="adam")
model.fit(X, y, batch_size=10)
