from keras import Input, layers

a, b = Input((4,)), Input((4,))
x = layers.Dot("last")([a, b])  #! SHC213 `"last"`
