from tensorflow.python.keras.models import Sequential
from tensorflow.python.keras.layers.convolutional import Conv2D
model = Sequential()  #: params=832 out=(None, 24, 24, 32)
model.add(Conv2D(32,(5,5), padding='valid',input_shape=(28,28,1),activation='relu'))  #: (None, 24, 24, 32) params=832 connections=460800 bias_connections=18432 macs=460800
