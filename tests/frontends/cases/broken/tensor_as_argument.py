from keras import Input, Model, layers

i = Input((28, 28, 1))
x = layers.Conv2D(8, 3)(i)
# The layer is made of the tensor instead of called on it; what follows is not told again.
x = layers.Flatten(x)  #! SHC213 `x`
x = layers.Dense(10)(x)
