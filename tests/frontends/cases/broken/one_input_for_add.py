from keras import Input, layers

i = Input((4,))
x = layers.Add()(i)  #! SHC221
