# The first LSTM lacks return_sequences=True.
from keras import Sequential, layers

model = Sequential()  #: out=(None, 1)
model.add(layers.Input((20, 6)))
model.add(layers.LSTM(32))
model.add(layers.LSTM(16))  #! SHC202 `layers.LSTM(16)`
model.add(layers.Dense(1))
