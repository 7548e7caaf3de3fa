from keras import Sequential, layers

m = Sequential()  #: params=15
m.add(layers.Input((4,)))
m.add(layers.Input((4,)))  #! SHC223
m.add(layers.Dense(3))
