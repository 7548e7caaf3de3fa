from keras import Input, Model, layers

i = Input((20, 8))
x = layers.Bidirectional(layers.LSTM)(i)  #! SHC213 `layers.LSTM`
