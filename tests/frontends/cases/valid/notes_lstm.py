# oracle: none, Keras 3 has no input_length
from keras.models import Sequential
from keras.layers import LSTM
model = Sequential()  #: params=60 out=(None, 3) in=(None, 5, 1)
model.add(LSTM(3, input_dim=1, input_length=5))  #: (None, 3) params=60 connections=240 bias_connections=60

whole = Sequential()  #: params=60 out=(None, 5, 3)
whole.add(LSTM(3, input_dim=1, input_length=5, return_sequences=True))  #: (None, 5, 3) params=60
