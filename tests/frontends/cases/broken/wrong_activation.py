from keras import Input, layers

x = Input((8,))
x = layers.Dense(4, activation="leaner")(x)  #! SHC213 `activation="leaner"`
