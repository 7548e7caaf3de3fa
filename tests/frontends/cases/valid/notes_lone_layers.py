# oracle: none, Keras builds no layer that stands alone
from tensorflow.python.keras.layers import Dense
Dense(8,input_dim=4,activation='relu')  #: params=40 connections=32 in=(None, 4) out=(None, 8)

from tensorflow.python.keras.layers.convolutional import Conv2D
Conv2D(32,(5,5), padding='valid',input_shape=(28,28,1),activation='relu')  #: params=832 out=(None, 24, 24, 32)

from tensorflow.python.keras.layers.convolutional import MaxPooling2D
MaxPooling2D(pool_size=(2,2))

from tensorflow.python.keras.layers import Flatten 
Flatten()

from tensorflow.python.keras.layers import LSTM
LSTM(3, input_dim=1, input_length=5)  #: params=60 in=(None, 5, 1) out=(None, 3)
LSTM(3, input_dim=1, input_length=5, return_sequences=True)  #: params=60 out=(None, 5, 3)
