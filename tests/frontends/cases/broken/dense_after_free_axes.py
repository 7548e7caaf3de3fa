from keras import Input, Model, layers

i = Input((None, None, 3))
x = layers.Conv2D(8, 3)(i)
x = layers.Flatten()(x)
x = layers.Dense(10)(x)  #! SHC204 `layers.Dense(10)(x)`
m = Model(i, layers.Softmax()(x))  #: out=(None, 10) exact=no
