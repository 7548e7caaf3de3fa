from keras import Input, Sequential, layers

i = Input((4,))
m = Sequential([i, layers.Dense(3)(i)])  #! SHC221 #: params=0
