from keras import Input, Model, Sequential
from keras.layers import Add, Dense, Flatten, Conv2D

tower = Sequential([Conv2D(4, 3, input_shape=(8, 8, 1)), Flatten()], name="tower")  #: (None, 6, 6, 4) params=40 | (None, 144) | params=40 out=(None, 144) name=tower
left, right = Input((8, 8, 1)), Input((8, 8, 1))
a, b = tower(left), tower(right)
shared = Dense(16)  #: (None, 16) params=2320
c = Add()([shared(a), shared(b)])  #: (None, 16) params=0
head = Model(c, Dense(1)(c), name="head")  #: (None, 1) params=17 | params=17 name=head
twins = Model([left, right], head(c))  #: params=2377 trainable=2377 out=(None, 1)
