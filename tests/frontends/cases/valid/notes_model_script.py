import numpy
from tensorflow.python.keras.models import Sequential
from tensorflow.python.keras.layers import Dense
from tensorflow.python.keras.layers import Flatten
from tensorflow.python.keras.layers.convolutional import Conv2D
from tensorflow.python.keras.layers.convolutional import MaxPooling2D
from tensorflow.python.keras.utils import np_utils

model = Sequential()  #: params=178 trainable=178 out=(None, 3) in=(None, 8, 8, 1)

model.add(Conv2D(2,(3,3),padding='same',activation='relu',input_shape=(8,8,1)))  #: (None, 8, 8, 2) params=20
model.add(MaxPooling2D(pool_size=(2,2)))  #: (None, 4, 4, 2) params=0
model.add(Conv2D(3,(2,2),padding='same',activation='relu'))  #: (None, 4, 4, 3) params=27
model.add(MaxPooling2D(pool_size=(2,2)))  #: (None, 2, 2, 3) params=0
model.add(Flatten())  #: (None, 12) params=0
model.add(Dense(8,activation='relu'))  #: (None, 8) params=104
model.add(Dense(3,activation='softmax'))  #: (None, 3) params=27
