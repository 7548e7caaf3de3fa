from keras import Input, layers

x = Input((8, 8, 6))
x = layers.Conv2D(8, 3, groups=4)(x)  #! SHC207 `groups=4`
x = layers.Conv2D(8, 1)(x)
