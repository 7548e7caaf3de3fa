from keras import Input, Model, layers

i = Input((4,), (2, 2))  #! SHC213 `(2, 2)`
