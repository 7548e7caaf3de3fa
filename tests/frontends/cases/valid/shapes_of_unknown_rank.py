# oracle: none, it imports a module that there is not
# A shape that is not known is no tensor: what is made of it may be any size.
import keras
import somewhere
from keras import backend as K
from keras import layers

i = keras.Input(tensor=somewhere.batch())
s = K.int_shape(i)
x = layers.AveragePooling2D(pool_size=(s[1], s[2]))(i)  #! SHC103
b, h, w, c = keras.ops.shape(i)
y = layers.Conv2D(4, (h, w))(x)  #! SHC103
z = layers.Dense(K.ndim(i))(layers.Flatten()(y))  #! SHC103
m = keras.Model(i, z)  #: exact=no
