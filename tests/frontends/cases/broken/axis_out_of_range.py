from keras import Input, layers

i = Input((4, 4))
x = layers.Concatenate(axis=3)([i, i])  #! SHC208 `axis=3`
