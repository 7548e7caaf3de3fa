import sys
from keras import Input, Model, Sequential, layers
from keras import backend as K

deep, size = True, 28
model = Sequential()  #: params=30 out=(None, 5)
model.add(Input((5,)))
if deep and size > 20:
    model.add(layers.Dense(5))  #: (None, 5)
elif size == 3:
    model.add(layers.Dense(500))
else:
    model.add(layers.Dense(50))

shape = (1, size, size) if K.image_data_format() == "channels_first" else (size, size, 1)
axis = 1 if K.image_data_format() == "channels_first" else 3
i = Input(shape)  #: (None, 28, 28, 1)
x = layers.BatchNormalization(axis=axis)(i)  #: (None, 28, 28, 1) params=4 trainable=2
m = Model(i, x)  #: params=4

if __name__ == "__main__":
    n = Sequential([Input((1,)), layers.Dense(1)])  #: (None, 1) | (None, 1) | params=2
