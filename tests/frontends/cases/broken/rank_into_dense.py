from keras import Input, layers

x = Input(batch_shape=(4,))
y = layers.Dense(3)(x)  #! SHC202
z = layers.Dense(4)(y)
