# oracle: none, Keras 3 has no batch_input_shape
from keras.models import Sequential
from keras.layers import Dense

fixed = Sequential([Dense(2, batch_input_shape=(16, 3))])  #: (16, 2) | params=8 in=(16, 3)
free = Sequential([Dense(2, batch_input_shape=(None, 3))])  #: (None, 2) | params=8 in=(None, 3)
