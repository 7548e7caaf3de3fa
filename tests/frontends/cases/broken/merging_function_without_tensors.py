from keras import Input, layers

a, b = Input((4,)), Input((4,))
x = layers.concatenate(axis=-1)([a, b])  #! SHC212
