from keras import Input, Model, layers

i = Input((12,))
x = layers.LSTM(8)(i)  #! SHC202 `layers.LSTM(8)(i)`
m = Model(i, layers.Dense(1)(x))  #: out=(None, 1)
