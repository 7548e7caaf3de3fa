from keras import Input, layers

x = layers.Dense(4)
y = layers.Dense(3)(x)  #! SHC221
z = layers.Dense(2)(y)
