from keras import Input, layers

i = Input((8, 8, 1))
x = layers.Conv2D(3, 3, strides=(1, 1, 1))(i)  #! SHC213 `strides=(1, 1, 1)`
