from keras import Input, Model, layers

i = Input((4,))
m = Model(i, layers.Dense(3)(i))  #: params=15
y = m.get_layer("fc1000").output  #! SHC213 `"fc1000"`
z = layers.Dense(2)(y)
