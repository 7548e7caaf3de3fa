from keras import Input, Model, layers

i = Input((4,))
x = layers.Dense(8)(i)
y = layers.Dense(3)(x)
m = Model(x, [y, x])  #! SHC223 `[y, x]`
