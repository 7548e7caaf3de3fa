from keras import Input, Model, Sequential, layers

inner = Sequential([layers.Input((8,)), layers.Dense(4)])  #: params=36
i = Input((9,))
x = inner(i)  #! SHC205
x = layers.Dense(1)(x)
