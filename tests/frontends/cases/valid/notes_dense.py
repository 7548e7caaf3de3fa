# A dense layer, as the notes have it.
from tensorflow.python.keras.models import Sequential
from tensorflow.python.keras.layers import Dense
model = Sequential()  #: params=40 connections=32 out=(None, 8) variable=model
model.add(Dense(8,input_dim=4,activation='relu'))  #: (None, 8) params=40 connections=32 bias_connections=8
