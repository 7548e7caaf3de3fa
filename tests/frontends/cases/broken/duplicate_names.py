from keras import Input, Model, layers

i = Input((4,))
x = layers.Dense(3, name="same")(i)
y = layers.Dense(2, name="same")(x)
m = Model(i, y)  #! SHC223
