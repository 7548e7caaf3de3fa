from keras import Input, Model, layers

i = Input((3,))
o = layers.Dense("10")(i)  #! SHC213 `"10"`
