# oracle: none, Keras 3 has no Merge
from keras.layers import Dense, Merge
from keras.models import Sequential

left = Sequential([Dense(50, input_shape=(784,))])  #: (None, 50) params=39250 | params=39250
right = Sequential([Dense(30, input_shape=(20,))])  #: (None, 30) params=630 | params=630
joined = Sequential()  #: params=40690
joined.add(Merge([left, right], mode="concat"))  #: (None, 80) params=0
joined.add(Dense(10, activation="softmax"))  #: (None, 10) params=810
