from keras import Input, layers

x = Input((8,))
x = layers.Dense(-3)(x)  #! SHC213 `-3`
