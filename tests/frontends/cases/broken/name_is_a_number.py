from keras import Input, layers

x = layers.Dense(8, name=3)(Input((4,)))  #! SHC213 `name=3`
