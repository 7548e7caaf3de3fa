from keras import Input, Model, layers

i = Input((6, 6, 3))
x = layers.MaxPooling2D(pool_size=(7, 2))(i)  #! SHC201 `pool_size=(7, 2)`
x = layers.Flatten()(x)
m = Model(i, layers.Dense(2)(x))  #: out=(None, 2) exact=no
