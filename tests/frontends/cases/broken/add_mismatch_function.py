from keras import Input, Model, layers

i = Input((8, 8, 3))
a = layers.Conv2D(4, 3, padding="same")(i)
s = layers.add([a, i])  #! SHC203 `layers.add([a, i])`
m = Model(i, s)  #: params=112
