from keras import Input, layers

i = Input(shape=(4, -1))  #! SHC213 `shape=(4, -1)`
x = layers.Dense(3)(i)
