from keras.models import Sequential
from keras.layers import Dense, Flatten, Conv1D

a = Sequential([Dense(2, input_dim=3)])  #: (None, 2) | params=8 in=(None, 3)
b = Sequential([Dense(2, input_shape=(3,))])  #: (None, 2) | params=8 in=(None, 3)
c = Sequential([Conv1D(2, 3, input_shape=(10, 4))])  #: (None, 8, 2) | params=26 in=(None, 10, 4)
d = Sequential([Flatten(input_shape=(28, 28)), Dense(10)])  #: (None, 784) | (None, 10) | params=7850 in=(None, 28, 28)
