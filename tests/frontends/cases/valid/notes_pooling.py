from tensorflow.python.keras.models import Sequential
from tensorflow.python.keras.layers import Flatten 
from tensorflow.python.keras.layers.convolutional import MaxPooling2D
model = Sequential([  #: params=0 out=(None, 588)
    MaxPooling2D(pool_size=(2,2), input_shape=(28, 28, 3)),  #: (None, 14, 14, 3) params=0
    Flatten()  #: (None, 588) params=0 connections=0
])
