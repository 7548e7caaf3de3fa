from keras import Input, Sequential, layers

m = Sequential()  #: params=15
m.add(layers.Input((4,)))
m.add(layers.Dense(3))
m.add("softmax")  #! SHC221
