from keras import Input, Model, layers

a, b, c = Input((4,)), Input((4,)), Input((4,))
x = layers.Add()(a, b, c)  #! SHC221
