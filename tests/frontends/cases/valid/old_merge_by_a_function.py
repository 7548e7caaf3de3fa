# oracle: none, Keras 3 has no `merge`
from keras import backend as K
from keras.layers import Dense, Input, merge
from keras.models import Model

i = Input((8,))
a, b = Dense(4)(i), Dense(4)(i)
x = merge([a, b], mode=lambda p: p[0] + K.exp(p[1] / 2), output_shape=lambda s: s[0])
y = merge([x, a], mode=lambda p: K.concatenate(p), name="joined")
m = Model(i, Dense(2)(y))  #: params=90 out=(None, 2)
