from keras import Input, Model, layers

i = Input((3,))
o = layers.Dense(3)
m = Model(i, o)  #! SHC221 `o`
m.compile("adam", "mse")
