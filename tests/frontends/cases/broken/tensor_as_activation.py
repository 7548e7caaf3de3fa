from keras import Input, layers

i = Input((28,))
x = layers.Dense(10, i)  #! SHC213 `i`
