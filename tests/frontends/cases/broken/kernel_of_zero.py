from keras import Input, layers

x = Input((8, 8, 1))
x = layers.Conv2D(8, kernel_size=0)(x)  #! SHC213 `kernel_size=0`
x = layers.Conv2D(8, 3)(x)
